"""What can be read on this machine: the formats, and the outside programs that some of them need."""

from __future__ import annotations

from dataclasses import dataclass

from . import outside, tesseract
from .doc import INSTALL as INSTALL_DOC


@dataclass(frozen=True, slots=True)
class Format:
    """One row: `program` with its version reads it here, "" if none is needed or none is installed.

    `lacking` says what to install, "" if nothing is missing; a format may be available and still lack something.
    """

    name: str
    suffixes: tuple[str, ...]
    available: bool = True
    program: str = ""
    lacking: str = ""


def readable() -> tuple[Format, ...]:
    """The table, as it is now; a program installed since the last call is found."""
    recognition = tesseract.installed()
    return (
        Format("Plain text, Markdown", (".txt", ".md")),
        Format("Web page", (".html", ".htm")),
        Format("Word", (".docx",)),
        _old_word(),
        Format("OpenDocument text", (".odt",)),
        Format("Rich text", (".rtf",)),
        Format("Electronic book", (".epub",)),
        Format("PDF with a text layer", (".pdf",)),
        _recognised("Scanned PDF", (".pdf",), recognition),
        _recognised("Picture", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"), recognition),
        Format("Zip of files", (".zip",)),
    )


def _old_word() -> Format:
    antiword, office = outside.program("antiword"), outside.program("soffice")
    programs = [f"antiword {outside.version(antiword)}"] if antiword else []
    programs += [f"LibreOffice {outside.version(office, '--version')}"] if office else []
    lacking = "" if programs else INSTALL_DOC
    return Format("Word 6 to 2003", (".doc",), bool(programs), ", ".join(programs), lacking)


def _recognised(name: str, suffixes: tuple[str, ...], recognition: tesseract.Tesseract | None) -> Format:
    if recognition is None:
        return Format(name, suffixes, available=False, lacking=tesseract.INSTALL)
    program = f"tesseract {recognition.version} ({', '.join(recognition.languages)})"
    missing = [language for language in tesseract.LANGUAGES if language not in recognition.languages]
    lacking = f"{', '.join(missing)}: {tesseract.INSTALL}" if missing else ""
    return Format(name, suffixes, program=program, lacking=lacking)

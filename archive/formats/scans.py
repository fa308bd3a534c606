"""Pages that are pictures: recognised by tesseract where it is installed, else refused or named in a warning."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from . import process, tesseract
from .image_sizes import checked_sizes
from .notes import NO_CHINESE, NO_TEXT_ON, NOT_INSTALLED, NOT_RECOGNISED, PAGES_FAILED, RECOGNISED, UNSURE
from .reading import PAGE_BREAK, SCAN_LIMIT, Extracted, UnreadableFile
from .tesseract import INSTALL, PAGE_SECONDS, Page, Tesseract

_UNSURE = 75.0
_NAMED = 20
"""So many pages are named in a warning."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The text with the recognised pages in it; `program` made them, "" where there was nothing to recognise."""

    found: Extracted
    program: str


def read_picture(data: bytes, kind: str, seconds: float) -> Recognised:
    """The text of a picture; a TIFF may have many pages.

    UnreadableFile: broken, too-large, no-text, timeout, unavailable (tesseract is not installed).
    """
    sizes = checked_sizes(data, kind)
    program = tesseract.installed()
    if program is None:
        raise UnreadableFile(
            f"This is a picture, and text recognition is not installed on this server ({INSTALL}). "
            "Install it, or upload the text as txt, docx or a PDF with a text layer.",
            "unavailable",
        )
    numbers = range(len(sizes))
    pages = dict(_recognised(numbers, lambda number, left: program.page(data, seconds=left, number=number), seconds))
    if len(pages) == 1 and pages[0] is None:
        raise UnreadableFile("This picture could not be recognised: it is damaged, or it takes too long.", "broken")
    return _joined(Extracted(PAGE_BREAK * (len(sizes) - 1)), pages, program)


def fill(data: bytes, layer: Extracted, seconds: float) -> Recognised:
    """The text layer of a PDF with the text of its scanned pages put in, within so many seconds.

    UnreadableFile: no-text, too-large, timeout. A PDF that is mostly text is read without its scanned pages, and with
    a warning, where they cannot be recognised.
    """
    if not layer.scans:
        return Recognised(layer, "")
    program = tesseract.installed()
    hindrance = _hindrance(layer, program)
    if program is None or hindrance:
        return _without(layer, hindrance)

    def picture(number: int, left: float) -> Page:
        return program.page(process.extract("page_image", data, str(number)).picture, seconds=left)

    return _joined(layer, dict(_recognised(layer.scans, picture, seconds)), program)


def _hindrance(layer: Extracted, program: Tesseract | None) -> UnreadableFile | None:
    """Why the scanned pages are not recognised, if so."""
    if program is None:
        return UnreadableFile(
            "This PDF has no text layer: its pages are pictures, a scan, and text recognition is not installed on this "
            f"server ({INSTALL}). Install it, or upload the text as txt or docx.",
            "no-text",
        )
    if len(layer.scans) > SCAN_LIMIT:
        return UnreadableFile(
            f"{len(layer.scans):,} pages of this PDF are scanned; at most {SCAN_LIMIT} are recognised. Split it and "
            "upload the parts.",
            "too-large",
        )
    return None


def _without(layer: Extracted, hindrance: UnreadableFile | None) -> Recognised:
    """The text layer alone, if most pages have one; the refusal otherwise."""
    count = layer.text.count(PAGE_BREAK) + 1
    if hindrance and (2 * len(layer.scans) > count or not layer.text.strip()):
        raise hindrance
    template = NOT_INSTALLED if hindrance and hindrance.code == "no-text" else NOT_RECOGNISED
    note = template % {
        "count": len(layer.scans),
        "all": count,
        "pages": _named(layer.scans),
        "install": INSTALL,
    }
    return Recognised(replace(layer, warnings=(*layer.warnings, note)), "")


def _recognised(
    numbers: Iterable[int], page: Callable[[int, float], Page], seconds: float
) -> Iterator[tuple[int, Page | None]]:
    """(number, page) of every page, None for one that fails; UnreadableFile("timeout") when the time is used up."""
    end = time.monotonic() + seconds
    for number in numbers:
        left = end - time.monotonic()
        if left <= 0:
            raise UnreadableFile(
                f"The text recognition of this file takes more than {seconds / 60:.0f} minutes. "
                "Split it and upload the parts.",
                "timeout",
            )
        try:
            yield number, page(number, min(left, PAGE_SECONDS))
        except UnreadableFile:
            yield number, None


def _joined(layer: Extracted, pages: dict[int, Page | None], program: Tesseract) -> Recognised:
    texts = layer.text.split(PAGE_BREAK)
    for number, page in pages.items():
        if page and len(page.text) > len(texts[number].strip()):
            texts[number] = page.text
    text = PAGE_BREAK.join(texts)
    if not text.strip():
        raise UnreadableFile(
            "No text could be recognised in these pictures. Scan the pages again at 300 dots per inch, or upload the "
            "text as txt.",
            "no-text",
        )
    name = f"tesseract {program.version}".strip()
    warnings = (*layer.warnings, *_notes(pages, len(texts), name, program))
    return Recognised(replace(layer, text=text, warnings=warnings), f"{name} {'+'.join(program.languages)}")


def _notes(pages: dict[int, Page | None], count: int, name: str, program: Tesseract) -> Iterator[str]:
    read = {number: page for number, page in pages.items() if page and page.text}
    length = sum(len(page.text) for page in read.values())
    if length:
        mean = sum(page.confidence * len(page.text) for page in read.values()) / length
        said = {"count": len(read), "all": count, "program": name, "percent": f"{mean:.0f} %"}
        yield RECOGNISED % said
    unsure = [number for number, page in read.items() if page.confidence < _UNSURE]
    if unsure:
        yield UNSURE % {"pages": _named(unsure)}
    bare = [number for number, page in pages.items() if page and not page.text]
    if bare:
        yield NO_TEXT_ON % {"pages": _named(bare)}
    failed = [number for number, page in pages.items() if page is None]
    if failed:
        yield PAGES_FAILED % {"pages": _named(failed)}
    if "chi_sim" not in program.languages:
        yield NO_CHINESE % {"install": INSTALL}


def _named(numbers: tuple[int, ...] | list[int]) -> str:
    """Page numbers as people count them, the first few of many."""
    shown = ", ".join(str(number + 1) for number in numbers[:_NAMED])
    return shown + (" …" if len(numbers) > _NAMED else "")

"""Text recognition by tesseract, one picture at a time; simplified Chinese and English at once.

Both languages always: telling the script first (`--psm 0`) took longer than reading the page with the second one, and
English came out the same under both. Measured at 300 dots per inch: 2.2 s a page, one wrong character in 150.
"""

from __future__ import annotations

import csv
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import outside
from .outside import Limits
from .reading import MEGABYTE, UnreadableFile

LANGUAGES = ("chi_sim", "eng")
INSTALL = "Debian: apt-get install tesseract-ocr tesseract-ocr-chi-sim"
PAGE_SECONDS = 60.0
_ROTATION = "osd"
_UNSURE = 60.0
"""Below this confidence a page may lie on its side, and is tried again with a look at its orientation."""
_WIDE_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Page:
    """What was recognised. `confidence` is tesseract's own, from 0 to 100, the mean over all characters."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The installed program: where, which version, and which of the languages it knows."""

    path: str
    version: str
    languages: tuple[str, ...]
    sees_rotation: bool

    def page(self, picture: bytes, *, seconds: float, number: int = 0) -> Page:
        """The text of one picture, or of page `number` of a TIFF. UnreadableFile: broken, timeout."""
        found = self._run(picture, seconds, number, "3")
        if found.confidence >= _UNSURE or not self.sees_rotation:
            return found
        try:
            turned = self._run(picture, seconds, number, "1")
        except UnreadableFile:
            return found
        return max(found, turned, key=lambda page: page.confidence)

    def _run(self, picture: bytes, seconds: float, number: int, segmentation: str) -> Page:
        options = ["-l", "+".join(self.languages), "--psm", segmentation]
        options += ["-c", "preserve_interword_spaces=1", "-c", f"tessedit_page_number={number}"]
        limits = Limits(seconds, max(1, int(seconds)), memory=2048 * MEGABYTE)
        with tempfile.TemporaryDirectory(prefix="massline-") as name:
            folder = Path(name)
            (folder / "page").write_bytes(picture)
            done = outside.run([self.path, "page", "out", *options, "txt", "tsv"], folder=folder, limits=limits)
            if done.status != 0 or not (folder / "out.txt").is_file():
                raise UnreadableFile("This picture is damaged or cut off. Make it again and upload it.", "broken")
            text = (folder / "out.txt").read_text(encoding="utf-8", errors="replace")
            table = (folder / "out.tsv").read_text(encoding="utf-8", errors="replace")
        return Page(_tidied(text), _confidence(table))


def installed() -> Tesseract | None:
    """Tesseract with at least one of the languages; None where it is not installed."""
    path = outside.program("tesseract")
    if path is None:
        return None
    try:
        done = outside.run([path, "--list-langs"], folder=Path(tempfile.gettempdir()), limits=Limits(10, 10))
    except UnreadableFile:
        return None
    known = done.output.decode("utf-8", "replace").split()
    languages = tuple(language for language in LANGUAGES if language in known)
    return Tesseract(path, outside.version(path, "--version"), languages, _ROTATION in known) if languages else None


def _tidied(text: str) -> str:
    """Without the mark between pages; a gap as wide as between the columns of a table is a tab."""
    text = _WIDE_GAP.sub("\t", text.replace("\f", "\n"))
    return _BLANK_LINES.sub("\n\n", text).strip("\n ")


def _confidence(table: str) -> float:
    """The mean confidence over the characters of all words in tesseract's table."""
    weighed = letters = 0.0
    for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        try:
            confidence = float(row["conf"] or -1)
        except (KeyError, ValueError):
            continue
        if word and confidence >= 0:
            weighed += confidence * len(word)
            letters += len(word)
    return weighed / letters if letters else 0.0

"""Tables that people fill in beside their files: CSV in any encoding and with any of the usual separators, or xlsx."""

from __future__ import annotations

import csv
import io

from . import process
from .encodings import decode
from .reading import COLUMN_LIMIT, MEGABYTE, ROW_LIMIT, UnreadableFile
from .zips import is_zip

SHEET_LIMIT = 5 * MEGABYTE
_SEPARATORS = ",;\t"


def table(data: bytes) -> list[list[str]]:
    """The rows of a CSV file or of the first sheet of an xlsx, cells without blanks around them.

    UnreadableFile: empty, too-large, wrong-encoding, broken, and for an xlsx what any document is refused for.
    """
    if not data.strip():
        raise UnreadableFile("This sheet is empty. It needs a row of column names, and a row for each file.", "empty")
    if len(data) > SHEET_LIMIT:
        raise UnreadableFile(f"This sheet has more than {SHEET_LIMIT // MEGABYTE} MB. Split it.", "too-large")
    if is_zip(data):
        return _parsed(process.extract("xlsx", data).text, ",")
    text = decode(data).text
    if "\0" in text:
        raise UnreadableFile("This is no table. Save it as CSV (UTF-8) or as xlsx.", "unknown-type")
    first = text.partition("\n")[0]
    return _parsed(text, max(_SEPARATORS, key=first.count))


def _parsed(text: str, separator: str) -> list[list[str]]:
    try:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise UnreadableFile(f"This table is damaged ({error}). Save it again as CSV or xlsx.", "broken") from error
    if len(rows) > ROW_LIMIT or any(len(row) > COLUMN_LIMIT for row in rows):
        raise UnreadableFile(
            f"This sheet has more than {ROW_LIMIT:,} rows or {COLUMN_LIMIT} columns. Split it.", "too-large"
        )
    return rows

"""The first sheet of an xlsx as CSV text, in a child process: openpyxl reads it row by row."""

from __future__ import annotations

import csv
import datetime
import io
import warnings
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from .parts import Parts
from .reading import COLUMN_LIMIT, ROW_LIMIT, Extracted, UnreadableFile


def extract(data: bytes) -> Extracted:
    """UnreadableFile: what zips and their XML parts are refused for, more rows or columns than the limits, broken."""
    parts = Parts(data)
    for name in parts.names():
        if name.endswith((".xml", ".rels")):
            parts.content(name)
    written = io.StringIO()
    writer = csv.writer(written)
    for number, row in enumerate(_rows(data), start=1):
        if number > ROW_LIMIT:
            raise UnreadableFile(f"This sheet has more than {ROW_LIMIT:,} rows. Split it.", "too-large")
        if len(row) > COLUMN_LIMIT:
            raise UnreadableFile(f"This sheet has more than {COLUMN_LIMIT} columns. Take the others out.", "too-large")
        writer.writerow(map(_cell, row))
    return Extracted(written.getvalue())


def _rows(data: bytes) -> Iterator[tuple[object, ...]]:
    warnings.simplefilter("ignore")
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError) as error:
        raise UnreadableFile("This is no spreadsheet, or a damaged one. Save it as xlsx or CSV.", "broken") from error
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def _cell(value: object) -> str:
    """As a person would type it: a whole number without a point, a date without a time."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)

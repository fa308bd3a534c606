"""Rows as a CSV file that spreadsheets open as it is meant: UTF-8 with its mark, and no cell that is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import islice

from django.http import HttpRequest, StreamingHttpResponse

from archive.interchange.tables import Cell

BYTE_ORDER_MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet would calculate."""
AT_A_TIME = 100
"""Rows that are sent together."""


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, words: str) -> str:
        return words


def sheet(
    request: HttpRequest, name: str, head: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]
) -> StreamingHttpResponse:
    """The file as a download, sent while its rows are made."""
    asked: Iterable[tuple[Cell, ...]] = rows if request.method == "GET" else ()
    response = StreamingHttpResponse(written(head, asked), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def written(head: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + str(writer.writerow(head))
    waiting = iter(rows)
    while some := list(islice(waiting, AT_A_TIME)):
        yield "".join(str(writer.writerow([plain(cell) for cell in row])) for row in some)


def plain(cell: Cell) -> Cell:
    """The cell, with an apostrophe before what would be a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell

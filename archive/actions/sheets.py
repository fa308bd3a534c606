"""A sheet of metadata beside the files of a batch: checked whole, row by row, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from archive.actions.known import FIELDS, dated
from archive.models import Document, Theme

COLUMNS = ("file", *FIELDS)
LENGTHS = {"title": 500, "number": 80, "url": 500, "category": 120, "issuer": 200, "found_at": 200}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
TOLD = 100
"""So many problems are told; more of them help nobody."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a cell, and what to do. `row` counts as the spreadsheet does, from 1; `column` may be ""."""

    row: int
    column: str
    message: str


class SheetRefused(Exception):
    """The sheet has problems; nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("The sheet has problems; nothing was taken in."))
        self.problems = problems[:TOLD]


def metadata_of(table: list[list[str]], files: Collection[str] | None = None) -> dict[str, dict[str, object]]:
    """File name → what the sheet knows of it (as in `archive.actions.known`); SheetRefused with every problem found.

    `files`, where they are known already, are those that the sheet may speak of; others are a problem.
    """
    header = [cell.casefold().replace(" ", "_") for cell in table[0]] if table else []
    problems = problems_of_header(header)
    if problems:
        raise SheetRefused(problems)
    known: dict[str, dict[str, object]] = {}
    allowed = choices()
    for number, cells in enumerate(table[1:], start=2):
        row = {column: cell for column, cell in zip(header, cells, strict=False) if column and cell}
        if row:
            name = row.pop("file", "")
            problems += problems_of_name(number, name, known, files)
            known[name] = row_of(number, row, allowed, problems)
    if problems:
        raise SheetRefused(problems)
    return known


def problems_of_header(header: list[str]) -> list[Problem]:
    problems = [
        Problem(1, name, _("There is no column of this name. Columns are: %s.") % ", ".join(COLUMNS) + nearest(name))
        for name in header
        if name and name not in COLUMNS
    ]
    problems += [
        Problem(1, name, _("This column is there twice. Take one of them out."))
        for name in COLUMNS
        if header.count(name) > 1
    ]
    if "file" not in header:
        problems.append(Problem(1, "file", _("The first row must name the columns, and “file” must be one of them.")))
    return problems


def nearest(name: str, among: Collection[str] = COLUMNS) -> str:
    found = get_close_matches(name, among, n=1)
    return " " + _("Is it “%s”?") % found[0] if found else ""


def problems_of_name(number: int, name: str, known: Collection[str], files: Collection[str] | None) -> list[Problem]:
    if not name:
        return [Problem(number, "file", _("The name of the file is missing."))]
    if name in known:
        return [Problem(number, "file", _("“%s” has a row already. Take one of them out.") % name)]
    if files is not None and name not in files:
        told = _("There is no file “%s” in this import. Add it, or take the row out.") % name
        return [Problem(number, "file", told + nearest(name, files))]
    return []


def choices() -> dict[str, list[str]]:
    """Column → the words that it may hold."""
    return {
        "language": Document.Language.values,
        "kind": Document.Kind.values,
        "translation": Document.Translation.values,
        "themes": list(Theme.objects.filter(retired=False).values_list("key", flat=True)),
    }


def row_of(
    number: int, row: dict[str, str], allowed: Mapping[str, Collection[str]], problems: list[Problem]
) -> dict[str, object]:
    """The values of a row; what is wrong with them is added to `problems`."""
    values: dict[str, object] = {}
    for column, cell in row.items():
        try:
            check_length(column, cell)
            values[column] = value_of(column, cell, allowed)
        except ValueError as error:
            problems.append(Problem(number, column, str(error)))
    return values


def value_of(column: str, cell: str, allowed: Mapping[str, Collection[str]]) -> object:
    if column == "themes":
        return [chosen(key, allowed[column]) for key in re.split(r"[,;，；、\s]+", cell) if key]
    return READ[column](cell) if column in READ else chosen(cell, allowed[column])


def check_length(column: str, cell: str) -> None:
    most = LENGTHS.get(column, len(cell))
    if len(cell) > most:
        raise ValueError(_("It has %(has)d characters; at most %(most)d fit.") % {"has": len(cell), "most": most})


def chosen(cell: str, allowed: Collection[str]) -> str:
    if cell.casefold() not in allowed:
        raise ValueError(_("“%(cell)s” is none of: %(all)s.") % {"cell": cell, "all": ", ".join(allowed)})
    return cell.casefold()


def day(cell: str) -> str:
    cut = cell.replace("/", "-").replace(".", "-")
    try:
        if not DATE.fullmatch(cut):
            raise ValueError
        dated(cut)
    except ValueError:
        raise ValueError(_("“%s” is no date. Write 2013, 2013-05 or 2013-05-12.") % cell) from None
    return cut


def address(cell: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(cell)
    except ValidationError:
        raise ValueError(_("“%s” is no web address. It begins with http:// or https://.") % cell) from None
    return cell


READ: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(("title", "number", "category", "issuer", "found_at"), str),
    "date": day,
    "url": address,
}
"""Columns whose cells are no choice among words."""

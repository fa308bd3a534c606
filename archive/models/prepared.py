"""Query sets whose SQL is made once: to make it takes Django longer than the database needs for the rows of a page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.expressions import Expression

Keys = Sequence[int] | Sequence[str]
Row = tuple[Any, ...]


class _Statement(NamedTuple):
    """SQL, and those columns of its answer whose values are not given as the database has them, by their places."""

    sql: str
    converted: tuple[tuple[int, Expression], ...]


class Prepared:
    """A reading of rows by their keys, which costs little more than the database's work.

    `make` gives a query set of `values_list` for lists of keys, one list for each of its arguments; the keys, each used
    once and in this order, must be all the parameters that its SQL has. Rows come as `values_list` would give them.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self._make = make
        self._known: dict[Hashable, _Statement] = {}

    def __call__(self, *keys: Keys) -> list[Row]:
        """The rows for these keys, of the default database; none when a list of keys is empty. One query."""
        if not all(keys):
            return []
        filled = [_filled(each) for each in keys]
        connection = connections[DEFAULT_DB_ALIAS]
        shape = (connection.vendor, *(len(each) for each in filled))
        statement = self._known.get(shape)
        if statement is None:
            asked = self._make(*map(_numbered, filled))
            statement = self._known[shape] = _statement(asked, sum(map(len, filled)), connection)
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [key for each in filled for key in each])
            found = cursor.fetchall()
        return _converted(found, statement.converted, connection)


def _filled(keys: Keys) -> list[Any]:
    """The keys, the last one repeated until there are a power of two: then few statements do for all numbers."""
    wanted = 1 << (len(keys) - 1).bit_length()
    return [*keys, *[keys[-1]] * (wanted - len(keys))]


def _numbered(keys: list[Any]) -> list[Any]:
    """As many keys of the same type, all different: Django leaves out those that it sees twice."""
    return [type(keys[0])(number) for number in range(len(keys))]


def _statement(rows: QuerySet[Any, Any], keys: int, connection: BaseDatabaseWrapper) -> _Statement:
    compiler = rows.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    if len(parameters) != keys:
        raise ValueError(f"the keys must be the only parameters of {sql}")
    columns = enumerate(column for column, _, _ in compiler.select or ())
    return _Statement(sql, tuple((place, each) for place, each in columns if _converters(each, connection)))


def _converters(column: Expression, connection: BaseDatabaseWrapper) -> list[Callable[..., Any]]:
    """They belong to the connection, so that they are not kept beyond it."""
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _converted(
    found: list[Row], columns: Sequence[tuple[int, Expression]], connection: BaseDatabaseWrapper
) -> list[Row]:
    """Values as the fields of their columns give them: days, yes and no, what is kept as JSON."""
    for place, column in columns:
        for convert in _converters(column, connection):
            found = [(*row[:place], convert(row[place], column, connection), *row[place + 1 :]) for row in found]
    return found

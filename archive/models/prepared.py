"""Query sets whose SQL is made once: to make it takes Django longer than the database needs for the rows of a page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import count, islice
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.expressions import Expression

Keys = Sequence[int] | Sequence[str]
Row = tuple[Any, ...]


FIRST_STAND_IN = 1_900_000_000
"""Stands for the first key while SQL is made, the next number for the next one: no parameter of ours is like it."""


class _Statement(NamedTuple):
    """SQL; the parameters beside the keys; for each parameter its place among keys and these; and the columns of the
    answer whose values are not given as the database has them, by their places.
    """

    sql: str
    constants: tuple[Any, ...]
    order: tuple[int, ...]
    converted: tuple[tuple[int, Expression], ...]


class Prepared:
    """A reading of rows by their keys, which costs little more than the database's work.

    `make` gives a query set of `values_list` for lists of keys, one list for each of its arguments, and gives them to
    the database as they are; all else in it is always the same. Rows come as `values_list` would give them.
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
            statement = self._known[shape] = self._prepared(filled, connection)
        given = [*(key for each in filled for key in each), *statement.constants]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, [given[place] for place in statement.order])
            found = cursor.fetchall()
        return _converted(found, statement.converted, connection)

    def _prepared(self, keys: list[list[Any]], connection: BaseDatabaseWrapper) -> _Statement:
        numbers = count(FIRST_STAND_IN)
        stand_ins = [[type(each[0])(number) for number in islice(numbers, len(each))] for each in keys]
        return _statement(self._make(*stand_ins), [one for each in stand_ins for one in each], connection)


def _filled(keys: Keys) -> list[Any]:
    """The keys, the last one repeated until there are a power of two: then few statements do for all numbers."""
    wanted = 1 << (len(keys) - 1).bit_length()
    return [*keys, *[keys[-1]] * (wanted - len(keys))]


def _statement(rows: QuerySet[Any, Any], stand_ins: list[Any], connection: BaseDatabaseWrapper) -> _Statement:
    compiler = rows.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    places = {stand_in: place for place, stand_in in enumerate(stand_ins)}
    constants = tuple(each for each in parameters if each not in places)
    if len(places) != len({*parameters} & {*places}):
        raise ValueError(f"each key must be a parameter of {sql}")
    others = count(len(stand_ins))
    order = tuple(places[each] if each in places else next(others) for each in parameters)
    columns = enumerate(column for column, _, _ in compiler.select or ())
    converted = tuple((place, each) for place, each in columns if _converters(each, connection))
    return _Statement(sql, constants, order, converted)


def _converters(column: Expression, connection: BaseDatabaseWrapper) -> list[Callable[..., Any]]:
    """They belong to the connection, so that they are not kept beyond it."""
    return [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]


def _converted(
    found: list[Row], columns: Sequence[tuple[int, Expression]], connection: BaseDatabaseWrapper
) -> list[Row]:
    """Values as the fields of their columns give them: days, yes and no, what is kept as JSON."""
    converting = [(place, column, each) for place, column in columns for each in _converters(column, connection)]
    if not converting:
        return found
    rows = list(map(list, found))
    for row in rows:
        for place, column, convert in converting:
            row[place] = convert(row[place], column, connection)
    return list(map(tuple, rows))

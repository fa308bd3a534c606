"""Every address × role × state of the document × method answers as `address_rights.txt` says.

The addresses are those of the URL resolver: a new one without a line there fails, and the message is the line to add.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from archive.actions.accounts import give_role
from tests.address_rows import STATES, Rows

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("address_rights.txt")
ROLES = ("anonymous", "contributor", "reviewer", "administrator")
METHODS = ("GET", "POST")
FORM = "application/x-www-form-urlencoded"
LETTERS = {400: "B", 403: "F", 404: "N", 405: "M", 410: "G", 422: "B", 500: "!"}


@dataclass(frozen=True)
class Line:
    name: str
    kinds: str
    cells: dict[tuple[str, str], str]
    """(method, role) → one letter, or one for each state."""


def lines() -> dict[str, Line]:
    read = {}
    for row in TABLE.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            name, kinds, get, post = (part.strip() for part in row.split("|"))
            cells = dict(zip([("GET", role) for role in ROLES], get.split(), strict=True))
            cells |= dict(zip([("POST", role) for role in ROLES], post.split(), strict=True))
            read[name] = Line(name, kinds, cells)
    return read


def addresses(
    patterns: list[URLPattern | URLResolver] | None = None, namespace: str = "", before: str = ""
) -> Iterator[str]:
    """The name of every address, its route where it has no name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner, route)
        else:
            yield namespace + pattern.name if pattern.name else "/" + route.replace(" ", "")


def letter(response: HttpResponseBase) -> str:
    if response.status_code in (301, 302):
        return "L" if "/login/" in response["Location"] else "3"
    return LETTERS.get(response.status_code, "2" if response.status_code < 300 else "?")


class Asker:
    """One person in front of all addresses; what a request changes is taken back after it."""

    def __init__(self, role: str) -> None:
        self.client = Client(raise_request_exception=False)
        user = None
        if role != "anonymous":
            user = User.objects.create_user(role, password="a long password")
            give_role(user=user, role=role, by=None)
            self.client.force_login(user)
        self.cookies = self.client.cookies
        self.rows = Rows(user)

    def path(self, line: Line, state: str) -> str:
        found = self.rows.arguments(line.kinds, state)
        if not line.name.startswith("/"):
            return reverse(line.name, args=found)
        return line.name.partition("<")[0] + "".join(f"{part}/" for part in found)

    def answer(self, line: Line, method: str, state: str) -> str:
        self.client.cookies = self.cookies.copy()
        with transaction.atomic():
            response = self.client.generic(method, self.path(line, state), b"", FORM)
            if response.streaming:
                response.getvalue()  # a file is closed when it has been read
            transaction.set_rollback(True)
        return letter(response)

    def answers(self, line: Line, method: str) -> str:
        """One letter where the state makes no difference."""
        depends = {"document", "upload", "directive", "batch"} & set(line.kinds.split())
        got = "".join(self.answer(line, method, state) for state in (STATES if depends else STATES[:1]))
        return got[0] if len(set(got)) == 1 else got


def test_every_address_has_its_line() -> None:
    there, table = set(addresses()), lines()
    missing = sorted(there - set(table))
    gone = sorted(set(table) - there)
    assert not gone, f"Take these lines out of tests/{TABLE.name}, their addresses are gone: {gone}"
    assert not missing, "\n".join(told(name) for name in missing)


def told(name: str) -> str:
    return (
        f"Add a line to tests/{TABLE.name} for the address {name!r} (its head explains the letters; the second column "
        f"are words of Rows.makers in tests/address_rows.py), run `pytest tests/test_addresses.py`, which then "
        f"shows what is answered, and check that each answer is as it should be:\n"
        f"{name} | - | ? ? ? ? | ? ? ? ?"
    )


@pytest.fixture
def quiet() -> Iterator[None]:
    """Every refusal would be logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_as_its_line_says(role: str) -> None:
    asker = Asker(role)
    wrong = []
    for line in lines().values():
        for method in METHODS:
            try:
                got = asker.answers(line, method)
            except NoReverseMatch as error:
                got = f"no such address ({error})"
            if got != line.cells[method, role]:
                wrong.append(f"{method} {line.name}: {role} gets {got}, {line.cells[method, role]} expected")
    assert not wrong, f"tests/{TABLE.name} against the site:\n" + "\n".join(wrong)

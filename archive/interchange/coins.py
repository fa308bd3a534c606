"""COinS: an OpenURL context object for the title of a span, by which reference managers take an item from a page."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from archive.interchange.works import Work, issued, name_of, one_line
from archive.models import Document

BOOK = "url_ver=Z39.88-2004&ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3Abook"
"""What every context object begins with: the versions of its form, and that it is about a book or a part of one."""


def coins(work: Work) -> str:
    return context_object(work.address, work.title, work.issuer, work.issued, work.language, work.part)


def coins_of_document(document: Document, address: str) -> str:
    """Of a whole document in a list, without what no context object says; its issuer should be loaded."""
    issuer = name_of(document.issuer, document.language)
    return context_object(address, one_line(document.title), issuer, issued(document), document.language)


def context_object(address: str, title: str, issuer: str, day: str, language: str, part: str = "") -> str:
    """The context object, unescaped; spaces are %20, which every reader of it understands.

    The issuer is a corporate author (`aucorp`), so that it is not taken apart into a first and a last name.
    """
    given = [f"{BOOK}&rft_id={encoded(address)}&rft.genre={'bookitem' if part else 'report'}"]
    if part:
        given.append(f"&rft.atitle={encoded(part)}")
    given.append(f"&rft.btitle={encoded(title)}")
    if issuer:
        given.append("&rft.aucorp={0}&rft.publisher={0}".format(encoded(issuer)))
    if day:
        given.append(f"&rft.date={encoded(day)}")
    return f"{''.join(given)}&rft.language={encoded(language)}"


@lru_cache(maxsize=2048)
def encoded(value: str) -> str:
    return quote(value, safe="")

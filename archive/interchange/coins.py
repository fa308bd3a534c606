"""COinS: an OpenURL context object for the title of a span, by which reference managers take an item from a page."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from archive.interchange.works import Work


def coins(work: Work) -> str:
    """The context object, unescaped; spaces are %20, which every reader of it understands.

    The issuer is a corporate author (`aucorp`), so that it is not taken apart into a first and a last name.
    """
    titles = {"atitle": work.part, "btitle": work.title} if work.part else {"btitle": work.title}
    described = {
        "genre": "bookitem" if work.part else "report",
        **titles,
        "aucorp": work.issuer,
        "publisher": work.issuer,
        "date": work.issued,
        "language": work.language,
    }
    given = {
        "url_ver": "Z39.88-2004",
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:book",
        "rft_id": work.address,
        **{f"rft.{name}": value for name, value in described.items()},
    }
    return urlencode({name: value for name, value in given.items() if value}, quote_via=quote, safe="")

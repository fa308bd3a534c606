"""Citations in three styles and four formats: what is known is said, nothing else, and other programs read it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

from archive.interchange.bibtex import bibtex
from archive.interchange.citations import citations
from archive.interchange.coins import coins
from archive.interchange.csl_json import csl_json
from archive.interchange.ris import ris
from archive.interchange.works import Work

ENGLISH = Work(
    key="massline-5",
    address="https://archive.example.org/documents/5/",
    title="Notice on home visits",
    language="en",
    kind="notice",
    kind_name="notice",
    issuer="Harbour Bureau",
    found_at="",
    number="No. 12 [2015]",
    issued="2015-05-01",
    translation="machine",
    accessed=date(2026, 11, 21),
    themes=("Visits and contact",),
)
CHINESE = replace(
    ENGLISH,
    title="关于做好入户走访工作的通知",
    language="zh",
    kind_name="通知",
    issuer="澜县公安局",
    number="澜公通字〔2015〕12号",
    translation="",
    themes=("走访联系",),
)
SECTION = replace(
    ENGLISH,
    key="massline-5-s2.1",
    address="https://archive.example.org/documents/5/#s2.1",
    part="2. Measures",
    section="2.1",
)
BARE = replace(ENGLISH, key="massline-6", issuer="", number="", issued="", translation="", kind="other", kind_name="")
STYLES = {
    ("Chicago", "whole"): (
        ENGLISH,
        "Harbour Bureau. “Notice on home visits.” Notice, No. 12 [2015], May 1, 2015. Machine translation. Massline. "
        "Accessed November 21, 2026. https://archive.example.org/documents/5/.",
    ),
    ("Chicago", "section"): (
        SECTION,
        "Harbour Bureau. “2. Measures.” Section 2.1 of “Notice on home visits.” Notice, No. 12 [2015], May 1, 2015. "
        "Machine translation. Massline. Accessed November 21, 2026. https://archive.example.org/documents/5/#s2.1.",
    ),
    ("Chicago", "bare"): (
        BARE,
        "“Notice on home visits.” N.d. Massline. Accessed November 21, 2026. https://archive.example.org/documents/5/.",
    ),
    ("Chicago", "Chinese"): (
        CHINESE,
        "澜县公安局：《关于做好入户走访工作的通知》，澜公通字〔2015〕12号，2015年5月1日，Massline，2026年11月21日访问，"
        "https://archive.example.org/documents/5/。",
    ),
    ("APA", "whole"): (
        ENGLISH,
        "Harbour Bureau. (2015, May 1). Notice on home visits (No. 12 [2015]) [Notice; machine translation]. Massline. "
        "Retrieved November 21, 2026, from https://archive.example.org/documents/5/",
    ),
    ("APA", "section"): (
        SECTION,
        "Harbour Bureau. (2015, May 1). 2. Measures. In Notice on home visits (No. 12 [2015], section 2.1) "
        "[Notice; machine translation]. Massline. Retrieved November 21, 2026, from "
        "https://archive.example.org/documents/5/#s2.1",
    ),
    ("APA", "bare"): (
        BARE,
        "Notice on home visits. (n.d.). Massline. Retrieved November 21, 2026, from "
        "https://archive.example.org/documents/5/",
    ),
    ("GB/T 7714-2015", "whole"): (
        ENGLISH,
        "Harbour Bureau. Notice on home visits: No. 12 [2015][EB/OL]. Machine translation. (2015-05-01)[2026-11-21]. "
        "https://archive.example.org/documents/5/.",
    ),
    ("GB/T 7714-2015", "section"): (
        replace(SECTION, kind="report", issued="2015"),
        "Harbour Bureau. 2. Measures[R/OL]//Notice on home visits: No. 12 [2015]. Section 2.1. Machine translation. "
        "(2015)[2026-11-21]. https://archive.example.org/documents/5/#s2.1.",
    ),
    ("GB/T 7714-2015", "Chinese"): (
        CHINESE,
        "澜县公安局. 关于做好入户走访工作的通知: 澜公通字〔2015〕12号[EB/OL]. (2015-05-01)[2026-11-21]. "
        "https://archive.example.org/documents/5/.",
    ),
    ("GB/T 7714-2015", "bare"): (
        replace(BARE, found_at="Lantern Digest"),
        "Notice on home visits[EB/OL]. Copy from Lantern Digest. [2026-11-21]. https://archive.example.org/documents/5/.",
    ),
}
ODD = 'A {brace, 100 % of \\ "$5" & #1_a ~b^c} é 走访'


@pytest.mark.parametrize("case", STYLES)
def test_styles(case: tuple[str, str]) -> None:
    work, expected = STYLES[case]
    assert {one.style: one.words for one in citations(work)}[case[0]] == expected


@pytest.mark.parametrize(("issued", "expected"), [("2015", "2015."), ("2015-05", "May 2015."), ("", "n.d.")])
def test_a_date_is_given_as_far_as_it_is_known(issued: str, expected: str) -> None:
    chicago = citations(replace(ENGLISH, issued=issued))[0].words
    assert f"No. 12 [2015], {expected}" in chicago


@pytest.mark.parametrize("title", ["Well done.", "Well done?", "Well done…", "好。"])
def test_no_stop_is_doubled(title: str) -> None:
    for one in citations(replace(ENGLISH, title=title, part="")):
        assert not any(twice in one.words for twice in ("..", "?.", "….", "。.", ".[", "。["))


def test_the_style_of_the_country_comes_first() -> None:
    assert citations(CHINESE)[0].style == "GB/T 7714-2015"
    assert [one.style for one in citations(ENGLISH)] == ["Chicago", "APA", "GB/T 7714-2015"]
    assert {one.language for one in citations(CHINESE)} == {"zh-Hans"}


def read_bibtex(*works: Work) -> list[dict[str, str]]:
    library = bibtexparser.parse_string("".join(bibtex(works)), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    return [
        {"entry": one.entry_type, "key": one.key, **{f.key: f.value for f in one.fields}} for one in library.entries
    ]


def test_bibtex_is_read_by_a_parser() -> None:
    whole, section, bare = read_bibtex(ENGLISH, SECTION, BARE)
    assert (whole["entry"], section["entry"], bare["entry"]) == ("techreport", "incollection", "misc")
    assert whole["title"] == "Notice on home visits"
    assert (whole["number"], whole["year"], whole["month"]) == ("No. 12 [2015]", "2015", "may")
    assert (whole["url"], whole["urldate"]) == (ENGLISH.address, "2026-11-21")
    assert section["title"] == "2. Measures"
    assert section["booktitle"] == "Notice on home visits"
    assert not {"author", "year", "month", "number", "note"} & set(bare)


@pytest.mark.parametrize("title", [ODD, "\\", "a\nb", "@misc x,", "50% off", "走访通知"])
def test_bibtex_keeps_every_sign(title: str) -> None:
    read, after = read_bibtex(replace(ENGLISH, title=title), BARE)
    assert read["title"].replace("ˆ", "^") == title.replace("\n", " ")
    assert after["key"] == BARE.key


@pytest.mark.parametrize("title", [ODD, "{", "}", "}{", "@misc{x,", "\\}"])
def test_braces_are_balanced_as_bibtex_counts_them(title: str) -> None:
    depth = 0
    assert len(read_bibtex(replace(ENGLISH, title=title), BARE)) == 2
    for sign in "".join(bibtex([replace(ENGLISH, title=title, issuer="}{}")])):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0


def test_ris_is_read_by_a_parser() -> None:
    whole, section, bare = rispy.loads("".join(ris([ENGLISH, SECTION, BARE])))
    assert (whole["type_of_reference"], section["type_of_reference"]) == ("RPRT", "CHAP")
    assert (whole["title"], whole["authors"]) == (ENGLISH.title, ["Harbour Bureau"])
    assert (whole["issn"], whole["year"], whole["date"]) == ("No. 12 [2015]", "2015", "2015/05/01")
    assert whole["urls"] == [ENGLISH.address]
    assert (section["title"], section["secondary_title"]) == ("2. Measures", ENGLISH.title)
    assert not {"authors", "year", "notes", "issn"} & set(bare)


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\u2028", "\x85", "\x0b", "\x1c"])
def test_a_new_line_in_a_value_starts_no_tag(sign: str) -> None:
    text = "".join(ris([replace(ENGLISH, title=f"One{sign}ER  -{sign}TY  - BOOK")]))
    (only,) = rispy.loads(text)
    assert only["title"] == "One ER  - TY  - BOOK"
    assert text.count("\r\nER  - ") == 1


def test_csl_json_says_what_is_known() -> None:
    whole, section, bare = json.loads(csl_json([ENGLISH, SECTION, BARE]))
    assert whole["author"] == [{"literal": "Harbour Bureau"}]
    assert whole["issued"] == {"date-parts": [[2015, 5, 1]]}
    assert whole["note"] == "Machine translation"
    assert (section["type"], section["container-title"], section["section"]) == ("chapter", ENGLISH.title, "2.1")
    assert set(bare) == {"id", "type", "title", "archive", "keyword", "language", "URL", "accessed"}


def test_coins_name_the_thing_and_its_corporate_author() -> None:
    read = parse_qs(coins(replace(SECTION, title=f"{ODD}&rft.date=1")))
    assert read["rft.genre"] == ["bookitem"]
    assert read["rft.atitle"] == ["2. Measures"]
    assert read["rft.btitle"] == [f"{ODD}&rft.date=1"]
    assert read["rft.aucorp"] == ["Harbour Bureau"]
    assert read["rft.date"] == ["2015-05-01"]
    assert read["rft_id"] == [SECTION.address]
    assert parse_qs(coins(ENGLISH))["rft.genre"] == ["report"]
    assert "rft.date" not in parse_qs(coins(BARE))

"""Golden queries: what each must find, and must not, in a small library whose every word is known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from archive.models import Actor, Directive, Section
from archive.search import Grain, SearchParams, Sort, indexer, search
from tests.search_fixtures import index_in, make_document, make_source

pytestmark = pytest.mark.django_db

# name → (own texts, everything else); a section is called name.ordinal
LIBRARY: dict[str, tuple[tuple[str, ...], dict[str, object]]] = {
    "visit": (
        (
            "Plan for the big visit\n",
            "1. Officers visit every household twice a year.\n",
            "2. Visiting records are kept.\n",
        ),
        {
            "title": "Plan for the big visit",
            "themes": ["visits", "service"],
            "year": 2009,
            "kind": "plan",
            "issuer": "mps",
        },
    ),
    "slogan": (
        ("Power to the people, said the old banner.\n", "People power is another thing.\n", "To be or not to be.\n"),
        {"title": "Banners", "themes": ["publicity"], "year": 2011, "found_at": "joke-site"},
    ),
    "line": (
        (
            "The mass line in policing\n",
            "From the masses, to the masses.\n",
            "Mass rallies, and a line of cars. W-2 forms.\n",
        ),
        {
            "title": "Essay",
            "themes": ["mass-line"],
            "year": 2013,
            "kind": "essay",
            "issuer": "mps",
            "found_at": "joke-site",
        },
    ),
    "fengqiao": (
        ("The Fengqiao experience\n", "Disputes are mediated in the village. Naïve cafés.\n"),
        {"title": "Circular on the Fengqiao experience", "themes": ["dispute-mediation"], "kind": "notice"},
    ),
    "zh": (
        ("关于走访的通知\n", "公安机关坚持群众路线，走访群众。\n", "安全第一，公平正义。拨打１１０报警。\n"),
        {
            "title": "关于走访的通知",
            "language": "zh",
            "year": 2013,
            "number": "公通字〔2013〕12号",
            "themes": ["visits"],
        },
    ),
    "hant": (
        ("警務工作\n", "羣眾路線是生命線。後勤保障。\n"),
        {"title": "警務工作", "language": "zh", "year": 2016},
    ),
    "given": (
        ("A text without its title.\n", "The rest.\n"),
        {"title": "Handbook of patrols", "title_in_text": False, "year": 2009},
    ),
    "page": (
        ("Joke Site > Headlines > Patrol rules. Patrol by day.\n",),
        {"title": "Patrol by day", "boilerplate": [(0, 37, "breadcrumb")]},
    ),
    "draft": (("The big visit, not yet published. 群众路线\n",), {"published": False}),
}

GOLDEN = [
    # words: all of them, in any English form
    ("visit", "visit.0 visit.1 visit.2"),
    ("VISITS", "visit.0 visit.1 visit.2"),
    ("big visit", "visit.0"),
    ("household officers", "visit.1"),
    ("mass line", "line.0 line.2"),
    ("mass-line", "line.0"),
    ("W-2", "line.2"),
    ("nowhere", ""),
    ("cafe naive", "fengqiao.1"),
    ("ｖｉｓｉｔ big", "visit.0"),
    # quotes: exactly so, small words too
    ('"visit"', "visit.0 visit.1"),
    ('"visits"', ""),
    ('"power to the people"', "slogan.0"),
    ('"people power"', "slogan.1"),
    ('"power people"', ""),
    ('"to be or not to be"', "slogan.2"),
    ('"the masses"', "line.1"),
    ('"from the masses to the masses"', "line.1"),
    ("“the mass line”", "line.0"),
    ('"THE MASS LINE"', "line.0"),
    ('"mass line" "policing"', "line.0"),
    # operators
    ("visiting OR fengqiao", "visit.0 visit.1 visit.2 fengqiao.0"),
    ("mass AND line", "line.0 line.2"),
    ("mass -policing", "line.1 line.2"),
    ("mass NOT (policing OR rally)", "line.1"),
    ("(mass OR dispute) village", "fengqiao.1"),
    ("fengqiao AND (mass OR line)", ""),
    ("mass policing OR disputes", "line.0 fengqiao.1"),
    # beginnings and nearness
    ("fengq*", "fengqiao.0"),
    ("polic*", "line.0"),
    ("mass-lin*", "line.0"),
    ('"mass cars"~5', "line.2"),
    ('"cars mass"~5', "line.2"),
    ('"mass cars"~2', ""),
    # Chinese
    ("公", "zh.1 zh.2"),
    ("公安", "zh.1"),
    ("安公", ""),
    ("群众", "zh.1 hant.1"),
    ("群众路线", "zh.1 hant.1"),
    ("羣眾路線", "zh.1 hant.1"),
    ("线走", ""),
    ("“群众路线”", "zh.1 hant.1"),
    ("公安 路线", "zh.1"),
    ("公安，路线", "zh.1"),
    ("走访群众", "zh.1"),
    ("110报警", "zh.2"),
    ("１１０", "zh.2"),
    ("后勤", "hant.1"),
    ("群众 -公安", "hant.1"),
    ("公*", "zh.1 zh.2"),
    # fields; where only documents are asked for, the first section stands for each
    ("title:visit", "visit.0"),
    ("title:visit households", "visit.1"),
    ('title:"fengqiao experience"', "fengqiao.0"),
    ("title:走访", "zh.0"),
    ("theme:visits", "visit.0 zh.0"),
    ("theme:visits visit", "visit.0 visit.1 visit.2"),
    ("theme:(publicity OR dispute-mediation)", "slogan.0 fengqiao.0"),
    ("theme:visits -theme:service", "zh.0"),
    ("source:mps", "visit.0 line.0"),
    ('source:"Ministry of Public Security"', "visit.0 line.0"),
    ("source:公安部", "visit.0 line.0"),
    ("source:joke -source:mps", "slogan.0"),
    ("kind:essay", "line.0"),
    ("lang:zh", "zh.0 hant.0"),
    ("lang:Chinese 群众", "zh.1 hant.1"),
    ("year:2013", "line.0 zh.0"),
    ("year:2010..2013 mass", "line.0 line.1 line.2"),
    ("year:2014..", "hant.0"),
    ("year:..2009", "visit.0 given.0"),
    ("date:2013-05", "line.0 zh.0"),
    ("date:2013-06..", "hant.0"),
    ("number:公通字（2013）12号", "zh.0"),
    ("number:公通字[2013]第12号 走访", "zh.0 zh.1"),
    ("number:公通字〔二〇一三〕 十二号，走访", "zh.0 zh.1"),
    ("number:公通字*", "zh.0"),
    ("number:公通字〔2013〕1*", "zh.0"),
    ("number:公通字〔2013〕2*", ""),
    ("number:公通* 走访", "zh.0 zh.1"),
    ("modality:prohibition", "visit.2"),
    ("actor:officers", "visit.2"),
    ('actor:"police officers" kept', "visit.2"),
    # a title that the text does not carry, and what belongs to the web page
    ("patrols handbook", "given.0"),
    ("patrol", "given.0 page.0"),
    ("headlines", ""),
    # malformed
    ('"the mass line', "line.0"),
    ("(fengqiao", "fengqiao.0"),
    ("fengqiao)", "fengqiao.0"),
    ("*fengq", "fengqiao.0"),
    ("fengqiao AND", "fengqiao.0"),
    ("theme:nonsense fengqiao", "fengqiao.0"),
    ("colour:red fengqiao", ""),
    ("'fengqiao'", "fengqiao.0"),
    ("fengqiao\x00", ""),
    ("fengqiao\ud800", "fengqiao.0"),
]
NOTHING_LEFT = ['"(((', "*", "()", "- -", "year:soon", "theme:nonsense", "theme:nonsense -year:soon", "\x00", "x" * 801]


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict[int, str]]:
    """Primary key of each section → its name."""
    with django_db_blocker.unblock(), index_in(tmp_path_factory.mktemp("golden")), transaction.atomic():
        make_source("mps", "Ministry of Public Security", "公安部")
        make_source("joke-site", "Joke Collection Website")
        names = {}
        for name, (texts, more) in LIBRARY.items():
            document = make_document(*texts, **more)  # type: ignore[arg-type]
            names |= {section.pk: f"{name}.{section.ordinal}" for section in document.sections.all()}
        forbid(next(pk for pk, name in names.items() if name == "visit.2"))
        indexer.catch_up()
        yield names
        transaction.set_rollback(True)


def forbid(section: int) -> None:
    row = Section.objects.get(pk=section)
    actor = Actor.objects.create(slug="test-officers", name_en="police officers", name_zh="民警", aliases=["officers"])
    Directive.objects.create(
        document=row.document, section=row, modality="prohibition", actor=actor, start=row.start, end=row.end,
        quote="", rule="test", stage_version=1,
    )  # fmt: skip


def names_of(library: dict[int, str], q: str, **filters: object) -> list[str]:
    page = search(SearchParams(q=q, page_size=100, **filters))  # type: ignore[arg-type]
    assert page.notice == ""
    assert page.total == len(page.hits)
    return [library[hit.section.pk] for hit in page.hits]


@pytest.mark.parametrize(("q", "expected"), GOLDEN)
def test_golden_query(library: dict[int, str], q: str, expected: str) -> None:
    assert sorted(names_of(library, q)) == sorted(expected.split())


@pytest.mark.parametrize("q", NOTHING_LEFT)
def test_a_query_of_which_nothing_is_left_lists_nothing_and_says_so(library: dict[int, str], q: str) -> None:
    for grain in Grain:
        page = search(SearchParams(q=q, grain=grain))
        assert (page.total, page.hits, page.asked) == (0, (), False)
        assert page.warnings


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"themes": ("visits",)}, "zh.0 visit.0"),
        ({"themes": ("visits", "publicity")}, "zh.0 slogan.0 visit.0"),
        ({"sources": ("mps",), "kinds": ("essay",)}, "line.0"),
        ({"languages": ("zh",)}, "hant.0 zh.0"),
        ({"year_from": 2011, "year_to": 2013}, "line.0 zh.0 slogan.0"),
        ({"year_from": 2014}, "hant.0"),
        ({"themes": ("no-such-theme",)}, ""),
    ],
)
def test_without_a_query_documents_are_listed_newest_first(
    library: dict[int, str], filters: dict[str, object], expected: str
) -> None:
    assert names_of(library, "", **filters) == expected.split()


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, "line.0 line.1 line.2 visit.0 visit.1 fengqiao.0 fengqiao.1"),
        (Sort.OLDEST, "visit.0 visit.1 line.0 line.1 line.2 fengqiao.0 fengqiao.1"),
        (Sort.TITLE, "fengqiao.0 fengqiao.1 line.0 line.1 line.2 visit.0 visit.1"),
    ],
)
def test_orders_put_what_has_no_date_last(library: dict[int, str], sort: Sort, expected: str) -> None:
    q = "mass OR fengqiao OR village OR big OR household"
    assert names_of(library, q, sort=sort) == expected.split()


def test_a_hit_shows_its_place(library: dict[int, str]) -> None:
    assert search(SearchParams(q="拨打")).hits[0].heading_path == ("Part 1", "Part 2")
    hit = search(SearchParams(q="后勤")).hits[0]
    assert hit.heading_path == ("Part 1",)
    assert [span.of(hit.snippet.text) for span in hit.snippet.hits] == ["後勤"]


def test_a_page_takes_a_fixed_number_of_queries(library: dict[int, str], django_assert_max_num_queries) -> None:
    for size in (1, 10):
        with django_assert_max_num_queries(6):  # sections, documents, themes given, headings; all themes, sources
            search(SearchParams(q="the OR 公", page_size=size))

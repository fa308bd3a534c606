"""The query language: what is understood, and what is said about the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.query import CHARACTERS, DEPTH, TERMS, parse
from archive.search.tree import (
    And,
    FieldBetween,
    FieldIs,
    InTitle,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
    leaves,
)


def shown(tree: Node | None) -> str:
    """A tree in one line: And(a b), Or(a b), -a, "phrase", prefix*, field=value, field=low..high."""
    match tree:
        case None:
            return ""
        case And(parts) | Or(parts):
            return f"{type(tree).__name__}({' '.join(map(shown, parts))})"
        case Not(part):
            return f"-{shown(part)}"
        case Word(text):
            return text
        case Phrase() | Prefix() | Near():
            return quoted(tree)
        case InTitle(body):
            return f"title={shown(body)}"
        case FieldIs(name, value):
            return f"{name}={value}"
        case FieldBetween(name, low, high):
            return f"{name}={low or ''}..{high or ''}"


def quoted(leaf: Phrase | Prefix | Near) -> str:
    match leaf:
        case Phrase(text):
            return f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case Near(text, slop):
            return f'"{text}"~{slop}'


UNDERSTOOD = [
    ("", ""),
    ("   ", ""),
    ("mass", "mass"),
    ("mass line", "And(mass line)"),
    ("mass AND line", "And(mass line)"),
    ("mass OR line", "Or(mass line)"),
    ("mass, line; police!", "And(mass line police)"),
    ("mass NOT line", "And(mass -line)"),
    ("mass -line", "And(mass -line)"),
    ("mass AND NOT line", "And(mass -line)"),
    ("NOT NOT mass", "mass"),
    ("-(mass line)", "-And(mass line)"),
    ("(mass OR line) police", "And(Or(mass line) police)"),
    ("well-being", "well-being"),
    ("1,000 households", "And(1,000 households)"),
    ("a,b", "And(a b)"),
    ('"power to the people"', '"power to the people"'),
    ('"mass line" OR "big visit"', 'Or("mass line" "big visit")'),
    ('"mass line"~5', '"mass line"~5'),
    ("“群众路线”", '"群众路线"'),
    ("「群众路线」～３", '"群众路线"~3'),
    ("＂mass line＂", '"mass line"'),
    ('他说"好"', 'And(他说 "好")'),
    ('"他说“好”"', '"他说“好”"'),
    ("fengq*", "fengq*"),
    ("fengq＊", "fengq*"),
    ("公*", "公*"),
    ("公安 群众", "And(公安 群众)"),
    ("公安\u3000群众", "And(公安 群众)"),
    ("公安，群众。", "And(公安 群众)"),
    ("（公安 OR 群众） －走访", "And(Or(公安 群众) -走访)"),
    ("title:circular", "title=circular"),
    ("TITLE：circular", "title=circular"),
    ('title:"mass line"', 'title="mass line"'),
    ("title:(mass OR line)", "Or(title=mass title=line)"),
    ('source:"Ministry of Public Security" visit', "And(source=Ministry of Public Security visit)"),
    ("theme:visits -theme:service", "And(theme=visits -theme=service)"),
    ("language:zh", "lang=zh"),
    ("actor:police modality:prohibition kind:notice", "And(actor=police modality=prohibition kind=notice)"),
    ("year:2009", "year=2009..2009"),
    ("year:2008..2013", "year=2008..2013"),
    ("year:２００８..２０１３", "year=2008..2013"),
    ("year:2008..", "year=2008.."),
    ("year:..2013", "year=..2013"),
    ("date:2009-03", "date=2009-03-01..2009-03-31"),
    ("date:2008-02..", "date=2008-02-01.."),
    ("date:2009-03-05..2010", "date=2009-03-05..2010-12-31"),
    ("number:公通字〔2013〕12号", "number=公通字-2013-12"),
    ("number:公通字(2013)12号 走访", "And(number=公通字-2013-12 走访)"),
    ("number:公通字［２０１３］第012号", "number=公通字-2013-12"),
    ('number:"公通字 [2013] 12 号"', "number=公通字-2013-12"),
    *[(q, "Or(police law)") for q in ("police | law", "police|law", "police || law", "police｜law", "police ＯＲ law")],
    *[(q, "And(police -law)") for q in ("police !law", "police ！law", "police ＮＯＴ law", "(police !law)")],
    *[
        (q, "And(police law)")
        for q in ("police! law", "police & law", "police && law", "police&&law", "police ＡＮＤ law")
    ],
    *[(q, "Or(公安 法院)") for q in ("公安OR法院", "公安 OR法院", "公安OR 法院", "公安ＯＲ法院")],
    ("公安AND法院NOT走访", "And(公安 法院 -走访)"),
    ("“公安”OR“法院”", 'Or("公安" "法院")'),
    ("公安！法院！", "And(公安 法院)"),
    ("TOR法院", "TOR法院"),
    ("AT&T", "AT&T"),
    ("10:30", "10:30"),
    ("关键词：走访", "关键词：走访"),
    (f'"{"公安" * 399}"', f'"{"公安" * 399}"'),
]

DOUBTED = [
    ('"mass line', "And(mass line)", "An opening quote has no end"),
    ('"(((', "", "An opening quote has no end"),
    ('"(((', "", "An opening bracket has no end"),
    ("(mass line", "And(mass line)", "An opening bracket has no end"),
    ("mass) line", "And(mass line)", "A closing bracket has no opening one"),
    ("()", "", "Between brackets there is nothing"),
    ('""', "", "neither letters nor digits"),
    ("- & …", "", "neither letters nor digits"),
    ("AND mass", "mass", "AND has nothing on its left"),
    ("mass AND", "mass", "AND has nothing on its right"),
    ("mass AND AND line", "And(mass line)", "AND has nothing on its left"),
    ("OR mass", "mass", "OR has nothing on its left"),
    ("mass OR", "mass", "OR has nothing on its right"),
    ("mass NOT", "mass", "NOT has nothing after it"),
    ("NOT OR mass", "mass", "NOT has nothing after it"),
    ("a b OR c", "Or(And(a b) c)", "AND binds closer than OR"),
    ("*", "", "neither letters nor digits"),
    ("*a*", "a", "at least 2 letters"),
    ("a*", "a", "at least 2 letters"),
    ("*mass", "mass*", "A * works at the end of a word only"),
    ("fo*bar", "fo*", "A * works at the end of a word only"),
    ('"mass lin*"', '"mass lin*"', "A * inside quotes"),
    ("mass or line", "And(mass or line)", "“or” was searched for as a word"),
    ("mass and line", "And(mass and line)", "“and” was searched for as a word"),
    ("mass not line", "And(mass not line)", "“not” was searched for as a word"),
    ("OR OR", "", "OR has nothing on either side"),
    ("mass OR | line", "Or(mass line)", "OR has nothing on its right"),
    ("mass~2", "mass~2", "~ works after quotes only"),
    ('"a b"~', '"a b"', "After ~ a number is missing"),
    ('"a b"~999', '"a b"~50', "~999 is too far"),
    ('"a b"~99999', '"a b"~50', "~99999 is too far"),
    ('"police police"~5', '"police police"~5', "A word stands twice"),
    ("colour:red", "And(colour red)", "There is no field “colour”"),
    ("title: mass", "mass", "“title:” has no value"),
    ("title:", "", "“title:” has no value"),
    ("title:OR mass", "mass", "“title:” has no value"),
    ("year:soon", "", "is not a year"),
    ("year:2013..2008", "year=2008..2013", "The range runs backwards"),
    ("year:2008..2010..2013", "", "is not a year"),
    ("date:2009-13", "", "is not a date"),
    ("date:2009-02-30", "", "is not a date"),
    ("date:..", "", "is not a date"),
    ("number:none", "", "is not a document number"),
    ('theme:"…"', "", "is no value for theme"),
    ("x" * (CHARACTERS + 1), "", "The query has 801 characters, and at most 800"),
    (f'"{"公安" * 400}"', "", "The query has 802 characters, and at most 800"),
    ("mass\x00 line", "", "a character that cannot be read"),
    ("\ufffd", "", "a character that cannot be read"),
    (" ".join("a" * 30), f"And({' '.join('a' * TERMS)})", "More than 24 words"),
    ("(" * 9 + "a" + ")" * 9, "a", "nested more than 6 deep"),
    ("aa* bb* cc* dd* ee* ff* gg* hh* ii*", "And(aa* bb* cc* dd* ee* ff* gg* hh* ii)", "More than 8 words with *"),
]


@pytest.mark.parametrize(("text", "tree"), UNDERSTOOD)
def test_a_query_is_understood_without_a_doubt(text: str, tree: str) -> None:
    parsed = parse(text)
    assert (shown(parsed.tree), parsed.warnings) == (tree, ())


@pytest.mark.parametrize(("text", "tree", "message"), DOUBTED)
def test_what_is_not_understood_is_said(text: str, tree: str, message: str) -> None:
    parsed = parse(text)
    assert shown(parsed.tree) == tree
    assert any(message in warning.message for warning in parsed.warnings), parsed.warnings


@pytest.mark.parametrize(
    "text", ["OR OR", "OR mass", "mass OR | line", "number:(A)", "number:none", '"a" AND', "aa* " * 20]
)
def test_one_doubt_is_said_once(text: str) -> None:
    assert len(parse(text).warnings) == 1


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ('visit "mass line', "opening quote", '"'),
        ("mass year:soon", "is not a year", "soon"),
        ("mass colour:red", "no field", "colour:"),
        ("mass ) line", "closing bracket", ")"),
    ],
)
def test_a_warning_points_at_the_place(text: str, message: str, place: str) -> None:
    warning = next(warning for warning in parse(text).warnings if message in warning.message)
    assert warning.span is not None
    assert warning.span.of(text) == place


def depth(tree: Node | None) -> int:
    match tree:
        case And(parts) | Or(parts):
            return 1 + max(map(depth, parts))
        case Not(part):
            return 1 + depth(part)
        case _:
            return 0


PIECES = st.sampled_from(
    [
        *'"“”()（）*＊~:：-－ \u3000,，',
        "AND ",
        "OR ",
        "NOT ",
        "title:",
        "year:",
        "number:",
        "..",
        "mass",
        "公安",
        "2009",
        "\x00",
    ]
)
QUERIES = st.one_of(st.text(max_size=500), st.lists(PIECES, max_size=150).map("".join))


@given(QUERIES)
def test_no_query_raises_or_grows_without_bound(text: str) -> None:
    parsed = parse(text)
    assert len(list(leaves(parsed.tree))) <= TERMS
    assert depth(parsed.tree) <= 3 * DEPTH + 3
    for warning in () if parsed.refused else parsed.warnings:
        assert warning.span is not None
        assert 0 <= warning.span.start <= warning.span.end <= len(text)


@given(QUERIES)
def test_letters_are_searched_for_or_something_is_said(text: str) -> None:
    parsed = parse(text)
    if parsed.tree is None and any(character.isalnum() for character in text):
        assert parsed.warnings


@pytest.mark.parametrize(
    "text",
    ["(" * 5000, ")" * 5000, '"' * 5001, "NOT " * 3000, "-" * 4000 + "a", "a OR " * 3000, "*" * 4000, "公" * 100_000],
)
def test_a_query_of_death_is_answered(text: str) -> None:
    assert parse(text).warnings

"""Values of fields as people write them: several at once, days and years, document numbers."""

from __future__ import annotations

import pytest

from archive.search.query import parse
from tests.test_query import shown

UNDERSTOOD = [
    ("lang:en,zh police", "And(Or(lang=en lang=zh) police)"),
    ("-kind:notice、plan", "-Or(kind=notice kind=plan)"),
    ('source:"Public Security",mps', "Or(source=Public Security source=mps)"),
    ("theme:visits, police", "And(theme=visits police)"),
    ("theme:visits，走访", "And(theme=visits 走访)"),
    ("year:2008,2010", "Or(year=2008..2008 year=2010..2010)"),
    ("year:2008。。2013", "year=2008..2013"),
    *[(f"year:2010{sign}2012", "year=2010..2012") for sign in ("-", "—", "–", "——", "～", "…", "至", "到", "年-")],
    *[(f"year:{year}", "year=2010..2010") for year in ("2010年", "2010。", "二〇一〇年")],
    ("year:2010年，走访", "And(year=2010..2010 走访)"),
    *[
        (f"date:{day}", "date=2009-03-05..2009-03-05")
        for day in (
            "2009年3月5日",
            "2009/03/05",
            "2009/3/5",
            "20090305",
            "2009.3.5",
            "２００９年３月５日",
            "2009年三月五日",
        )
    ],
    ("date:2009年三月五日", "date=2009-03-05..2009-03-05"),
    *[(f"date:{month}", "date=2009-03-01..2009-03-31") for month in ("2009年3月", "200903", "2009/03")],
    ("date:2009-03-2009-05", "date=2009-03-01..2009-05-31"),
    ("date:2009年3月至2010年", "date=2009-03-01..2010-12-31"),
    ("number:公通字〔2013〕 12 号", "number=公通字-2013-12"),
    ("number:公通字 〔 2013 〕 第 12 号", "number=公通字-2013-12"),
    ("number:公通字〔2013〕12号，走访", "And(number=公通字-2013-12 走访)"),
    ("(number:公通字〔2013〕12号)", "number=公通字-2013-12"),
    ("(number:公通字（2013）12号) 走访", "And(number=公通字-2013-12 走访)"),
    ("-(number:公通字(2013)12号 OR 走访)", "-Or(number=公通字-2013-12 走访)"),
    ("number:(公通字〔2013〕12号 OR 公通字〔2014〕3号)", "Or(number=公通字-2013-12 number=公通字-2014-3)"),
    ("number:公通字〔2013〕12号、公通字〔2014〕3号", "Or(number=公通字-2013-12 number=公通字-2014-3)"),
    ("number:公通字〔二〇一三〕十二号", "number=公通字-2013-12"),
    ("number:公通字〔2013〕十二号", "Or(number=公通字-2013-12 number=公通字-2013-十二号)"),
    ("number:公安部令第 12 号 走访", "And(number=公安部令-12 走访)"),
    ("number:（2013）公字第5号", "number=2013-公字-5"),
    ("number:No.12", "number=12"),
    ("number:公通字*", "number=公通字-*"),
    ("number:公通字〔2013〕* 走访", "And(number=公通字-2013-* 走访)"),
    ("number:公通字〔二〇一三〕1＊", "number=公通字-2013-1*"),
]

DOUBTED = [
    ("year:2013—2008", "year=2008..2013", "The range runs backwards"),
    ("year:2010-03", "year=2010..2010", "takes whole years"),
    ("date:2009年13月", "", "is not a date"),
    ("date:2009年3月-5月", "", "is not a date"),
    ("number:(A OR B)", "", "“A” is not a document number"),
    ("number:公通字", "", "is not a document number like 公通字〔2013〕12号 or 公通字*"),
    ("number:* 走访", "走访", "is not a document number"),
    ("number:第* 走访", "走访", "is not a document number"),
]


@pytest.mark.parametrize(("text", "tree"), UNDERSTOOD)
def test_a_value_is_understood_without_a_doubt(text: str, tree: str) -> None:
    parsed = parse(text)
    assert (shown(parsed.tree), parsed.warnings) == (tree, ())


@pytest.mark.parametrize(("text", "tree", "message"), DOUBTED)
def test_what_a_value_cannot_mean_is_said(text: str, tree: str, message: str) -> None:
    parsed = parse(text)
    assert shown(parsed.tree) == tree
    assert any(message in warning.message for warning in parsed.warnings), parsed.warnings

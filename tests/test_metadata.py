"""What a document says of itself, in both languages and in any spelling."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.analysis.boilerplate import boilerplate
from archive.analysis.language import detect_language
from archive.analysis.metadata import metadata
from archive.spans import Fact, Metadata


def facts(text: str) -> Metadata:
    language = detect_language(text)
    return metadata(text, language, boilerplate(text, language))


def value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


NOTICE = """关于修好码头路灯的通知

灯港公（治）发【2013】 第 12 号

各派出所，市场大队、港务大队：

码头的灯坏了一半，夜里走路的人摔了好几跤，船也靠不了岸，群众意见很大。现将有关事项通知如下：

一、把灯修好。
二、把路补好。

附件：1.路灯登记表
2.补路登记表（略）

灯港市公安局
二〇一三年四月九日

灯港市公安局办公室　　2013年4月11日印发
"""

CIRCULAR = """Lamp Paper - Notices - Notice of the Harbour Bureau on mending the lamps of the wharf

Notice of the Harbour Bureau on mending the lamps of the wharf

Deng Gang Zi [2013] No. 1 2

To all stations, the market brigade:

Half of the lamps on the wharf are broken, and people who walk there in the night have fallen. They complain.

Attachments: List of lamps; List of holes (omitted)

Harbour Bureau
April 9, 2013
"""


def test_a_chinese_notice() -> None:
    found = facts(NOTICE)
    assert value(found.title) == "关于修好码头路灯的通知"
    assert value(found.number) == "灯港公（治）发〔2013〕12号"
    assert found.number and found.number.span and found.number.span.of(NOTICE) == "灯港公（治）发【2013】 第 12 号"
    assert value(found.issuer) == "灯港市公安局"
    assert value(found.issued) == "2013-04-09"
    assert value(found.kind) == "notice"
    assert [fact.value for fact in found.addressees] == ["各派出所", "市场大队", "港务大队"]
    assert [fact.value for fact in found.attachments] == ["路灯登记表", "补路登记表"]
    assert found.site is found.category is None


def test_an_english_circular() -> None:
    found = facts(CIRCULAR)
    assert value(found.title) == "Notice of the Harbour Bureau on mending the lamps of the wharf"
    assert (value(found.site), value(found.category)) == ("Lamp Paper", "Notices")
    assert value(found.number) == "Deng Gang Zi〔2013〕12号"
    assert value(found.issuer) == "Harbour Bureau"
    assert value(found.issued) == "2013-04-09"
    assert value(found.kind) == "notice"
    assert [fact.value for fact in found.addressees] == ["all stations", "the market brigade"]
    assert [fact.value for fact in found.attachments] == ["List of lamps", "List of holes"]


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("公通字[2013]12号", "公通字〔2013〕12号"),
        ("公通字（2013）第12号", "公通字〔2013〕12号"),
        ("公 通 字〔2013〕12号", None),
        ("灯办函〔2007〕 3 号", "灯办函〔2007〕3号"),
        ("灯港市公安局令第9号", "灯港市公安局令第9号"),
        ("（灯公发〔1999〕101号）", "灯公发〔1999〕101号"),
        ("按照灯公发〔1999〕101号文件的要求，修好路灯", None),
    ],
)
def test_chinese_numbers_are_normalised(typed: str, normal: str | None) -> None:
    text = f"关于修灯的通知\n{typed}\n\n{NOTICE[60:]}"
    assert value(facts(text).number) == normal


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("Deng Fa [2009] No. 41", "Deng Fa〔2009〕41号"),
        ("Deng Gong Zhi (2009) 41", "Deng Gong Zhi〔2009〕41号"),
        ("GENERAL ORDER 14-09", "GENERAL ORDER 14-09"),
        ("Special Order No. 7", "Special Order 7"),
    ],
)
def test_english_numbers_are_normalised(typed: str, normal: str) -> None:
    text = f"{typed}\nHOW LAMPS ARE KEPT\n\nThe lamps of the harbour are kept by the night watch and by nobody else.\n"
    found = facts(text)
    assert value(found.number) == normal
    assert value(found.title) == "HOW LAMPS ARE KEPT"


@pytest.mark.parametrize(
    ("signed", "issued"),
    [
        ("April 9, 2013", "2013-04-09"),
        ("9 April 2013", "2013-04-09"),
        ("9th of April, 2013", "2013-04-09"),
        ("Apr. 9, 2013", "2013-04-09"),
        ("April 2013", "2013-04"),
        ("2013-04-09", "2013-04-09"),
        ("2013.4.9", "2013-04-09"),
        ("2013年4月9日", "2013-04-09"),
        ("2013年4月", "2013-04"),
        ("二〇一三年四月九日", "2013-04-09"),
        ("二零一三年十二月三十一日", "2013-12-31"),
        ("2013年2月30日", None),
        ("February 31, 2013", None),
    ],
)
def test_dates_of_any_spelling_and_precision(signed: str, issued: str | None) -> None:
    text = f"How lamps are kept\n\n{'The lamps are kept well by the guards. ' * 20}\n\nHarbour Bureau\n{signed}\n"
    assert value(facts(text).issued) == issued


@pytest.mark.parametrize(
    ("text", "issued", "rule"),
    [
        ("看灯守则\n（2010年5月1日局务会议通过）\n\n第一条 灯要亮。\n", "2010-05-01", "below-title"),
        (
            "在看灯会上的讲话\n王灯\n（2010年5月）\n\n同志们，灯要亮，路要平，人要在岗，一个也不能少，天亮以前谁也不能走。\n",
            "2010-05",
            "below-title",
        ),
        ("How lamps are kept\nEffective: May 1, 2010\n\nThe lamps are lit at six.\n", "2010-05-01", "labelled-date"),
        (
            "看灯条例\n2010年5月1日灯港市人民代表大会常务委员会第九次会议通过并公布\n\n第一条 灯要亮。\n",
            *("2010-05-01", "below-title"),
        ),
        (
            "关于看灯的通知\n\n码头的灯要天天看，夜夜看，谁看谁签字，谁签字谁负责，不许代签，不许漏签。\n\n灯港局\n"
            "2010年5月1日\n\n附件1\n看灯办法\n一、办法自2010年6月1日起试行。\n二、试行期一年。\n2009年4月1日\n",
            *("2010-05-01", "signature"),
        ),
    ],
)
def test_dates_above_the_text(text: str, issued: str, rule: str) -> None:
    found = facts(text)
    assert found.issued and (found.issued.value, found.issued.rule) == (issued, rule)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Notice on lamps", "notice"),
        ("Work plan of the Harbour Bureau for the lamps of 2009", "plan"),
        ("Speech at the meeting on the notice about lamps", "speech"),
        ("Thoughts on how guards keep lamps", "essay"),
        ("Regulations on the keeping of lamps", "regulation"),
        ("Ten measures of the Harbour Bureau for brighter lamps", "measures"),
        ("Opinions on keeping lamps", "opinions"),
        ("An open letter to all who carry lamps", "letter"),
        ("Lamp Law of the Harbour", "law"),
        ("关于修灯的通知", "notice"),
        ("关于印发《看灯办法》的通知", "notice"),
        ("看灯工作方案", "plan"),
        ("在看灯工作会议上的讲话", "speech"),
        ("看灯条例", "regulation"),
        ("看灯办法（试行）", "measures"),
        ("灯港市看灯法", "law"),
        ("关于看灯的若干意见", "opinions"),
        ("致全体看灯人的一封信", "letter"),
        ("对看灯工作的几点思考", "essay"),
        ("看灯工作总结", "report"),
        ("关于看灯的决定", "decision"),
    ],
)
def test_kind_by_the_title(title: str, kind: str) -> None:
    body = TEXT if title[0] > "\u2e80" else BODY
    found = facts(f"{title}\n\n{body}")
    assert (value(found.title), value(found.kind)) == (title, kind)


BODY = "The lamps of the harbour are kept by the night watch. Nobody else may light them, and nobody did so far.\n"
TEXT = "码头的灯由守夜的人看管，别人不许点，也没有人点过。夜里有船来，先看灯，再看人，最后看缆绳。\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (BODY + BODY, None),
        ("and so the night went on.\n\n" + BODY, None),
        ("Comrades:\n\n" + BODY, None),
        ("Subject: Lamps of the outer mole\n\n" + BODY, "Lamps of the outer mole"),
        ("1. Aims\n" + BODY, None),
        (BODY.strip() * 6 + "\nSecond, we should trim the wicks.\n" + BODY, None),
        ("灯港市公安局关于\n修好码头路灯的通知\n\n" + TEXT, "灯港市公安局关于修好码头路灯的通知"),
        ("灯港市公安局令\n第3号\n现公布《看灯办法》，自公布之日起施行。\n局长　王灯\n看灯办法\n" + TEXT, "看灯办法"),
        ("下载\n打印\n看灯工作报告\n" + TEXT, "看灯工作报告"),
        ("灯港市公安局\n关于看灯几个问题\n的　通　知\n\n" + TEXT, "灯港市公安局关于看灯几个问题的通知"),
        (
            "灯港市公安局关于清理规范性文件\n和看灯办法的通知\n\n" + TEXT,
            "灯港市公安局关于清理规范性文件和看灯办法的通知",
        ),
        (TEXT * 2, None),
        ("# 看灯条例\n\n" + TEXT, "看灯条例"),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert value(facts(text).title) == title


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "关于修灯的通知",
                "〔2013〕",
                "12号",
                "附件：",
                "1.",
                "To all:",
                "April 9, 2013",
                "二〇一三年",
                "\n",
                "; ",
                "Notice of the ",
                "Bureau",
                "令",
            ]
        )
    ).map("".join)
    | st.text(max_size=200)
)
def test_any_text_gives_facts_that_stand_in_it(text: str) -> None:
    for language in ("en", "zh"):
        found = metadata(text, language, boilerplate(text, language))
        single = (found.title, found.site, found.category, found.number, found.issuer, found.issued, found.kind)
        for fact in (*single, *found.addressees, *found.attachments):
            if fact and fact.span:
                assert fact.span.end <= len(text)
                assert fact.value and 0 < fact.confidence <= 1

"""Sections: markers of every kind, series over mixed glyphs, and what is no marker."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.analysis.boilerplate import boilerplate
from archive.analysis.language import detect_language
from archive.analysis.numerals import number
from archive.analysis.outline import sections
from archive.spans import FoundSection, SectionKind


def read(text: str) -> tuple[FoundSection, ...]:
    language = detect_language(text)
    return sections(text, language, boilerplate(text, language))


def outline(text: str) -> list[tuple[int, str]]:
    return [(section.level, section.marker) for section in read(text)]


def tree(*lines: str) -> list[tuple[int, str]]:
    """("1.", "> (a)", "> (b)") → level and marker."""
    return [(line.count(">") + 1, line.lstrip("> ")) for line in lines]


ENGLISH = {
    "ordinals open paragraphs": (
        """Stations should pay attention to three things this spring.

First, keep the gate open. The guard sits inside. Visitors find him by the lamp.

Second, keep the ledger dry. It was wet last year. The names ran together.

Thirdly, keep the kettle warm. People talk longer over tea. They also come back.
""",
        tree("First,", "Second,", "Thirdly,"),
    ),
    "the second is, in one sentence": (
        "The brigade did three jobs in May: one is to mark the wells; two is to fence the pond; "
        "three is to read the rules aloud in the market. Nobody fell in.",
        tree("one is", "two is", "three is"),
    ),
    "one is … the other is": (
        "Two habits spoil a reception desk. One is looking at the clock. The other is looking at the shoes.",
        tree("One is", "The other is"),
    ),
    "four glyphs, one series": (
        """1. Aim
The wharf has to be safe by June, and the boats have to be known by name.

Second, scope
All ferries, barges and sampans are within the scope of the check.

III. Steps
(a) Count the boats. Every hull is counted. Twice.
(2) Paint the numbers. White paint on black. Black on white.
(three) Hand in the list. The list goes to the branch. A copy stays on board.

Four, discipline
Nobody on duty drinks.
""",
        tree("1.", "Second,", "III.", "> (a)", "> (2)", "> (three)", "Four,"),
    ),
    "a lost member": (
        """(1) Ring the bell. The bell is old.
(2) Wait for the answer. It may take long.
(4) Leave a card. The card has a telephone number.
(5) Come again on Sunday. Most people are at home.
""",
        tree("(1)", "(2)", "(4)", "(5)"),
    ),
    "starts in the middle": (
        """and so the lane fell quiet again.

Third, lend umbrellas. The station has forty. They come back wet and mostly whole.

Fourth, sweep the steps. Do it before seven. The broom stands behind the door.
""",
        tree("Third,", "Fourth,"),
    ),
    "the first member of the outer series is lost": (
        """The point is to be seen. First, walk the alley at dusk; second, greet the shopkeepers; third, write it down.
Second, we should mend the fence.
Nobody mended it for years. First, find the wire. Then cut it to length; the second is to borrow a hammer.
Three, we should paint the door.
Green was chosen.
""",
        tree("> First,", "> second,", "> third,", "Second,", "> First,", "> the second is", "Three,"),
    ),
    "orders with roman, letter, number": (
        """I. PURPOSE
This order sets out how keys are kept.

II. RULES
A. Key box
1. The desk sergeant shall lock the box at night.
a. The spare key is kept by the captain.
b. The captain shall not lend it.
2. The box shall be opened by two members.
B. Lost keys
1. Report the loss at once.
2. Change the lock within a day.
(a) The cost is borne by the station.
(b) The old lock is kept.

III. REVIEW
The order is read again each year.
""",
        tree(
            "I.",
            "II.",
            "> A.",
            ">> 1.",
            ">>> a.",
            ">>> b.",
            ">> 2.",
            "> B.",
            ">> 1.",
            ">> 2.",
            ">>> (a)",
            ">>> (b)",
            "III.",
        ),
    ),
    "letters that look roman": (
        """The guard shall note:
(a) the time;
(b) the gate;
(c) the name;
(d) the plate;
(e) the load;
(f) the driver;
(g) the weather;
(h) the dog, if any;
(i) the seal;
(j) the signature.
""",
        tree(*(f"({letter})" for letter in "abcdefghij")),
    ),
    "small roman below letters": (
        """(a) The watch has two parts:
(i) the evening part;
(ii) the morning part.
(b) The watch ends at eight.
""",
        tree("(a)", "> (i)", "> (ii)", "(b)"),
    ),
    "chapters and articles": (
        """Chapter I General
Article 1 These rules are made for the night market.
Article 2 The market has forty stalls.
Chapter II Duties
Article 3 Stall keepers shall:
(1) keep the aisle clear;
(2) put out the fire.
Article 4 The rules begin in May.
""",
        tree("Chapter I", "> Article 1", "> Article 2", "Chapter II", "> Article 3", ">> (1)", ">> (2)", "> Article 4"),
    ),
    "an article whose noun was lost": (
        """Article 8 The guard shall wear a badge.
Article 9 The badge shall be returned.
Tenth guards must be polite to strangers.
Eleventh guards shall not sleep on duty.
Article 12 These rules begin in May.
""",
        tree("Article 8", "Article 9", "Tenth", "Eleventh", "Article 12"),
    ),
    "labels": (
        """Measure 1: open the window. Fresh air helps. So does light.
Measure 2: answer the telephone. Three rings at most. Give your name.
Measure 3: see people out. To the gate. In the rain as well.
""",
        tree("Measure 1:", "Measure 2:", "Measure 3:"),
    ),
    "attachments are of the first level": (
        """1. Each station counts its lamps.
2. Each station mends its lamps.

Bureau of Lamps
May 3, 2011

Attachment 1 Form for counting
Notes: 1. Write clearly. 2. Sign below.
Attachment 2 Form for mending
Keep it dry.
""",
        tree("1.", "2.", "Attachment 1", "> 1.", "> 2.", "Attachment 2"),
    ),
    "decimal numbers": (
        """1 Scope
1.1 This manual is for the harbour post.
1.2 It is not for the airport.
2 Watch
2.1 Day
2.1.1 The day watch has four members.
2.1.2 It starts at eight.
2.2 Night
The night watch has six.
""",
        tree("1", "> 1.1", "> 1.2", "2", "> 2.1", ">> 2.1.1", ">> 2.1.2", "> 2.2"),
    ),
    "explicit headings": (
        """How the watch is kept

The harbour watch was set up after the flood of that year, and it has been kept by volunteers since then.

Who may join
Anyone who can swim may join the watch, and those who cannot may learn it at the pool on Saturdays, free of charge.

What to bring
Bring a torch, a whistle and a coat, because the wind on the mole is cold even in June and the lamp goes out.
""",
        [(1, ""), (1, "")],
    ),
    "two lists under one parent": (
        """1. Reception
The window shall be open in the following cases: (1) market days; (2) holidays. That was decided long ago.
It shall be closed in the following cases: (1) storms; (2) funerals.
2. Telephone
It rings in the guard room.
""",
        tree("1.", "> (1)", "> (2)", "> (1)", "> (2)", "2."),
    ),
}

CHINESE = {
    "四级": (
        """各所：
现将夜间巡查安排如下：
一、总体安排
（一）分片包干。
1.东片由一中队负责。
（1）每晚两次；
（2）雨天加一次。
2.西片由二中队负责。
（二）逐户登记。
二、有关要求
各中队要按时上报。
""",
        tree("一、", "> （一）", ">> 1.", ">>> （1）", ">>> （2）", ">> 2.", "> （二）", "二、"),
    ),
    "一是二是三是": (
        "所里这个月办了三件事。一是换了门口的灯；二是修了后院的墙；三是给值班室添了一张床。",
        tree("一是", "二是", "三是"),
    ),
    "首先其次最后": (
        "怎样把院子管好？首先，要有人开门。其次，要有人扫地。最后，要有人记账。",
        tree("首先，", "其次，", "最后，"),
    ),
    "其一其二": ("夜里巡逻有两难。其一，路黑；其二，狗多。", tree("其一，", "其二，")),
    "第一第二": (
        "值班要记住两条。第一，电话不能离人；第二，钥匙不能离身。",
        tree("第一，", "第二，"),
    ),
    "章条项": (
        """门卫守则
第一章 总则
第一条 为了看好大门，制定本守则。
第二条 门卫应当认识本院住户。
第二章 职责
第三条 门卫有下列职责：
（一）开门；
（二）关门。
第四条 违反第三条规定的，予以批评。
""",
        tree("第一章", "> 第一条", "> 第二条", "第二章", "> 第三条", ">> （一）", ">> （二）", "> 第四条"),
    ),
    "有的章有节": (
        """第一章 总则
第一条 本规定适用于码头。
第二章 船只
第一节 登记
第二条 船只应当登记。
第二节 停泊
第三条 船只应当停在泊位。
""",
        [(1, "第一章"), (3, "第一条"), (1, "第二章"), (2, "第一节"), (3, "第二条"), (2, "第二节"), (3, "第三条")],
    ),
    "连续编号": (
        """一、院内
（一）扫地。
（二）浇花。
二、院外
（三）清沟。
（四）点灯。
""",
        tree("一、", "> （一）", "> （二）", "二、", "> （三）", "> （四）"),
    ),
    "混用的序号": (
        """一、摸底
（一）查户。
2.查灯。
（三）查路。
2、整改
（一）换灯。
（二）补路。
三、回访
逐户上门。
""",
        tree("一、", "> （一）", "> 2.", "> （三）", "2、", "> （一）", "> （二）", "三、"),
    ),
    "圈号与附件": (
        """1.守门要做到：
①早开；
②晚关。
2.守夜要做到灯不灭。
附件1 值班表
附件2 钥匙登记表
""",
        tree("1.", "> ①", "> ②", "2.", "附件1", "附件2"),
    ),
    "措施与步骤": (
        "措施一：开门接访，每周三上午由所长坐班。\n措施二：送证上门，行动不便的打电话即可。\n措施三：夜间亮灯。\n",
        tree("措施一：", "措施二：", "措施三："),
    ),
}

NO_MARKERS = {
    "references": "Under Article 21 of the Rules the gate is closed. Article 22 of the Rules says why. See (3) and (4).",
    "figures": "The lamp costs 12. 5 yuan, the wire 3. 75. In 2011 there were 61. 3% more of them, and on May 3. 14 came.",
    "first of all alone": "First of all, let me thank the guards. They stood in the rain. Nobody asked them to.",
    "on the one hand": "On the one hand, the door is heavy. On the other hand, the guard is strong.",
    "adjectives": "The first line of defence is the lamp. The second half of the year was dark. At first, nobody came.",
    "quantities": "Three, four or five guards stood there. One is tempted to laugh. Two of them did.",
    "initials": "The letter was signed by J. Smith and A. B. Clarke at 8 a.m. in the U. S. office. I did not see it.",
    "telephone and times": "Telephone 010-6626 0417, room 3. 12 people share it from 9. 30 to 17.",
    "names of numbers": 'The "four environments" and the "three visits" are named in Form 7 and in Section 3.4.',
    "中文引用": "按照第二十一条规定处理；违反前款第（一）项、第（二）项的，从重处理。",
    "中文数量": "这里一、二年级的孩子有三、四十人，十一是假期，二是二，说一不二。",
    "中文一方面": "一方面，灯要亮；另一方面，人要在。统一是好事，唯一要紧的是人。",
    "中文小数": "上半年案件下降3.5%，支出1.2万元，6.5公里的路修了2.1公里。",
}


@pytest.mark.parametrize("name", ENGLISH)
def test_english_outlines(name: str) -> None:
    text, expected = ENGLISH[name]
    assert outline(text) == expected


@pytest.mark.parametrize("name", CHINESE)
def test_chinese_outlines(name: str) -> None:
    text, expected = CHINESE[name]
    assert outline(text) == expected


@pytest.mark.parametrize("name", NO_MARKERS)
def test_no_markers(name: str) -> None:
    assert outline(NO_MARKERS[name]) == []


def test_heading_ends_at_the_full_stop_the_line_or_the_next_marker() -> None:
    text = "1. Aims\nThe yard is swept.\n2. Sweep the yard daily. Use the broom.\n3. " + "very " * 60 + "long\n"
    found = [section.heading.of(text) for section in read(text)]
    assert found[:2] == ["Aims", "Sweep the yard daily"]
    assert len(found[2]) <= 200 and found[2].startswith("very very")


def test_a_wrapped_heading_goes_on_in_the_next_line() -> None:
    text = """(1) Learn to walk. Every guard of the lower harbour shall walk the whole of
the mole at least once in each watch and shall look into every boat that lies
along it. No guard may ride a bicycle on the mole, because the planks are old
and some of them are loose, as the accident of last autumn has shown everybody.

(2) Learn to look at the water and not at the lamps, which any child in the
harbour can see without help from a guard. The water tells more than the lamps,
and it tells it sooner to those who have learned how to look at it in the night.
"""
    first, second = read(text)
    assert first.heading.of(text) == "Learn to walk"
    assert " ".join(second.heading.of(text).split()).endswith("in the harbour can see without help from a guard")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Do it so: (1) early; (2) late; (3) twice. That is all.", "iii"),
        ("1. Sweep.\nThe yard is large. It takes an hour.\n2. Rest.\n", "hi"),
        ("1. Do it in this order:\n(1) sweep;\n(2) rest.\n2. Go home.\n", "hiii"),
        ("一是扫院。院子很大。扫完要一个小时。二是休息。", "hi"),
    ],
)
def test_kind_is_heading_where_two_sentences_or_members_hang_on_it(text: str, kinds: str) -> None:
    assert "".join("h" if section.kind is SectionKind.HEADING else "i" for section in read(text)) == kinds


def test_paths_are_unique_and_follow_the_levels() -> None:
    text, _ = CHINESE["四级"]
    found = [(section.path, section.level) for section in read(text)]
    assert [path for path, _ in found] == ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.2", "1.1.2", "1.2", "2"]
    assert all(path.count(".") == level - 1 for path, level in found)


def test_no_section_starts_inside_boilerplate() -> None:
    text = "Home > Notices > Text\n\n1. Sweep.\n2. Rest.\n\nCopied to: 1. Harbour office. 2. Market office.\n"
    assert outline(text) == [(1, "1."), (1, "2.")]


@pytest.mark.parametrize(
    ("sign", "value"),
    [
        *(("12", 12), ("XIV", 14), ("iv", 4), ("twelve", 12), ("twenty-third", 23), ("Twenty third", 23), ("十", 10)),
        *(("二十一", 21), ("一百零三", 103), ("二〇", 20), ("IIX", None), ("abc", None), ("", None)),
    ],
)
def test_numbers(sign: str, value: int | None) -> None:
    assert number(sign) == value


PIECES = [
    *(
        "1.",
        "(2)",
        "3)",
        "iv.",
        "(ii)",
        "A.",
        "(b)",
        "First,",
        "the second is",
        "Three,",
        "Finally,",
        "One is",
        "(two)",
    ),
    *("Article 4", "Chapter II", "Section 3", "Step one", "Attachment 1", "Fifth people", "1.2.3", "16,", "III."),
    *(
        "一、",
        "（二）",
        "第三条",
        "第一章",
        "一是",
        "其二，",
        "首先，",
        "最后，",
        "①",
        "1、",
        "附件2",
        "措施一：",
        "第二，",
    ),
    *(
        " ",
        "\n",
        "\n\n",
        ". ",
        "; ",
        "。",
        "；",
        "：",
        ": ",
        "\r\n",
        "\u3000",
        "\f",
        "“",
        '"',
        "# ",
        "to",
        "灯",
        "lamp",
        "7",
    ),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=120).map("".join) | st.text(max_size=200))
def test_any_soup_gives_nested_sections_in_order(text: str) -> None:
    found = read(text)
    check(text, found)


def check(text: str, found: tuple[FoundSection, ...]) -> None:
    starts = [section.span.start for section in found]
    assert starts == sorted(set(starts))
    assert len({section.path for section in found}) == len(found)
    for i, section in enumerate(found):
        assert 0 <= section.span.start < section.span.end <= len(text)
        assert section.span.contains(section.own) and section.span.contains(section.heading)
        assert text.startswith(section.marker, section.span.start)
        assert section.own.end == (starts[i + 1] if i + 1 < len(found) else len(text))
        below = [other for other in found[i + 1 :] if other.span.start < section.span.end]
        assert all(other.level > section.level and section.span.contains(other.span) for other in below)
        assert 0 <= section.confidence <= 1

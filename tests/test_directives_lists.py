"""Directives of lists: what a member means comes from the heading or the lead-in that it hangs on."""

from __future__ import annotations

import pytest

from archive.analysis.pipeline import analyse


def read(text: str) -> list[tuple[str, str, str]]:
    return [(each.modality.value[:4], each.actor, each.span.of(text)) for each in analyse(text).directives]


PLAN = """Implementation plan for the "quiet harbour" action

I. Main tasks
1. Count the boats. Harbour police shall visit each pier before the end of May. Do not rely on last year's list.
2. The traffic brigade keeps one officer at the fish market. In 2019 there were three collisions.
3. Visitors may park behind the hall.

II. Existing problems
1. Boats are counted from the office. Some pier heads think that the police should count them.
2. Ignore the small quarrels and they grow.

III. Steps
(1) Preparation stage (May).
(2) Inspection stage (June to July). The supervision team is to draw ten piers by lot.
"""

ORDER = """ELLERY POLICE DEPARTMENT
SPECIAL ORDER 9

I. DEFINITIONS
A. Night desk: the desk between 2200 and 0600 hours.

II. PROCEDURES
A. Night clerks
1. Record every caller.
2. Night clerks shall not:
a. sleep at the desk;
b. lend the keys.
3. The clerk shall wake the sergeant in any of the following cases:
a. a child is missing;
b. a shot was fired.

B. Sergeants
1. Sergeants will sign the book at dawn.
2. A sergeant may close the desk during a storm.
"""

NOTICE = """关于开展“清河护岸”行动的通知

各派出所，机关各部门：

今年以来，河岸纠纷有所上升。现将有关事项通知如下：

一、主要任务
（一）摸清底数。水上派出所要逐船登记，不得漏登。
（二）巡特警大队每晚巡河两次。
（三）对困难船民，可以缓交费用。

二、存在问题
一是底数不清；二是巡查不勤。

三、工作要求
（一）加强领导。
（二）民警不得有下列行为：
1.收受渔获；
2.酒后登船。
（三）有下列情形之一的，应当立即上报：
1.船只失联的；
2.发生群殴的。
"""


def test_a_plan_in_english() -> None:
    assert read(PLAN) == [
        ("obli", "", "Count the boats."),
        ("obli", "Harbour police", "Harbour police shall visit each pier before the end of May."),
        ("proh", "Harbour police", "Do not rely on last year's list."),
        ("obli", "The traffic brigade", "The traffic brigade keeps one officer at the fish market."),
        ("obli", "The supervision team", "The supervision team is to draw ten piers by lot."),
    ]


def test_a_police_order() -> None:
    assert read(ORDER) == [
        ("obli", "Night clerks", "Record every caller."),
        ("proh", "Night clerks", "Night clerks shall not:"),
        ("proh", "Night clerks", "sleep at the desk;"),
        ("proh", "Night clerks", "lend the keys."),
        ("obli", "The clerk", "The clerk shall wake the sergeant in any of the following cases:"),
        ("obli", "Sergeants", "Sergeants will sign the book at dawn."),
    ]


def test_a_notice_in_chinese() -> None:
    assert read(NOTICE) == [
        ("obli", "", "摸清底数。"),
        ("obli", "水上派出所", "水上派出所要逐船登记，不得漏登。"),
        ("obli", "巡特警大队", "巡特警大队每晚巡河两次。"),
        ("obli", "", "加强领导。"),
        ("proh", "民警", "民警不得有下列行为："),
        ("proh", "民警", "收受渔获；"),
        ("proh", "民警", "酒后登船。"),
        ("obli", "", "有下列情形之一的，应当立即上报："),
    ]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "Village wardens should keep to the following three rules. The first is to rise early. The second is to "
            "write everything down. The third is to lock the gate.",
            ["Village wardens"] * 4,
        ),
        (
            "There are three reasons. The first is to save money on lamps. The second is that the road was dark. "
            "The third is a lack of wardens.",
            [],
        ),
    ],
)
def test_items_inherit_from_their_lead(text: str, actors: list[str]) -> None:
    assert [actor for _, actor, _ in read(text)] == actors


def test_the_members_of_a_list_of_measures_direct_in_any_form() -> None:
    text = """Six measures of Elm County for the convenience of boatmen

1. Police posts open at five on market days.
2. Abolition of the second stamp on mooring papers.
3. Sending a message before a licence expires.
4. Boatmen may pay by telephone.
"""
    assert [quote for _, _, quote in read(text)] == [
        "Police posts open at five on market days.",
        "Abolition of the second stamp on mooring papers.",
        "Sending a message before a licence expires.",
    ]


def test_a_letter_addresses_those_whom_it_greets() -> None:
    text = """致全县船民朋友的一封信

船民朋友们：

汛期到了，为了您的安全，提示如下：

一、不要夜间行船。
二、请您把缆绳系牢。
"""
    assert [(modality, actor) for modality, actor, _ in read(text)] == [("proh", "船民朋友们"), ("obli", "船民朋友们")]


def test_articles_state_where_notices_order() -> None:
    text = """河道管理规定

第一条 为加强河道管理，制定本规定。

第二条 县水务部门负责河道管理工作。

第三条 船主应当系牢缆绳。

第四条 构成犯罪的，依法追究刑事责任。

第五条 本规定自公布之日起施行。
"""
    assert [quote for _, _, quote in read(text)] == ["船主应当系牢缆绳。"]

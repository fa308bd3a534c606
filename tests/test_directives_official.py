"""Directives and named programmes in official prose: reports on past and coming work, replies, codes of law."""

from __future__ import annotations

import pytest

from archive.analysis.formulations import formulations
from archive.analysis.pipeline import analyse
from archive.spans import Metadata


def read(text: str) -> list[tuple[str, str, str]]:
    return [(each.modality.value[:4], each.actor, each.span.of(text)) for each in analyse(text).directives]


REPORT = """柳湾市政府工作报告

各位代表：

现在，我代表市人民政府向大会报告工作，请各位政协委员提出意见。

一、过去一年工作回顾
（一）着力保障民生重点任务。新增托位三百个。老城区居民用水价格下降5%。
（二）整治河道。清理河道四十公里。

二、今年工作安排
（一）增进百姓福祉。实施河岸人家安居工程，完成两所学校改造。鼓励居民参与管水护水。加快建设三座公园。
（二）加强自身建设。各位代表，我们要始终坚守清廉本色。要少开会、开短会。地方各级河长要带头巡河。
"""

REPLY = """柳湾市公安局对第12号提案的答复

沈禾委员：

您提出的关于夜市治安的提案收悉，经研究，答复如下：

为做好这项工作，我们采取了以下几方面的措施：
一、加强夜市巡逻。市局已会同城管部门设立三个值守点。
二、规范摊位管理。夜市管理办正在起草守则，力争年内印发。我们将会同有关部门继续增设照明。
三、畅通消防通道。将由消防救援大队牵头，抓紧清理占道摊位。
"""

CODE = """§ 9-101. Return of property.

(a) The OPR shall return the property within 5 days.

(b) The Chief may:

(1) Keep the property for one more day; or

(2) Ask the owner for a receipt.

(c) The CCTV shall be installed at the gate. Any person who hides the property shall be fined $50.

(d) Subject to the consent of the owner, photographs shall be kept for a year.

For the date of repeal of this section, see the historical notes below.
"""


def test_a_report_directs_only_in_what_lies_ahead() -> None:
    # the sentence before the first heading asks its hearers for their opinion
    assert [quote for _, _, quote in read(REPORT)][1:] == [
        "增进百姓福祉。",
        "实施河岸人家安居工程，完成两所学校改造。",
        "鼓励居民参与管水护水。",
        "加快建设三座公园。",
        "加强自身建设。",
        "各位代表，我们要始终坚守清廉本色。",
        "要少开会、开短会。",
        "地方各级河长要带头巡河。",
    ]


def test_neither_an_assembly_nor_the_encouraged_are_addressed_further() -> None:
    actors = {quote: actor for _, actor, quote in read(REPORT)}
    assert actors["鼓励居民参与管水护水。"] == "居民"
    assert actors["加快建设三座公园。"] == ""
    assert actors["各位代表，我们要始终坚守清廉本色。"] == ""
    assert actors["要少开会、开短会。"] == ""
    assert actors["地方各级河长要带头巡河。"] == "地方各级河长"


def test_a_reply_tells_what_was_done_and_promises() -> None:
    assert read(REPLY) == [
        ("obli", "", "我们将会同有关部门继续增设照明。"),
        ("obli", "消防救援大队", "将由消防救援大队牵头，抓紧清理占道摊位。"),
    ]


def test_a_code() -> None:
    assert read(CODE) == [
        ("obli", "The OPR", "The OPR shall return the property within 5 days."),
        ("obli", "", "The CCTV shall be installed at the gate."),
        ("obli", "", "Subject to the consent of the owner, photographs shall be kept for a year."),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深入实施渔村夜校提质增效行动，加强培训。", ["渔村夜校提质增效行动"]),
        ("今年启动船员素质提升工程。", ["船员素质提升工程"]),
        ("各所统一开展集中行动。施工单位实施排水工程。", []),
        ("着力降能耗、增绿量、优岸线，建设家园。", ["降能耗、增绿量、优岸线"]),
        ("船票的优惠对象、优惠幅度由船主确定。", []),
        ("推进平安柳湾建设，打造美丽河湖。", ["平安柳湾", "美丽河湖"]),
    ],
)
def test_named_actions_and_short_members(text: str, expected: list[str]) -> None:
    assert [each.span.of(text) for each in formulations(text, "zh", (), Metadata())] == expected

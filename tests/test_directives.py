"""Directives of single sentences: whether a sentence directs, how it binds, and whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.analysis.directives import directives
from archive.analysis.pipeline import analyse
from archive.spans import FoundDirective, Metadata


def read(text: str, language: str) -> tuple[FoundDirective, ...]:
    return directives(text, language, (), (), Metadata())


# sentence, modality, actor; None where it directs nobody
ENGLISH = [
    ("Every patrol car must carry a first-aid kit.", "obligation", "Every patrol car"),
    ("Officers on foot patrol shall greet shopkeepers by name.", "obligation", "Officers on foot patrol"),
    ("The duty sergeant is responsible for the key cabinet.", None, None),
    ("It is important to understand why residents complain.", None, None),
    ("It is essential to win the trust of the masses before the harvest.", "obligation", ""),
    ("All brigades are strictly prohibited from borrowing vehicles from enterprises.", "prohibition", "All brigades"),
    ("Do not photograph callers without their consent.", "prohibition", ""),
    ("Don't let the telephone ring more than three times.", "prohibition", ""),
    ("Never promise what the station cannot deliver.", "prohibition", ""),
    ("Under no circumstances may a juvenile be left alone in the interview room.", "prohibition", ""),
    ("Members may request a transfer after three years.", None, None),
    ("The regulation shall take effect on the first of May.", None, None),
    ("The bureau has decided to hold a meeting in March.", None, None),
    ("Why should a farmer walk twenty miles for one stamp?", None, None),
    ("He must have forgotten the way to the station.", None, None),
    ("The lamp should have been repaired long ago.", None, None),
    ('A shopkeeper said, "You must come earlier next time."', None, None),
    ("Some comrades think that visits should be left to the auxiliaries.", None, None),
    ("I will guard this street with my life.", None, None),
    ("We solemnly swear to serve the people.", None, None),
    ("Only by going deep among the masses can we hear the truth.", None, None),
    ("Strengthening night patrols is of great significance to public order.", None, None),
    ("In 2015 the brigade was required to send a report every week.", None, None),
    ("Leaders at all levels should take the lead in answering the hotline.", "recommendation", "Leaders at all levels"),
    ("Village police are encouraged to learn the local dialect.", "recommendation", "Village police"),
    ("It is hoped that retired officers will pass on their experience.", "recommendation", "retired officers"),
    ("Efforts must be made to shorten the queue.", "obligation", ""),
    ("Comrades, remember the names of the old people in your street.", "obligation", "Comrades"),
    ("Please hand in the forms before Friday.", "obligation", ""),
    ("We will set up a complaint box at every gate.", "obligation", ""),
    ("If the door is locked, leave a card and come back in the evening.", "obligation", ""),
    ("When a child is found alone, the finder should inform the nearest station.", "recommendation", "the finder"),
    ("Complaints are to be answered by the section chief within ten days.", "obligation", "the section chief"),
    ("The visit log needs to be signed by both officers.", "obligation", "both officers"),
    ("No fee may be charged for a temporary permit.", "prohibition", ""),
    ("Resolutely prevent collective drinking during duty hours.", "obligation", ""),
    ("Resolutely put an end to perfunctory visits.", "prohibition", ""),
    ("We must never forget where our strength comes from.", "prohibition", ""),
    ("The police must be strict with themselves and kind to the people.", "obligation", "The police"),
    ("The aim of the campaign is to bring the police closer to the people.", None, None),
    ("These are problems that must be solved in the second half of the year.", None, None),
    ("This is a question which every leader should think about.", None, None),
    (
        "The circular stressed that public security organs must check every dormitory.",
        "obligation",
        "public security organs",
    ),
    ("The meeting called on all police to learn from him.", "obligation", "all police"),
    ("The Ministry requires that each province report its figures by the tenth.", "obligation", "each province"),
    ("The masses will be satisfied and the streets will be safe.", None, None),
    ("According to the new rules, drivers under twenty shall display a plate.", "obligation", "drivers under twenty"),
    (
        "Police stations, traffic brigades and patrol teams shall share their duty rosters.",
        "obligation",
        "Police stations, traffic brigades and patrol teams",
    ),
    ("Firmly establish the idea that small matters of the people are big matters.", "obligation", ""),
    ("Focus on key places such as stations, docks and wholesale markets.", "obligation", ""),
    ("Work hard to improve the clearance rate of petty theft.", "obligation", ""),
    ("Work in the mountains has always been hard.", None, None),
    ("Report cards were sent to the families.", None, None),
    ("Visits to schools have become a tradition.", None, None),
    ("Care for the widows and orphans of the district.", "obligation", ""),
    ("Each detachment will assign two officers to the project.", None, None),
    ("Station chiefs had better read the letters themselves.", "recommendation", "Station chiefs"),
    ("The secretary ought to sign first.", "recommendation", "The secretary"),
    ("It is forbidden to demand dinners from enterprises.", "prohibition", ""),
    ("It is not permitted for window staff to leave during opening hours.", "prohibition", "window staff"),
    ("Windows shall be opened at eight, and no visitor shall wait more than ten minutes.", "obligation", ""),
    ("They are expected to arrive within fifteen minutes.", None, None),
    ("The applicant has the right to be heard.", None, None),
    ("'Police' in this order means sworn officers.", None, None),
    ("Whoever finds lost property must hand it in.", "obligation", "Whoever finds lost property"),
    (
        "The commander of the reserve unit must, upon receipt of the order, confirm it by radio.",
        "obligation",
        "The commander of the reserve unit",
    ),
    ("As community officers, we should knock before we enter.", "recommendation", "community officers"),
    ("You can't treat complaints as noise.", "prohibition", ""),
    ("We can only do this together.", None, None),
    ("Therefore, do a good job in fire prevention and let the people feel at ease.", "obligation", ""),
    (
        "The public security bureau shall not accept cases by telephone only; it shall visit the scene.",
        "prohibition",
        "The public security bureau",
    ),
    ("In handling disputes, avoid harsh words.", "prohibition", ""),
    ("Strive to ensure that no letter is left unanswered.", "obligation", ""),
    ("Try to remember faces.", "recommendation", ""),
    ("There must be no dead corners in the inspection.", "prohibition", ""),
    ("The case must not be closed until the victim has been informed.", "prohibition", ""),
    ("The victim must be informed before the case is closed.", "obligation", ""),
    ("Not only must the report be accurate, but it must also be prompt.", "obligation", ""),
    ("It can be seen that mass work needs patience.", None, None),
    ("The notice was posted in every lift and on every door.", None, None),
    ("Grassroots units are required to make public the results of handling.", "obligation", "Grassroots units"),
    ("Each officer is to visit ten households a week.", "obligation", "Each officer"),
    ("The key is to win hearts.", None, None),
    ("What we lack is not police but patience.", None, None),
    ("Make every effort to solve outstanding cases.", "obligation", ""),
    ("Give full play to the role of village elders.", "obligation", ""),
    ("Put people first and serve them wholeheartedly.", "obligation", ""),
    ("Take effective measures to prevent stampedes.", "obligation", ""),
    ("Where a resident cannot come, the window shall go to him.", "obligation", "the window"),
    ("Members who receive gifts shall hand them in within 24 hours.", "obligation", "Members"),
    ("Anyone who conceals a report will be held responsible.", None, None),
    ("Violators shall be dealt with according to the discipline regulations.", "obligation", "Violators"),
    ("Nothing in this order limits the discretion of the Chief.", None, None),
    ("This manual should be read together with Order 12.", "recommendation", ""),
]
CHINESE = [
    ("各地要切实加强值班备勤。", "obligation", "各地"),
    ("民警不得接受管理服务对象宴请。", "prohibition", "民警"),
    ("严禁酒后驾车。", "prohibition", ""),
    ("任何人不准私自查询公民信息。", "prohibition", "任何人"),
    ("群众可以拨打举报电话。", None, None),
    ("公安机关有权查验居民身份证。", None, None),
    ("本办法自发布之日起施行。", None, None),
    ("本办法所称网格员，是指从事网格服务管理的人员。", None, None),
    ("为什么群众有事不愿找我们？", None, None),
    ("有的民警认为走访就是填表。", None, None),
    ("去年，全局共走访群众三万余户，化解矛盾四百余起。", None, None),
    ("加强社区警务工作对于维护稳定具有重要意义。", None, None),
    ("我宣誓：必须忠于职守。", None, None),
    ("这件事早该解决了。", None, None),
    ("请各支队于本周五前报送总结。", "obligation", "各支队"),
    ("鼓励民警利用业余时间学习心理学。", "recommendation", "民警"),
    ("提倡错峰走访。", "recommendation", ""),
    ("窗口单位应当公开办事流程。", "obligation", "窗口单位"),
    ("对群众反映的问题，派出所必须在三日内答复。", "obligation", "派出所"),
    ("务必做到件件有回音。", "obligation", ""),
    ("力争年底前实现全覆盖。", "obligation", ""),
    ("坚决杜绝推诿扯皮。", "prohibition", ""),
    ("决不允许对群众冷硬横推。", "prohibition", ""),
    ("要牢固树立宗旨意识。", "obligation", ""),
    ("不要把群众拒之门外。", "prohibition", ""),
    ("各级领导干部要带头下访，不能高高在上。", "obligation", "各级领导干部"),
    ("主要任务是摸清底数。", None, None),
    ("群众需要的是实实在在的帮助。", None, None),
    ("只有深入群众，才能赢得群众。", None, None),
    ("同志们，大家要振奋精神。", "obligation", "同志们"),
    ("刑侦大队应会同派出所开展集中清查。", "obligation", "刑侦大队"),
    ("原则上每村配备一名辅警。", "recommendation", ""),
    ("有条件的地方可以设立流动警务车。", None, None),
    ("驾驶人应当随身携带驾驶证。", "obligation", "驾驶人"),
    ("公安机关接到报警后，应当立即派员赶赴现场。", "obligation", "公安机关"),
    ("违反本规定的，依法追究责任。", None, None),
    ("未经批准，任何单位不得擅自发布警情信息。", "prohibition", "任何单位"),
    ("我们要把群众当亲人。", "obligation", ""),
    ("这是我们必须回答的问题。", None, None),
    ("应当回避的人员名单由政工部门保管。", None, None),
    ("要是下雨，活动就改期。", None, None),
    ("不得不承认，我们的工作还有差距。", None, None),
    ("各派出所所长是第一责任人，要亲自抓、负总责。", "obligation", "各派出所所长"),
    ("建议增设夜间窗口。", "recommendation", ""),
    ("县局成立了专项行动领导小组。", None, None),
    ("值班民警要热情接待来访群众，做到有问必答；严禁冷漠对待群众。", "obligation", "值班民警"),
    ("联系人：张三，电话：12345678。", None, None),
    ("会议强调，各级公安机关要坚持人民至上。", "obligation", "各级公安机关"),
]


def check(text: str, language: str, modality: str | None, actor: str | None) -> None:
    found = read(text, language)
    if modality is None:
        assert found == ()
        return
    assert [(each.modality.value, each.actor) for each in found][:1] == [(modality, actor)]
    assert 0 < found[0].confidence <= 1
    assert found[0].rule


@pytest.mark.parametrize(("text", "modality", "actor"), ENGLISH)
def test_english(text: str, modality: str | None, actor: str | None) -> None:
    check(text, "en", modality, actor)


@pytest.mark.parametrize(("text", "modality", "actor"), CHINESE)
def test_chinese(text: str, modality: str | None, actor: str | None) -> None:
    check(text, "zh", modality, actor)


def test_clauses_that_each_direct_are_directives_of_their_own() -> None:
    text = "Desk clerks shall note the hour; the sergeant shall sign; the lamp is green."
    assert [each.span.of(text) for each in read(text, "en")] == [
        "Desk clerks shall note the hour;",
        "the sergeant shall sign;",
    ]
    text = "派出所要逐户登记；刑侦大队要跟进核查。"
    assert [each.actor for each in read(text, "zh")] == ["派出所", "刑侦大队"]


@pytest.mark.parametrize(
    ("text", "language", "actors"),
    [
        (
            "Boats are few. Ferry wardens must count them. It is necessary to write the number down.",
            "en",
            ["Ferry wardens", "Ferry wardens"],
        ),
        ("Ferry wardens must count the boats.\n\nIt is necessary to paint the pier.", "en", ["Ferry wardens", ""]),
        ("Ferry wardens know every boat. They must count them at dusk.", "en", ["Ferry wardens"]),
        ("Ferry wardens must be polite. The nets must be dry before dawn.", "en", ["Ferry wardens", ""]),
        ("渡口管理员要清点船只。必须如实登记。", "zh", ["渡口管理员", "渡口管理员"]),
        ("渡口管理员要清点船只。\n\n要加强宣传。", "zh", ["渡口管理员", ""]),
    ],
)
def test_an_addressee_holds_until_the_end_of_its_paragraph(text: str, language: str, actors: list[str]) -> None:
    assert [each.actor for each in read(text, language)] == actors


def test_the_actor_is_written_as_in_the_text_and_has_a_key() -> None:
    text = "市、县（市、区）\u516c安局应当公布电话。"
    (found,) = read(text, "zh")
    assert found.actor == "市、县（市、区）公安局"
    assert found.actor_key == "public-security-organs"


WORDS = [
    "must",
    "shall not",
    "the police",
    "to",
    ".",
    ";",
    ",",
    "if",
    "\n",
    "1.",
    "first",
    '"',
    "should",
    "(",
    "by",
    "no",
    "may",
]
SIGNS = [
    "要",
    "不得",
    "民警",
    "的",
    "，",
    "。",
    "；",
    "：",
    "一、",
    "（一）",
    "下列",
    "请",
    "\n",
    "“",
    "”",
    "加强",
    "可以",
    "由",
    "等部门",
]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.lists(st.sampled_from(SIGNS), max_size=60))
def test_any_text_gives_spans_in_order(english: list[str], chinese: list[str]) -> None:
    for text in (" ".join(english), "".join(chinese)):
        end = 0
        for found in analyse(text).directives:
            assert end <= found.span.start < found.span.end <= len(text)
            assert found.span == found.span.strip(text)
            end = found.span.end


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "zh"]))
def test_never_an_exception(text: str, language: str) -> None:
    for found in read(text, language):
        assert 0 <= found.span.start < found.span.end <= len(text)

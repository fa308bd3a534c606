"""Fixed phrases: the lexicon, the judgement of quotations, repeats, what is left out, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.analysis.formulations import formulations, vocabulary
from archive.analysis.formulations_quotes import LONGEST, quotations
from archive.spans import Boilerplate, FoundFormulation, Metadata, Span

LANGUAGES = st.sampled_from(["en", "zh"])
PIECES = st.sampled_from(
    ['"', "“", "”", "‘", "’", "'", "「", "」", "《", "》", "\n\n", "the mass line", "活动", "开展", "said"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)


def found(text: str, language: str = "en") -> list[FoundFormulation]:
    return list(formulations(text, language, (), Metadata()))


def quotes(text: str, language: str = "en") -> list[str]:
    return [each.span.of(text) for each in found(text, language)]


def test_the_lexicon_is_rich_and_each_form_belongs_to_one_phrase() -> None:
    assert len(vocabulary()) >= 300
    for language in ("en", "zh"):
        forms = [form.lower() for entry in vocabulary() for form in entry.forms(language)]
        assert len(forms) == len(set(forms))
    for entry in vocabulary():
        assert entry.text_en and entry.text_zh
        assert entry.kind in {"slogan", "campaign", "system", "set-phrase", "programme"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We hold to the mass line in all we do.", ["the mass line"]),
        ("The Party's mass line is our root.", ["Party's mass line"]),
        ("Officers are serving the people day and night.", ["serving the people"]),
        ("Enforcing the law for the people is no slogan.", ["Enforcing the law for the people"]),
        ("Relying on mass prevention and mass governance, the town is calm.", ["mass prevention and mass governance"]),
        ("Study the Maple Bridge experience.", ["Maple Bridge experience"]),
        ("Let's speak of mass work and of service.", []),
        ("Be building a peaceful Qinghe together.", ["peaceful Qinghe"]),
    ],
)
def test_set_phrases_in_english(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("坚持以人民为中心，走好新时代党的群众路线。", ["以人民为中心", "新时代党的群众路线"]),
        ("依靠群防群治，做到矛盾不上交。", ["群防群治", "矛盾不上交"]),
        ("增强“四个意识”，做到“两个维护”。", ["四个意识", "两个维护"]),
        ("要做好群众工作。", []),
        ("这是平安青河建设的一部分。", ["平安青河"]),
        ("根据《关于加强社会治安综合治理的决定》办理。", []),
    ],
)
def test_set_phrases_in_chinese(text: str, expected: list[str]) -> None:
    assert quotes(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ('Launch the "lanterns on the lane" campaign before winter.', "lanterns on the lane"),
        ('Stations shall set up a "listening bench" at every market.', "listening bench"),
        ('Make "one lane, one keeper" come true.', "one lane, one keeper"),
        ('We must put an end to the "three delays" in reception.', "three delays"),
        ("Join the ‘warm stove’ activity.", "warm stove"),
        ("The 'open stove' project goes on.", "open stove"),
        ('"Light in every lane" is the slogan of the year.', "Light in every lane"),
        ('The "Blue Thermos" program is extended.', "Blue Thermos"),
        ('The "beacon-on-the-hill" post keeps watch.', "beacon-on-the-hill"),
        ('Carry out the "ask, listen and answer" method.', "ask, listen and answer"),
    ],
)
def test_a_named_or_slogan_like_quotation_counts(text: str, phrase: str) -> None:
    assert quotes(text) == [phrase]


@pytest.mark.parametrize(
    "text",
    [
        'An old man said, "the lamp has been out for a year."',
        'The tenant told us that "nobody ever came up these stairs".',
        '"You are late again", the grandmother complained.',
        'As the saying goes, "a far relative is worth less than a near neighbour".',
        'Beware of the so-called "friends of the family".',
        'Work hard on the word "warm".',
        'Bring a certificate of "no fixed income".',
        'Dial "110" in an emergency.',
        '"Resident" means a person who lives in the compound.',
        'The Safety Committee ("the Committee") meets in May.',
        'Read the "Regulations on Residence Permits" first.',
        '"Who will open the gate tonight?"',
    ],
)
def test_speech_sayings_labels_and_titles_do_not_count(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("全区开展“灯下敲门”专项行动。", "灯下敲门"),
        ("推行“一巷一长”制度。", "一巷一长"),
        ("每月开一次“槐树下议事会”。", "槐树下议事会"),
        ("要牢记“三问三答”。", "三问三答"),
        ("以“门不闭户、路不拾遗”为目标。", "门不闭户、路不拾遗"),
        ("录入「一巷一码」平台。", "一巷一码"),
        ("弘扬“老槐树”精神。", "老槐树"),
    ],
)
def test_a_named_quotation_counts_in_chinese(text: str, phrase: str) -> None:
    assert quotes(text, "zh") == [phrase]


@pytest.mark.parametrize(
    "text",
    [
        "有位老人说：“灯坏了一年，谁来修？”",
        "群众直言“民警总是来得太晚了”。",
        "俗话说，“远亲不如近邻”。",
        "警惕所谓“内部消息”。",
        "要在“暖”字上下功夫。",
        "防止把走访当成“作秀”。",
        "拨打“110”求助。",
        "本规定所称“楼长”，是指居民推选的人。",
        "本市公安局（以下简称“市局”）负责。",
        "将第三条中的“十日”修改为“五日”。",
        "“为什么没有人来敲门？”",
    ],
)
def test_speech_sayings_and_labels_do_not_count_in_chinese(text: str) -> None:
    assert quotes(text, "zh") == []


def test_a_phrase_quoted_once_is_found_unquoted_too() -> None:
    text = 'Hold a "stove-side hour" each week. Two stove-side hours were held; a stove is not enough.'
    assert quotes(text) == ["stove-side hour", "stove-side hours"]
    assert [each.rule for each in found(text)] == ["quoted-naming-word", "quoted-elsewhere"]


def test_members_of_a_name_are_found_alone() -> None:
    text = "开展“敲门送灯、夜巡护巷”行动。\n扎实做好敲门送灯。夜巡护巷要持续。"
    assert quotes(text, "zh") == ["敲门送灯、夜巡护巷", "敲门送灯", "夜巡护巷"]


def test_neighbours_of_an_accepted_quotation_share_its_standing() -> None:
    text = "实施“巷口灯”、“老槐树”工程。"
    assert quotes(text, "zh") == ["巷口灯", "老槐树"]


def test_set_phrases_inside_speech_do_not_count() -> None:
    text = 'The old man said, "I know that you serve the people, so fix my lamp."'
    assert quotes(text) == []


def test_nothing_is_marked_in_boilerplate_but_it_is_heeded() -> None:
    text = 'The "open lane" campaign\nGo on with the open lane as before.'
    noise = Boilerplate(Span(0, text.index("\n")), "title", "test", 1.0)
    marked = formulations(text, "en", (noise,), Metadata())
    assert [each.span.of(text) for each in marked] == ["open lane"]
    assert marked[0].span.start > noise.span.end


def test_the_longest_match_wins_and_keeps_its_key() -> None:
    text = 'The "mass line education and practice activities" go on; the mass line does not end.'
    marked = found(text)
    assert [each.span.of(text) for each in marked] == ["mass line education and practice activities", "the mass line"]
    assert [each.key for each in marked] == ["mass-line-education", "mass-line"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He "came" and "went".', ["came", "went"]),
        ("“外面‘里面’外面”", ["外面‘里面’外面", "里面"]),
        ("police officers' homes and the people's trust", []),
        ('one "two\n\nthree" four', []),
        ('"' + "x" * (LONGEST + 1) + '"', []),
        ("「一巷一长」『两巷』", ["一巷一长", "两巷"]),
        ('unclosed "quotation', []),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    assert [quotation.span.of(text) for quotation in quotations(text)] == inside


@given(TEXTS, LANGUAGES)
def test_any_text(text: str, language: str) -> None:
    reached = 0
    for each in found(text, language):
        assert reached <= each.span.start < each.span.end <= len(text)
        assert each.rule and 0 < each.confidence <= 1
        reached = each.span.end


@given(TEXTS, st.data())
def test_boilerplate_is_never_touched(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    noise = Boilerplate(Span(*sorted((data.draw(place), data.draw(place)))), "x", "test", 1.0)
    for each in formulations(text, "zh", (noise,), Metadata()):
        assert not each.span.overlaps(noise.span)


@given(TEXTS)
def test_quotations_lie_between_their_marks(text: str) -> None:
    for quotation in quotations(text):
        assert quotation.outer.start < quotation.span.start <= quotation.span.end < quotation.outer.end
        assert quotation.span.of(text).strip()

"""Themes of directives and documents: cues with their spans, headings, repeats, and any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.analysis.lexicon import load
from archive.analysis.phrases import finder, same_form, words
from archive.analysis.theme_cues import cue_hits
from archive.analysis.themes import directive_themes, document_themes, score_themes, vocabulary
from archive.spans import (
    Boilerplate,
    Fact,
    FoundDirective,
    FoundSection,
    Metadata,
    Modality,
    SectionKind,
    Span,
)

KEYS = {entry.key for entry in vocabulary()}
LANGUAGES = st.sampled_from(["en", "zh"])
PIECES = st.sampled_from(
    [
        "visit every home",
        "群众路线",
        "“大走访”",
        "调解",
        "\n",
        ". ",
        "。",
        "petitioners",
        "'s",
        '"',
        "the ",
        "执法",
        " ",
        "é",
        "\x00",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join)


def whole(text: str) -> Span:
    return Span(0, len(text))


def section(text: str, heading: str, level: int = 1) -> FoundSection:
    start = text.index(heading)
    span = Span(start, len(text))
    words_of_heading = Span(start, start + len(heading))
    return FoundSection(span, span, level, SectionKind.HEADING, "", words_of_heading, "1", "test", 1.0)


def test_the_vocabulary_has_its_fifteen_themes_in_both_languages() -> None:
    assert len(vocabulary()) == 15
    assert [entry.order for entry in vocabulary()] == list(range(1, 16))
    for entry in vocabulary():
        assert entry.name_en and entry.name_zh and entry.definition_en and entry.definition_zh


@pytest.mark.parametrize("language", ["en", "zh"])
def test_cues_belong_to_known_themes_and_every_theme_has_some(language: str) -> None:
    cues = load(language, "theme_cues")
    assert set(cues) == KEYS
    assert all(len(phrases) >= 30 for phrases in cues.values())
    assert all(0 < weight <= 5 for phrases in cues.values() for weight in phrases.values())


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Officers shall visit every household on the hill once a quarter.", "visits"),
        ("Letters and visits from the public must be answered within fifteen days.", "petitions"),
        ("Confessions must never be extorted by torture.", "law-enforcement"),
        ("The station should mediate quarrels between neighbours on the spot.", "dispute-mediation"),
        ("Open a green channel at the service window for urgent certificates.", "service"),
        ("Nobody may accept banquets, gifts or bribes.", "discipline"),
        ("Crack down on burglary and telecom fraud.", "crime-and-order"),
        ("Each branch shall hold a study session and a criticism and self-criticism meeting.", "education-campaign"),
        ("Use WeChat, television and the newspapers to publicise the work.", "publicity"),
        ("Elderly people living alone and left-behind children are to be helped first.", "vulnerable-groups"),
        ("Set up a leading group and submit an implementation plan.", "organisation"),
        ("Take the satisfaction of the masses as the yardstick of the work.", "public-opinion"),
        ("Develop teams for mass prevention and mass treatment in every village grid.", "community-policing"),
        ("Train young officers in mass work methods.", "mass-work-capacity"),
        ("Trust the masses, rely on the masses and follow the mass line.", "mass-line"),
        ("民警每季度要入户走访一次。", "visits"),
        ("对来信来访要登记受理，不得推诿。", "petitions"),
        ("严禁刑讯逼供，办案必须全程录音录像。", "law-enforcement"),
        ("对邻里纠纷要就地调解。", "dispute-mediation"),
        ("户籍窗口要开通绿色通道，实行预约办理。", "service"),
        ("不准接受吃请，不准收受礼金。", "discipline"),
        ("严厉打击盗窃、诈骗犯罪。", "crime-and-order"),
        ("各支部要组织专题学习，开展批评与自我批评。", "education-campaign"),
        ("通过微信公众号、短视频广泛宣传。", "publicity"),
        ("对孤寡老人、留守儿童要重点帮扶。", "vulnerable-groups"),
        ("成立领导小组，制定实施方案，加强督导考核。", "organisation"),
        ("以群众满意为标准，开展满意度测评。", "public-opinion"),
        ("推行一村一警，发动网格员群防群治。", "community-policing"),
        ("加强群众工作能力培训，组织岗位练兵。", "mass-work-capacity"),
        ("相信群众、依靠群众，走群众路线。", "mass-line"),
    ],
)  # fmt: skip
def test_first_theme_of_a_plain_directive(text: str, theme: str) -> None:
    language = "zh" if ord(text[0]) > 0x2E80 else "en"
    assert directive_themes(text, whole(text), (), language)[0].key == theme


@pytest.mark.parametrize("form", ["mediate", "mediates", "mediating", "mediation", "MEDIATED"])
def test_inflected_words_are_one_cue(form: str) -> None:
    assert [each.theme for each in cue_hits(form, "en").cues] == ["dispute-mediation"]


def test_a_longer_cue_hides_the_shorter_one_inside_it() -> None:
    text = "Handle letters and visits well."
    assert {each.theme for each in cue_hits(text, "en").cues} == {"petitions"}


def test_a_directive_without_cues_takes_the_theme_of_its_heading() -> None:
    text = "Petitions and complaints\nAnything else shall wait. Do it at once."
    span = Span(text.index("Do it"), len(text))
    found = directive_themes(text, span, [Span(0, 24)], "en")
    assert found[0].key == "petitions"
    assert found[0].cues[0].span.of(text) == "Petitions"


def test_a_directive_without_headings_takes_the_theme_of_its_paragraph() -> None:
    text = "Neighbours quarrel and nobody mediates.\nDo it at once. The quarrel and the dispute grow."
    span = Span(text.index("Do it"), text.index(" The quarrel"))
    assert directive_themes(text, span, (), "en")[0].key == "dispute-mediation"


def test_nothing_is_made_up_where_no_cue_stands() -> None:
    assert directive_themes("Xyzzy plugh.", Span(0, 12), (), "en") == ()
    assert document_themes("Xyzzy plugh.", "en", (), Metadata(), (), ()) == ()


def test_a_repeated_cue_weighs_less_each_time() -> None:
    once = score_themes("petition", [(Span(0, 8), 1.0)], "en")["petitions"].weight
    text = "petition petition petition"
    thrice = score_themes(text, [(whole(text), 1.0)], "en")["petitions"].weight
    assert once < thrice < 2 * once


def test_boilerplate_does_not_speak_for_the_document() -> None:
    text = "Petition petition complaint petitioners. Neighbours quarrel; mediate the dispute."
    cut = text.index("Neighbours")
    noise = Boilerplate(Span(0, cut), "navigation", "test", 1.0)
    assert document_themes(text, "en", (), Metadata(), (), ())[0].key == "petitions"
    assert document_themes(text, "en", (noise,), Metadata(), (), ())[0].key == "dispute-mediation"


def test_title_headings_and_directives_decide_over_length() -> None:
    title = "Notice on receiving petitioners"
    heading = "Reception days"
    rest = "The weather was fine and the road was long. " * 40
    text = f"{title}\n{heading}\n{rest}Crime fell. Theft fell. Burglary fell."
    metadata = Metadata(title=Fact(title, Span(0, len(title)), "test", 1.0))
    found = document_themes(text, "en", (), metadata, [section(text, heading)], ())
    assert found[0].key == "petitions"
    assert sum(theme.weight for theme in found) <= 1.15


def test_each_directive_has_one_vote() -> None:
    text = "Mediate. Visit homes. Visit homes."
    spans = [Span(0, 8), Span(9, 21), Span(22, 34)]
    directives = [
        FoundDirective(span, Modality.OBLIGATION, "", "", directive_themes(text, span, (), "en"), "test", 1.0)
        for span in spans
    ]
    assert document_themes(text, "en", (), Metadata(), (), directives)[0].key == "visits"


@given(TEXTS, LANGUAGES, st.data())
def test_any_text_and_any_span(text: str, language: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    span = Span(*sorted((data.draw(place), data.draw(place))))
    headings = [Span(*sorted((data.draw(place), data.draw(place))))]
    found = directive_themes(text, span, headings, language)
    assert len(found) <= 3
    assert [theme.weight for theme in found] == sorted((theme.weight for theme in found), reverse=True)
    for theme in found:
        assert theme.key in KEYS and theme.cues and theme.weight > 0
        assert all(0 <= cue.span.start < cue.span.end <= len(text) for cue in theme.cues)
    central = document_themes(text, language, (), Metadata(), (), ())
    assert len(central) <= 5
    assert bool(central) == bool(cue_hits(text, language).cues)


@given(TEXTS, LANGUAGES)
def test_cue_hits_are_in_order_and_quote_the_text(text: str, language: str) -> None:
    hits = cue_hits(text, language)
    assert list(hits.starts) == sorted(hits.starts)
    for cue in (each.cue for each in hits.cues):
        if language == "zh":
            assert cue.span.of(text) == cue.phrase
        else:
            assert cue.span.of(text).strip() == cue.span.of(text) != ""


@given(TEXTS)
def test_words_are_in_order_and_stand_where_they_say(text: str) -> None:
    reached = 0
    for word in words(text):
        assert reached <= word.start < word.end <= len(text)
        reached = word.end


@pytest.mark.parametrize(
    ("phrase", "text", "quote"),
    [
        ("serve the people", "to serve people.", "serve people"),
        ("serve the people", "serving the people wholly", "serving the people"),
        ("people's livelihood", "the people’s livelihood", "people’s livelihood"),
        ("mass line", "mass, line", None),
        ("mass line", "mass. Line", None),
        ("police, courts and people", "Police, courts, and people!", "Police, courts, and people"),
        ("strike hard", "strike-hard", "strike-hard"),
        ("standardise behaviour", "standardizing behaviour", "standardizing behaviour"),
        ("=publicity", "public", None),
        ("=publicity", "Publicity", "Publicity"),
    ],
)
def test_english_phrases_are_found_by_stems(phrase: str, text: str, quote: str | None) -> None:
    assert [hit.span.of(text) for hit in finder([phrase], "en").find(text)] == ([quote] if quote else [])


def test_the_longest_phrase_wins_and_none_stands_inside_another() -> None:
    text = "平安建设和平安中国建设"
    hits = finder(["平安", "平安中国", "平安中国建设", "建设"], "zh").find(text)
    assert [hit.phrase for hit in hits] == ["平安", "建设", "平安中国建设"]


def test_phrases_that_read_alike_are_one_form() -> None:
    assert same_form("visiting the households", "en") == same_form("visit households", "en")
    assert same_form("走访", "zh") != same_form("访", "zh")

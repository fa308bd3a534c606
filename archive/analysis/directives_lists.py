"""What a list is a list of: measures, problems, past practice or circumstances; and the sentence it hangs on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.analysis.directives_actors import opening_actor
from archive.analysis.modality import Lead, Nature, Ruling, pattern
from archive.spans import FoundSection, Modality

_HEADING_LIMIT = 200
_ARTICLE = re.compile(r"第\s*[\d一二三四五六七八九十百千零〇]+\s*条|Article\s+\w+", re.IGNORECASE)
_ARTICLES = 3


def heading_nature(heading: str, language: str) -> Nature | None:
    """What a noun heading announces; of problems and measures the first named decides, "measures" after "and" too."""
    heading = heading[:_HEADING_LIMIT]
    if pattern(language, "list_context", "plain_heading").search(heading):
        return Nature.PLAIN
    if pattern(language, "list_context", "circumstances_heading").search(heading):
        return Nature.CIRCUMSTANCES
    if pattern(language, "list_context", "past_heading").search(heading):
        return Nature.PAST
    return _first_named(heading, language)


def heading_under(above: Nature | None, heading: str, language: str) -> Nature | None:
    """What a heading announces below another one: a review of past work stays one until something lies ahead."""
    nature = heading_nature(heading, language) or above
    ahead = above is not Nature.PAST or pattern(language, "list_context", "ahead").search(heading)
    return nature if ahead or nature is not Nature.MEASURES else Nature.PAST


def _first_named(words: str, language: str) -> Nature | None:
    if pattern(language, "list_context", "attention").search(words):
        return Nature.MEASURES
    problems = pattern(language, "list_context", "problems").search(words)
    measures = pattern(language, "list_context", "measures").search(words)
    if problems and measures:
        if pattern(language, "list_context", "both").search(words):
            return None
        return Nature.MEASURES if _governs(measures, problems, language) else Nature.PROBLEMS
    if problems:
        return Nature.PROBLEMS
    return Nature.MEASURES if measures else None


def _governs(measures: re.Match[str], problems: re.Match[str], language: str) -> bool:
    """In English the first noun governs ("measures against the problems"), in Chinese the last."""
    return measures.start() < problems.start() if language == "en" else measures.start() > problems.start()


def lead_of(sentence: str, ruling: Ruling | None, actor: str, language: str) -> tuple[Lead | None, Nature | None]:
    """The lead-in that a last sentence is for the list below it, and what it makes of the list."""
    modality = ruling.modality if ruling else None
    if ruling and pattern(language, "list_context", "opens_clause").search(sentence):
        return Lead(modality, actor, True, True), Nature.MEASURES
    if pattern(language, "list_context", "circumstances_lead").search(sentence):
        return Lead(None, "", False, False), Nature.CIRCUMSTANCES
    if not _announces(sentence, ruling, language):
        return (Lead(modality, actor, False, False), None) if ruling else (None, None)
    return _announced(sentence, ruling, actor, language)


def _announces(sentence: str, ruling: Ruling | None, language: str) -> bool:
    if pattern(language, "list_context", "announces").search(sentence):
        return True
    return ruling is not None and bool(pattern(language, "list_context", "announces_order").search(sentence))


def _announced(sentence: str, ruling: Ruling | None, actor: str, language: str) -> tuple[Lead | None, Nature | None]:
    binds = bool(pattern(language, "list_context", "members_bound").search(sentence))
    if ruling:
        named = bool(pattern(language, "list_context", "names_members").search(sentence))
        if language == "zh":
            binds = binds or not named
        nature = None if named and not binds else Nature.MEASURES
        return Lead(ruling.modality, actor, False, binds), nature
    if pattern(language, "list_context", "past_lead").search(sentence):
        return Lead(None, "", False, False), Nature.PAST
    nature = _first_named(sentence, language)
    if nature is Nature.MEASURES:
        duties_of = actor or opening_actor(sentence, language)
        return Lead(Modality.OBLIGATION if binds else None, duties_of, False, binds), nature
    return Lead(None, actor, False, False), nature


def title_nature(title: str, language: str) -> tuple[Lead | None, Nature | None]:
    """What the title makes of the lists below it: "Seventeen measures …" binds its members, a plan orders."""
    binds = pattern(language, "list_context", "title_binds").search(title)
    lead = Lead(Modality.OBLIGATION, "", False, True) if binds else None
    ordering = pattern(language, "list_context", "title_measures").search(title)
    return lead, Nature.MEASURES if ordering else None


def has_articles(sections: Sequence[FoundSection]) -> bool:
    """A law or regulation: its sections are articles, in which a verb without a modal states and does not order."""
    articles = sum(1 for section in sections if _ARTICLE.match(section.marker))
    return articles >= _ARTICLES


def is_letter(title: str, language: str) -> bool:
    """A letter or an appeal speaks to those whom it greets."""
    return bool(pattern(language, "list_context", "letter").search(title))


def is_order(opening: str, language: str) -> bool:
    """A general order, a manual, a policy: what its people "will" do is what they are told to do."""
    return bool(pattern(language, "list_context", "order_document").search(opening))

"""Who is directed, from the words of a Chinese clause: a noun phrase at its start that ends in a known head noun."""

from __future__ import annotations

import re
from functools import cache

from archive.analysis import lexicon
from archive.analysis.modality import NOBODY, Subject, Who, pattern, words

_SEGMENT = re.compile(r"[，,：:；;。]")
_LONGEST = 40
_LOOK_BACK = 240
_FUNCTION_WORD = re.compile(r"[对向在由经按将把被从为给与以并后时的]")
_SPACE = re.compile(r"[\s\u3000]+")


def _list(key: str) -> frozenset[str]:
    return words("zh", "actor_words", key)


@cache
def _alternatives(key: str) -> str:
    """A lexicon list (of patterns) as alternatives, the longest first."""
    found: list[str] = list(lexicon.load("zh", "actor_words")[key])
    return "|".join(sorted(found, key=len, reverse=True))


@cache
def _known(key: str) -> re.Pattern[str]:
    return re.compile(_alternatives(key))


def _head(segment: str) -> tuple[int, int] | None:
    """The first head noun: where what may not stand before it ends, and its own end."""
    known = _known("heads").search(segment, 0, _LONGEST)
    formed = _known("head_patterns").search(segment, 0, _LONGEST)
    if known and (formed is None or known.end() <= formed.end()):
        return known.start(), known.end()
    return (formed.end() - 1, formed.end()) if formed else None


@cache
def _partner() -> re.Pattern[str]:
    """What may follow a head noun and still belong to the phrase: 公安机关|及其人民警察, 派出所|所长."""
    heads, links, inner = _alternatives("heads"), _alternatives("connectors"), _alternatives("inner")
    series = r"(?:、[^，。；：、\s]{2,14}){0,20}等[^，。；：\s]{0,6}?(?:部门|单位|机构|组织|人员|机关|企业|场所|者|人)"
    word = r"[^，。；：、\s的和与及或对在由向按要应须将把]"
    return re.compile(rf"(?:(?:{links}){word}{{0,12}}?(?:{heads})|(?:{inner})?(?:{heads})|{series})")


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives('trailing')})$")


def opening_actor(segment: str) -> str:
    """The actor that a text starts with, "" where it starts with none."""
    found = _opening(segment)
    return found[0] if found else ""


def _opening(segment: str) -> tuple[str, str] | None:
    """The actor at the start and what follows it."""
    segment = _without_leading(segment)
    if _known("starters").match(segment):
        return None
    head = _head(segment)
    if head is None or _known("not_prefix").search(segment, 0, head[0]):
        return None
    if pattern("zh", "actor_words", "verb_in_prefix").search(segment[: head[0]]):
        return None
    end = _extended(segment, head[1])
    rest = segment[end:].lstrip()
    if _known("noun_after").match(rest):
        return None
    words_of = segment[:end].strip()
    return (words_of.split("与")[0] if rest else words_of), rest


def _extended(segment: str, end: int) -> int:
    for _ in range(8):
        more = _partner().match(segment, end)
        if more is None or more.end() > _LONGEST * 2:
            return end
        end = more.end()
    return end


def _without_leading(segment: str) -> str:
    segment = segment.strip(" \t\u3000、“”")
    for _ in range(3):
        match = _known("leading").match(segment)
        if match is None:
            return segment
        segment = segment[match.end() :].strip()
    return segment


def subject_before(before: str) -> Subject:
    """The subject of a clause from the words before its modal verb."""
    segments = [each.strip() for each in _SEGMENT.split(before[-_LOOK_BACK:])]
    last = _without_trailing(segments[-1])
    agent = _agent(segments)
    if agent:
        return Subject(Who.NAMED, agent)
    if last:
        found = _last_segment(last)
        if found.who is not Who.NONE:
            return found
    return _earlier(segments[:-1])


def _agent(segments: list[str]) -> str:
    """热线由所长接听，不得转接: the one by whom it is done."""
    for segment in segments[-2:]:
        at = segment.find("由")
        if at > 0 and segment[at + 1 : at + 2] != "于":
            named = _opening(segment[at + 1 :])
            if named and named[1]:
                return named[0]
    return ""


def _without_trailing(segment: str) -> str:
    for _ in range(6):
        match = _trailing().search(segment)
        if match is None or not match.start():
            return segment
        segment = segment[: match.start()]
    return segment


def _last_segment(segment: str) -> Subject:
    plain = _without_leading(segment)
    if plain in _list("we") or plain.startswith("我们"):
        return Subject(Who.WE)
    if plain in _list("pronouns"):
        return Subject(Who.PRONOUN)
    opening = _opening(plain)
    if opening is not None:
        return Subject(Who.NAMED, plain if _one_phrase(plain, opening[1]) else opening[0])
    if _known("starters").match(plain):
        tail = _tail(plain)
        return Subject(Who.NAMED, tail) if tail else NOBODY
    return Subject(Who.THING, passive=True) if plain and not _known("leading").fullmatch(plain) else NOBODY


def _one_phrase(segment: str, rest: str) -> bool:
    """国务院体育行政部门: what follows the first head noun ends in one too, with nothing but nouns between."""
    if not rest or len(rest) > 12 or _FUNCTION_WORD.search(rest):
        return False
    return any(match.end() == len(segment) for match in _known("heads").finditer(segment))


@cache
def _tail_pattern() -> re.Pattern[str]:
    return re.compile(rf"[中时后前下里内底间](?P<np>[^，。；：、中时后前下里内]{{0,14}}?(?:{_alternatives('heads')}))$")


def _tail(segment: str) -> str:
    """在日常巡逻中民警 → 民警: an actor behind an adverbial that has no comma."""
    match = _tail_pattern().search(segment)
    return match["np"] if match else ""


def _earlier(segments: list[str]) -> Subject:
    """公安机关接到报案后，应当立即受理: the subject opens an earlier part of the sentence."""
    for segment in reversed(segments[-4:]):
        plain = _without_leading(segment)
        if plain.startswith("我们"):
            return Subject(Who.WE)
        opening = None if plain.endswith("的") else _opening(plain)
        if opening is not None:
            return Subject(Who.NAMED, opening[0])
    return NOBODY


def after_cue(after: str) -> str:
    """The actor that follows 请, 严禁, 鼓励 …; "" where a verb or a thing follows."""
    opening = _opening(_SEGMENT.split(after[: _LONGEST * 2])[0])
    return opening[0] if opening and opening[1] else ""


def whole_actor(heading: str) -> str:
    """A heading that names an actor and says nothing else, "" otherwise."""
    plain = _SPACE.sub("", heading).strip("。.：:")
    opening = _opening(plain) if 0 < len(plain) <= 16 else None
    return opening[0] if opening and not opening[1] else ""


def vocative(text: str) -> tuple[str, int]:
    """An address at the start (同志们，老年朋友们：) and where it ends; ("", 0) where there is none.

    An assembly (各位代表) is spoken to and not directed: no words.
    """
    match = pattern("zh", "actor_words", "vocative").match(text)
    if match is None:
        return "", 0
    named = text[: match.start("mark")].strip()
    return ("" if named.endswith(tuple(_list("assembly"))) else named), match.end()

"""Chinese imperatives without a modal verb: a clause that opens with a verb, after adverbs and adverbials."""

from __future__ import annotations

import re
from functools import cache

from archive.analysis import lexicon
from archive.analysis.modality import pattern, words

_COMMA = re.compile(r"[，,]")
_STRIP = " \t\u3000Q“”、"
_HEADING_LONGEST = 22


@cache
def _starts(key: str) -> re.Pattern[str]:
    found: list[str] = list(lexicon.load("zh", "imperatives")[key])
    return re.compile("|".join(re.escape(each) for each in sorted(found, key=len, reverse=True)))


def imperative(clause: str) -> bool:
    """Whether the clause opens with a verb that orders: 加强巡逻, 对重点部位逐一排查, 按照职责，落实措施."""
    segments = [each.strip(_STRIP) for each in _COMMA.split(clause[:300])]
    for segment in segments[:4]:
        if _verb_first(segment):
            return not _statement(clause)
        if not _starts("prepositions").match(segment) and not segment.endswith(
            ("时", "后", "前", "的", "中", "上", "下", "基础上")
        ):
            return False
    return False


def _verb_first(segment: str) -> bool:
    segment, _moved = _without_adverbs(segment)
    if _starts("verbs").match(segment):
        return not segment.startswith(tuple(_nouns_of_verbs()))
    return bool(_starts("prepositions").match(segment)) and _verb_inside(segment)


def _nouns_of_verbs() -> tuple[str, ...]:
    return tuple(words("zh", "imperatives", "verb_nouns"))


def _without_adverbs(segment: str) -> tuple[str, bool]:
    moved = False
    for _ in range(5):
        match = _starts("adverbs").match(segment)
        if match is None or match.end() == len(segment):
            return segment, moved
        segment, moved = segment[match.end() :].strip(_STRIP), True
    return segment, moved


def _verb_inside(segment: str) -> bool:
    """对夜间警情逐周分析: the verb stands behind the object of a preposition, or in the next part."""
    return bool(_starts("verbs").search(segment, 2))


def _statement(clause: str) -> bool:
    return bool(
        pattern("zh", "imperatives", "statement").search(clause) or pattern("zh", "imperatives", "fact").search(clause)
    )


def told_as_fact(clause: str) -> bool:
    """Whether the clause reports or explains, and does not order."""
    return _statement(clause)


def heading_order(heading: str) -> bool:
    """定点值守。 快速处置。: a short verbal heading in a list of measures that is no noun."""
    plain = heading.strip(_STRIP).rstrip("。；;：: ")
    if not 3 <= len(plain) <= _HEADING_LONGEST or _statement(heading):
        return False
    ends_noun = plain.endswith(tuple(words("zh", "imperatives", "noun_suffixes")))
    return not ends_noun and not re.search(r"[（(]|阶段|部$|局$|第[一二三四五六七八九十]", plain)

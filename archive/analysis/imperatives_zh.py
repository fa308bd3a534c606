"""Chinese imperatives without a modal verb: a clause that opens with a verb, after adverbs and adverbials."""

from __future__ import annotations

import re
from functools import cache

from archive.analysis import lexicon
from archive.analysis.modality import pattern, words

_COMMA = re.compile(r"[，,]")
_STRIP = " \t\u3000Q“”、"
_HEADING_LONGEST = 22
_FAR = 300
_ADVERBIAL_ENDS = ("时", "后", "前", "的", "中", "上", "下", "内")


@cache
def _starts(key: str) -> re.Pattern[str]:
    found: list[str] = list(lexicon.load("zh", "imperatives")[key])
    return re.compile("|".join(sorted(found, key=len, reverse=True)))


def imperative(clause: str) -> bool:
    """Whether the clause opens with a verb that orders: 加强巡逻, 对重点部位逐一排查, 按照职责，落实措施."""
    segments = [each.strip(_STRIP) for each in _COMMA.split(clause[:_FAR])]
    for segment in segments[:4]:
        if _verb_first(segment):
            return not told_as_fact(clause)
        if not adverbial(segment):
            return False
    return False


def orders(segment: str) -> bool:
    """Whether one part of a sentence opens with a verb that orders."""
    return _verb_first(segment.strip(_STRIP))


def adverbial(segment: str) -> bool:
    """A part of the sentence that only says when, where, why or about what."""
    plain = segment.strip(_STRIP)
    return bool(_starts("prepositions").match(plain)) or plain.endswith(_ADVERBIAL_ENDS)


def _verb_first(segment: str) -> bool:
    if opens_with_verb(segment):
        return True
    segment = _without_adverbs(segment)
    if _starts("verbs").match(segment):
        return opens_with_verb(segment)
    if pattern("zh", "imperatives", "serves").match(segment):
        return True
    if _starts("adverbial_only").match(segment):
        return False
    if _starts("takes_any_verb").match(segment):
        return len(segment) > 3
    return bool(_starts("prepositions").match(segment)) and _verb_inside(segment)


def opens_with_verb(text: str) -> bool:
    """Whether a verb of the lexicon comes first, and not a noun that is made of one (登记机关)."""
    plain = text.strip(_STRIP)
    return bool(_starts("verbs").match(plain)) and _starts("verb_nouns").match(plain) is None


def _without_adverbs(segment: str) -> str:
    for _ in range(5):
        match = _starts("adverbs").match(segment)
        if match is None or match.end() == len(segment):
            return segment
        segment = segment[match.end() :].strip(_STRIP)
    return segment


def _verb_inside(segment: str) -> bool:
    """对夜间警情逐周分析: the verb stands behind the object of a preposition."""
    return bool(_starts("verbs").search(segment, 2))


def told_as_fact(clause: str) -> bool:
    """Whether the clause reports or explains, and does not order."""
    statement = pattern("zh", "imperatives", "statement").search(clause)
    return bool(statement or pattern("zh", "imperatives", "fact").search(clause))


def noun_heading(heading: str) -> bool:
    """聘请与管理, 执法更规范: a heading without full stop that only names or praises its matter."""
    plain = heading.strip(_STRIP)
    if plain.endswith(tuple("。；;.！!，,")):
        return False
    return any(pattern("zh", "imperatives", key).search(plain) for key in ("noun_pair", "comparative_heading")) or (
        len(plain) <= 8 and plain.endswith(tuple(words("zh", "imperatives", "noun_suffixes")))
    )


def heading_order(heading: str) -> bool:
    """定点值守。 快速处置。: a short verbal heading in a list of measures that is no noun."""
    plain = heading.strip(_STRIP).rstrip("。；;：: ")
    if not 3 <= len(plain) <= _HEADING_LONGEST or told_as_fact(heading):
        return False
    ends_noun = plain.endswith(
        (*words("zh", "imperatives", "noun_suffixes"), *words("zh", "imperatives", "nominal_ends"))
    )
    return not ends_noun and not re.search(r"[（(]|阶段|部$|局$|第[一二三四五六七八九十]", plain)

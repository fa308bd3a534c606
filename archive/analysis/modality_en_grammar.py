"""What English grammar tells about a modal verb: main or subordinate clause, passive, permission, guess."""

from __future__ import annotations

import re

from archive.analysis.actors_en import carries
from archive.analysis.modality import Subject, Who, pattern, words

BREAK = re.compile(r"[,，;:—–]")
WORD = re.compile(r"[\w'’-]+")
LOOK_BACK = 240
_OPENER = re.compile(
    r"\b(who|whom|whose|which|that|what|how|why|where|when|whether|if|because|until|unless|lest|than|whatever|however)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|be|been|can|cannot|has|have|had|do|does|did|will|would|may|\w+ed)\b", re.IGNORECASE
)


def below(before: str, member: bool) -> bool:
    """Whether the modal stands in a subordinate clause, which directs nobody ("problems that must be solved").

    The clause after a comma of a list's member counts ("cases of the first kind, which are to be solved …").
    """
    tail = BREAK.split(before)[-1]
    openers = list(_OPENER.finditer(tail))
    if not openers:
        return False
    opener = openers[-1]
    if member and opener.group().lower() == "which" and len(tail) < len(before) and opener.start() <= 6:
        return False
    word, between = opener.group().lower(), tail[opener.end() :].split()
    said = tail[: opener.start()].strip() or before[: len(before) - len(tail)].rstrip(",，:; ")
    if word == "that" and carries(said):
        return False
    if not between or word in ("because", "unless", "lest", "if"):
        return True
    if word in ("who", "that", "which", "whose", "whom", "than"):
        return between[0].lower() in words("en", "actor_words", "determiners") and word != "who"
    return not _AUXILIARY.search(" ".join(between)) and not between[0].lower().endswith("ing")


def permits(clause: str) -> bool:
    """A permission in the main clause."""
    for match in pattern("en", "modality", "permission").finditer(clause):
        before = clause[max(0, match.start() - LOOK_BACK) : match.start()]
        if not below(before, False) and "so that" not in before:
            return True
    return False


def only_possible(before: str, after: str) -> bool:
    """ "may not understand" is a guess, "may not enter" an order."""
    return bool(pattern("en", "modality", "may_not_possible").match(after)) and not passive(after)


def opinion(before: str) -> bool:
    """Whether somebody else's opinion or words are told ("some comrades think …")."""
    return bool(pattern("en", "modality", "opinion").search(before))


def passive(after: str) -> bool:
    """Whether "be" and a participle follow the modal."""
    tokens = after.lower().split(None, 4)[:4]
    if not tokens or tokens[0] not in ("be", "not", "also", "never"):
        return False
    participles = (token.strip(",.;:") for token in tokens[1:])
    return any(each.endswith("ed") or each in words("en", "modality", "passive_irregular") for each in participles)


def acted_on(after: str) -> bool:
    """Whether "be" follows, so that the subject is not the one who acts."""
    return after.split(None, 1)[:1] == ["be"]


def ordered(subject: Subject) -> bool:
    """Somebody of the kind that orders are given to: no crowd, no "some comrades"."""
    if subject.who is not Who.NAMED or pattern("en", "actor_words", "vague").search(subject.words):
        return False
    return head(WORD.findall(subject.words.lower())) not in words("en", "actor_words", "not_ordered")


def head(tokens: list[str]) -> str:
    """The head noun of a noun phrase in small letters, "" for an empty one."""
    stop = next(
        (i for i, each in enumerate(tokens) if i and each in words("en", "actor_words", "prepositions")), len(tokens)
    )
    return tokens[stop - 1] if stop else ""

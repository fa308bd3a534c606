"""English imperatives: a base-form verb where the clause begins, after adverbs and adverbials only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.analysis.actors_en import vocative
from archive.analysis.modality import pattern, words
from archive.spans import Modality

_FIRST = re.compile(r"[\s\"'“”‘’*•·—–-]*(?P<word>[A-Za-z][\w'’-]*)")
_NEXT = re.compile(r"\s+(?P<word>[A-Za-z0-9Q][\w'’%-]*)")
_COMMA = re.compile(r"[,，]\s*")
_FAR = 400


@dataclass(frozen=True, slots=True)
class Imperative:
    """`verb` in small letters, `at` its place in the clause, `told` a vocative or ""."""

    verb: str
    at: int
    negated: bool
    told: str
    modality: Modality


def _list(key: str) -> frozenset[str]:
    return words("en", "imperatives", key)


def imperative(clause: str, ordering: bool) -> Imperative | None:
    """The imperative that a clause (masked) starts with; adverbials before it may end in a comma.

    `ordering`: orders are likely here (a list of measures), so that a word that is also a noun needs less evidence.
    """
    if _noun_heading(clause) or _list_of_aims(clause) or _title_case(clause):
        return None
    at, told = 0, ""
    for _ in range(4):
        found = _verb_at(clause, at, told, ordering)
        if found is not None:
            return found if not _statement(clause, found) else None
        comma = _COMMA.search(clause, at, at + _FAR)
        if comma is None:
            return None
        segment = clause[at : comma.start()]
        name = "" if at else vocative(segment)
        if not name and not _adverbial(segment):
            return None
        at, told = comma.end(), name or told
    return None


def _adverbial(segment: str) -> bool:
    tokens = segment.lower().split()
    if not tokens:
        return True
    if _main_clause(segment):
        return False
    first = tokens[0].strip("\"'“”‘’")
    return first in _list("openers") or " ".join(tokens[:2]) in _list("openers") or _is_adverb(first)


def _main_clause(segment: str) -> bool:
    """ "Grasping results is the starting point": what looks like an adverbial has a finite verb of its own."""
    first = segment.split(maxsplit=1)[0].lower()
    return first not in _list("subordinators") and bool(pattern("en", "imperatives", "finite").search(segment))


def _is_adverb(word: str) -> bool:
    return word in _list("adverbs") or (word.endswith("ly") and word not in _list("ly_not_adverbs"))


def _verb_at(clause: str, at: int, told: str, ordering: bool) -> Imperative | None:
    """Adverbs are passed over, negations are kept."""
    negated = False
    for _ in range(6):
        match = _FIRST.match(clause, at)
        if match is None:
            return None
        word, after = match["word"].lower(), match.end()
        if word in ("never", "don't", "don’t"):
            negated = True
        elif word == "do" and (no := re.compile(r"\s+(?:not|never)\b").match(clause, after)):
            negated, after = True, no.end()
        elif word in ("and", "or", "then", "but", "so", "therefore") or (
            word == "not" and clause[after : after + 6].strip().startswith("only")
        ):
            pass
        elif _is_base(clause, word, after, negated, ordering):
            return Imperative(word, match.start("word"), negated, told, _modality(clause, match.start("word"), negated))
        elif not _is_adverb(word):
            return None
        at = after
    return None


def _is_base(clause: str, word: str, after: int, negated: bool, ordering: bool) -> bool:
    if pattern("en", "imperatives", "reference").match(clause, after - len(word)):
        return False
    follows = _NEXT.match(clause, after)
    next_word = follows["word"].lower() if follows else ""
    if word == "do":
        return bool(next_word) and next_word not in _list("nouns_when_followed_by")
    if word == "let":
        return bool(next_word)
    if word == "be":
        return bool(next_word)
    if next_word in _list("nouns_when_followed_by"):
        return False
    if word in _list("strong") or (negated and word in _list("weak")):
        return True
    if word not in _list("weak"):
        return False
    if next_word in _list("needs_stop") and not clause.rstrip().endswith((".", ";", ":", "!", "。", "；")):
        return False
    if next_word in _list("followers") or (next_word.endswith("ly") and _is_adverb(next_word)):
        return True
    object_like = next_word.rstrip("'’").endswith("s") and clause.rstrip().endswith((".", ";"))
    return ordering and object_like and len(clause.split()) > 3


def _noun_heading(clause: str) -> bool:
    """ "safeguard measures": a heading of a few words that a base form happens to start."""
    tokens = clause.lower().split()
    ends = clause.rstrip().endswith(tuple(".;!:。；"))
    return not ends and 0 < len(tokens) <= 3 and tokens[-1] in _list("heading_nouns")


def _title_case(clause: str) -> bool:
    """ "Arrest Warrant and Summons.": a heading in capitals."""
    tokens = [each for each in re.findall(r"[A-Za-z][\w'’-]*", clause[:_FAR]) if len(each) > 3 and set(each) != {"Q"}]
    return 1 < len(tokens) <= 8 and all(each[0].isupper() for each in tokens) and not clause.isupper()


def _list_of_aims(clause: str) -> bool:
    """ "In order to follow A, grasp B, and enhance C, the committee put forward …": all verbs belong to the aim."""
    if not pattern("en", "imperatives", "purpose").match(clause):
        return False
    segments = [each.strip().lower() for each in _COMMA.split(clause[:_FAR])]
    closing = next((i for i, each in enumerate(segments) if i and each.startswith("and ")), None)
    return closing is not None and closing + 1 < len(segments)


def _modality(clause: str, at: int, negated: bool) -> Modality:
    rest = clause[at : at + 60].lower()
    if negated or prohibits(rest):
        return Modality.PROHIBITION
    return Modality.RECOMMENDATION if _starts(rest, "recommending") else Modality.OBLIGATION


def _starts(rest: str, key: str) -> bool:
    plain = " ".join(rest.split())
    return any(plain == each or plain.startswith(each + " ") for each in _list(key))


def _statement(clause: str, found: Imperative) -> bool:
    """Machine translation also starts statements with a base form: "Strengthen the team is the key to …"."""
    match = pattern("en", "imperatives", "finite").search(clause, found.at, found.at + _FAR)
    if match is None:
        return False
    between = clause[found.at : match.start()]
    return not pattern("en", "imperatives", "clause_inside").search(between)


def prohibits(verb_phrase: str) -> bool:
    """Whether the words after a modal turn it into a prohibition ("must resolutely avoid …")."""
    plain = verb_phrase[:80].lower().split()
    while plain and _is_adverb(plain[0]):
        plain.pop(0)
    return _starts(" ".join(plain), "prohibiting")

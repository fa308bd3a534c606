"""Whether an English clause directs, and how it binds."""

from __future__ import annotations

import re

from archive.analysis import imperatives_en
from archive.analysis.actors_en import actor_phrase, by_phrase, carries, is_actor, subject_before
from archive.analysis.modality import (
    NOBODY,
    Context,
    Cue,
    Nature,
    Ruling,
    Subject,
    Who,
    found_cues,
    pattern,
    words,
)
from archive.spans import Modality

_BREAK = re.compile(r"[,，;:—–]")
_WORD = re.compile(r"[\w'’-]+")
_OPENER = re.compile(
    r"\b(who|whom|whose|which|that|what|how|why|where|when|whether|if|because|until|unless|lest|than|whatever|however)\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|be|been|can|cannot|has|have|had|do|does|did|will|would|may|\w+ed)\b", re.IGNORECASE
)
_ALWAYS_BELOW = frozenset({"if", "because", "until", "unless", "lest", "than", "when"})
_IS_MARKER = re.compile(r"\b(?:is|are|being)\b[:,]?\s*$", re.IGNORECASE)
_TO = re.compile(r"(?:not )?to\s+(?P<verb>(?:\w+ly\s+)?[a-z]+)", re.IGNORECASE)
_PLAIN = re.compile(r"\s*(?:\w+ly\s+|also\s+|each\s+|jointly\s+)?(?P<verb>[a-z]+)\b", re.IGNORECASE)
_DETERMINED = re.compile(r"\b(?:the|each|every|all)\s", re.IGNORECASE)
_LOOK_BACK = 240


def rule(clause: str, context: Context) -> Ruling | None:
    """The ruling on one clause, whose quotations are masked; None where it directs nobody."""
    if clause.rstrip().endswith(("?", "？")) or not clause.strip() or context.nature is Nature.CIRCUMSTANCES:
        return None
    if pattern("en", "modality", "not_directing").search(clause):
        return None
    if context.opens and pattern("en", "modality", "finished_with").search(context.marker.strip()):
        return _by_cue(clause, context)
    return (
        _finishes(clause, context)
        or _imperative(clause, context)
        or _by_cue(clause, context)
        or _member(clause, context)
        or _plain_present(clause, context)
    )


def _finishes(clause: str, context: Context) -> Ruling | None:
    """A member that goes on where the lead-in stopped: "shall not: a. ask …"."""
    lead = context.lead
    if not context.opens or lead is None or lead.modality is None or not lead.finishes:
        return None
    own = _by_cue(clause, context)
    if own is not None and lead.modality is not Modality.PROHIBITION:
        return own
    return Ruling(lead.modality, "finishes-lead-in", 0.9, NOBODY)


def _imperative(clause: str, context: Context) -> Ruling | None:
    found = imperatives_en.imperative(clause, context.opens or context.nature is Nature.MEASURES)
    if found is None or context.nature in (Nature.PROBLEMS, Nature.PAST):
        return None
    subject = Subject(Who.NAMED, found.told) if found.told else NOBODY
    name = "imperative-not" if found.negated else "imperative"
    return Ruling(found.modality, name, 0.9 if context.opens else 0.8, subject)


def _by_cue(clause: str, context: Context) -> Ruling | None:
    for match, cue in found_cues(clause, "en"):
        if _directs(clause, match, cue, context):
            modality = cue.modality
            if modality is not Modality.PROHIBITION and imperatives_en.prohibits(
                clause[match.end() : match.end() + 90]
            ):
                modality = Modality.PROHIBITION
            return Ruling(modality, cue.rule, cue.confidence, _addressee(clause, match, cue))
    return None


def _directs(clause: str, match: re.Match[str], cue: Cue, context: Context) -> bool:
    before = clause[max(0, match.start() - _LOOK_BACK) : match.start()]
    after = clause[match.end() : match.end() + 120].lstrip()
    if pattern("en", "modality", "not_after_cue").match(after):
        return False
    if cue.needs != "issuer" and pattern("en", "modality", "not_before_cue").search(before.rstrip()):
        return False
    if not match.start() and match.group().lower() == "should":
        return False
    if match.group().lower().startswith("may") and _only_possible(before, after):
        return False
    if _below(before, context.opens) or _opinion(before):
        return False
    return _needs(cue, before, after, context)


def _only_possible(before: str, after: str) -> bool:
    """ "may not understand" is a guess, "may not enter" an order."""
    return bool(pattern("en", "modality", "may_not_possible").match(after)) and not _passive(after)


def _below(before: str, member: bool) -> bool:
    """Whether the modal stands in a subordinate clause, which directs nobody ("problems that must be solved").

    The clause after a comma of a list's member counts ("cases of the first kind, which are to be solved …").
    """
    tail = _BREAK.split(before)[-1]
    openers = list(_OPENER.finditer(tail))
    if not openers:
        return False
    opener = openers[-1]
    if member and opener.group().lower() == "which" and len(tail) < len(before) and opener.start() <= 6:
        return False
    word, between = opener.group().lower(), tail[opener.end() :].split()
    if word == "that" and carries(tail[: opener.start()]):
        return False
    if not between or word in ("because", "unless", "lest", "if", "than"):
        return True
    if word in ("who", "that", "which", "whose", "whom"):
        return between[0].lower() in words("en", "actor_words", "determiners") and word != "who"
    return not _AUXILIARY.search(" ".join(between)) and not between[0].lower().endswith("ing")


def _opinion(before: str) -> bool:
    return bool(pattern("en", "modality", "opinion").search(before))


def _needs(cue: Cue, before: str, after: str, context: Context) -> bool:
    if cue.needs == "issuer":
        return bool(pattern("en", "modality", "issuers").search(before[-90:]))
    if cue.needs == "":
        return True
    subject = subject_before(before)
    if cue.needs == "order":
        return _orders(subject, before, after, context)
    if cue.needs == "we-or-actor":
        return subject.who is Who.WE
    if cue.needs == "measure-actor":
        return _ordered(subject) and context.nature is Nature.MEASURES
    if cue.needs == "measure-order":
        return context.nature is Nature.MEASURES and (_ordered(subject) or _passive(after))
    return subject.who is Who.NAMED


def _ordered(subject: Subject) -> bool:
    """Somebody of the kind that orders are given to: no crowd, no "some comrades"."""
    if subject.who is not Who.NAMED or pattern("en", "actor_words", "vague").search(subject.words):
        return False
    return _head(_WORD.findall(subject.words.lower())) not in words("en", "actor_words", "not_ordered")


def _orders(subject: Subject, before: str, after: str, context: Context) -> bool:
    """ "X is to …" orders an actor, or something that is to be done; "the aim is to …" does not."""
    if subject.who is Who.NAMED:
        return True
    tokens = _WORD.findall(before.lower())
    head = _head(_WORD.findall(_BREAK.split(before)[-1].lower()))
    if not tokens or head in words("en", "modality", "aims"):
        return False
    if _passive(after):
        return True
    return context.nature is Nature.MEASURES and not context.opens and subject.who is Who.THING


def _head(tokens: list[str]) -> str:
    stop = next(
        (i for i, each in enumerate(tokens) if i and each in words("en", "actor_words", "prepositions")), len(tokens)
    )
    return tokens[stop - 1] if stop else ""


def _passive(after: str) -> bool:
    tokens = after.lower().split(None, 4)[:4]
    if not tokens or tokens[0] not in ("be", "not", "also", "never"):
        return False
    participles = (token.strip(",.;:") for token in tokens[1:])
    return any(each.endswith("ed") or each in words("en", "modality", "passive_irregular") for each in participles)


def _acted_on(after: str) -> bool:
    return after.split(None, 1)[:1] == ["be"]


def _addressee(clause: str, match: re.Match[str], cue: Cue) -> Subject:
    after = clause[match.end() : match.end() + _LOOK_BACK]
    named = match.groupdict()
    inside = named.get("who") or named.get("whom") or ""
    if cue.actor in ("who", "for"):
        if inside:
            words_of = actor_phrase(inside) or (inside if cue.rule == "no-x-may" and not _acted_on(after) else "")
            return Subject(Who.NAMED, words_of) if words_of else _passive_subject(NOBODY, after, True)
        if cue.actor == "for" and cue.modality is Modality.PROHIBITION:
            return _passive_subject(subject_before(clause[: match.start()]), after, True)
        return NOBODY
    if cue.actor in ("none", "inherit", "after"):
        return _from_segments(clause, match)
    subject = subject_before(clause[: match.start()])
    return _passive_subject(subject, after, _passive(match.group().split(None, 1)[-1] + " " + after) or _passive(after))


def _from_segments(clause: str, match: re.Match[str]) -> Subject:
    if match.group().lower().startswith("we"):
        return subject_before(clause[: match.start()] + "we")
    return NOBODY


def _passive_subject(subject: Subject, after: str, passive: bool) -> Subject:
    agent = by_phrase(after) if passive else ""
    if agent:
        return Subject(Who.NAMED, agent)
    return Subject(Who.THING, passive=True) if passive and subject.who is Who.THING else subject


def _member(clause: str, context: Context) -> Ruling | None:
    """Members of a list of measures direct whatever their form, unless they permit."""
    if not context.opens or context.nature in (Nature.PROBLEMS, Nature.PAST):
        return None
    lead = context.lead
    to = _TO.match(clause)
    if to and _is_verb(to["verb"].split()[-1]):
        if _IS_MARKER.search(context.marker) or context.nature is Nature.MEASURES or context.goes_on:
            prohibits = to.group().lower().startswith("not") or imperatives_en.prohibits(clause[to.start("verb") :])
            return Ruling(Modality.PROHIBITION if prohibits else Modality.OBLIGATION, "item-to", 0.85, NOBODY)
    if lead and lead.binds and lead.modality and not _permits(clause) and _says_something(clause):
        modality = lead.modality if lead.modality is Modality.PROHIBITION else Modality.OBLIGATION
        return Ruling(modality, "list-member", 0.7, _plain_subject(clause))
    return None


def _permits(clause: str) -> bool:
    """A permission in the main clause."""
    for match in pattern("en", "modality", "permission").finditer(clause):
        before = clause[max(0, match.start() - _LOOK_BACK) : match.start()]
        if not _below(before, False) and "so that" not in before:
            return True
    return False


def _says_something(clause: str) -> bool:
    """More than a noun heading: it ends like a sentence or clause and is not the name of a stage."""
    ends = clause.rstrip().endswith(tuple(".;!。；"))
    return ends and len(clause.split()) > 2 and not pattern("en", "list_context", "stages").search(clause)


def _is_verb(word: str) -> bool:
    lower = word.lower()
    return lower not in words("en", "actor_words", "determiners")


def _plain_subject(clause: str) -> Subject:
    found = _plain_actor(clause)
    return found[0] if found else NOBODY


def _plain_present(clause: str, context: Context) -> Ruling | None:
    """ "The traffic brigade opens a window": an actor and a verb in the present, in a list of measures."""
    if context.nature is not Nature.MEASURES or pattern("en", "modality", "told_as_fact").search(clause):
        return None
    if clause[:5].lower() == "that ":
        return None
    if _permits(clause) or not clause.rstrip().endswith(tuple(".;!:。；")):
        return None
    found = _plain_actor(clause)
    if found is None or not _ordered(found[0]):
        return None
    return Ruling(Modality.OBLIGATION, "measure-present", 0.6, found[0])


def _plain_actor(clause: str) -> tuple[Subject, str] | None:
    """The shortest noun phrase at the start of the clause that is an actor and has a present verb behind it."""
    for start in _phrase_starts(clause):
        tokens = list(_WORD.finditer(clause[start : start + 160]))
        for i in range(1, min(len(tokens), 16)):
            verb = tokens[i].group().lower()
            if verb in words("en", "actor_words", "heads") or not _present(tokens[i].group()):
                continue
            phrase = clause[start : start + tokens[i - 1].end()].strip().removeprefix("and ")
            if is_actor(phrase) and not _starts_adverbially(phrase):
                return Subject(Who.NAMED, phrase), verb
    return None


def _phrase_starts(clause: str) -> list[int]:
    """Where the subject may start: at once, after a comma, at an article after an adverbial without comma."""
    starts = [0, *(match.end() for match in _BREAK.finditer(clause[:260]))][:8]
    if _starts_adverbially(clause.strip() or "."):
        starts += [match.start() for match in _DETERMINED.finditer(clause[:120])][1:4][::-1]
    return starts


def _starts_adverbially(phrase: str) -> bool:
    return phrase.split(maxsplit=1)[0].lower() in words("en", "actor_words", "starters")


def _present(verb: str) -> bool:
    if not verb.islower():
        return False
    base = words("en", "imperatives", "strong") | words("en", "imperatives", "weak")
    stems = {verb, verb.removesuffix("s"), verb.removesuffix("es"), verb.removesuffix("ies") + "y"}
    return verb in base or (verb.endswith("s") and bool(stems & base))

"""Members of English lists, which direct by their place and not by a modal verb."""

from __future__ import annotations

import re

from archive.analysis import imperatives_en
from archive.analysis.actors_en import actor_phrase, is_actor
from archive.analysis.modality import NOBODY, Context, Nature, Ruling, Subject, Who, pattern, words
from archive.analysis.modality_en_grammar import BREAK, WORD, ordered, permits
from archive.spans import Modality

_IS_MARKER = re.compile(r"\b(?:is|are|being)\b[:,]?\s*$", re.IGNORECASE)
_TO = re.compile(r"(?:not )?to\s+(?P<verb>(?:\w+ly\s+)?[a-z]+)", re.IGNORECASE)
_DETERMINED = re.compile(r"\b(?:the|each|every|all)\s", re.IGNORECASE)
_ENDS = tuple(".;!。；")


def member(clause: str, context: Context) -> Ruling | None:
    """Members of a list of measures direct whatever their form, unless they permit."""
    if not context.opens or context.nature in (Nature.PROBLEMS, Nature.PAST):
        return None
    return _infinitive(clause, context) or _under_lead(clause, context)


def _infinitive(clause: str, context: Context) -> Ruling | None:
    """ "The first is | to standardize …"."""
    to = _TO.match(clause)
    if to is None or to["verb"].split()[-1].lower() in words("en", "actor_words", "determiners"):
        return None
    listed = context.nature is Nature.MEASURES or context.goes_on
    if not listed and not _IS_MARKER.search(context.marker):
        return None
    forbids = to.group().lower().startswith("not") or imperatives_en.prohibits(clause[to.start("verb") :])
    return Ruling(Modality.PROHIBITION if forbids else Modality.OBLIGATION, "item-to", 0.85, NOBODY)


def _under_lead(clause: str, context: Context) -> Ruling | None:
    """A noun phrase or a plain sentence under "take the following measures:"."""
    lead = context.lead
    if not (lead and lead.binds and lead.modality) or permits(clause) or not _says_something(clause):
        return None
    negative = pattern("en", "modality", "negative_member").match(clause)
    forbids = lead.modality is Modality.PROHIBITION or negative
    found = _plain_actor(clause)
    modality = Modality.PROHIBITION if forbids else Modality.OBLIGATION
    return Ruling(modality, "list-member", 0.7, found or NOBODY)


def _says_something(clause: str) -> bool:
    """More than a noun heading: it ends like a sentence or clause and is not the name of a stage."""
    ends = clause.rstrip().endswith(_ENDS)
    return ends and len(clause.split()) > 2 and not pattern("en", "list_context", "stages").search(clause)


def plain_present(clause: str, context: Context) -> Ruling | None:
    """ "The traffic brigade opens a window": an actor and a verb in the present, in a list of measures."""
    if context.nature is not Nature.MEASURES or pattern("en", "modality", "told_as_fact").search(clause):
        return None
    if clause[:5].lower() == "that ":
        return None
    if permits(clause) or not clause.rstrip().endswith((*_ENDS, ":")):
        return None
    found = _plain_actor(clause)
    if found is None or not ordered(found):
        return None
    return Ruling(Modality.OBLIGATION, "measure-present", 0.6, found)


def _plain_actor(clause: str) -> Subject | None:
    """The shortest noun phrase at the start of the clause that is an actor and has a present verb behind it."""
    for start in _phrase_starts(clause):
        tokens = list(WORD.finditer(clause[start : start + 160]))
        for i in range(1, min(len(tokens), 16)):
            verb = tokens[i].group().lower()
            if verb in words("en", "actor_words", "heads") or not _present(tokens[i].group()):
                continue
            phrase = clause[start : start + tokens[i - 1].end()].strip().removeprefix("and ")
            named = "" if _starts_adverbially(phrase) or not _one_row(phrase) else actor_phrase(phrase)
            if named:
                return Subject(Who.NAMED, named)
    return None


def _one_row(phrase: str) -> bool:
    """Commas only between actors ("courts, police and schools"), not after an adverb ("again, the leaders")."""
    return all(is_actor(each) for each in phrase.split(",")[:-1])


def _phrase_starts(clause: str) -> list[int]:
    """Where the subject may start: at once, after a comma, at an article after an adverbial without comma."""
    starts = [0, *(match.end() for match in BREAK.finditer(clause[:260]))][:8]
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

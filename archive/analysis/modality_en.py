"""Whether an English clause directs, and how it binds."""

from __future__ import annotations

import re

from archive.analysis import imperatives_en
from archive.analysis.actors_en import subject_before
from archive.analysis.actors_en_addressee import addressee
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
from archive.analysis.modality_en_grammar import (
    BREAK,
    LOOK_BACK,
    WORD,
    below,
    head,
    only_possible,
    opinion,
    ordered,
    passive,
)
from archive.analysis.modality_en_lists import member, plain_present
from archive.spans import Modality


def rule(clause: str, context: Context) -> Ruling | None:
    """The ruling on one clause, whose quotations are masked; None where it directs nobody."""
    if clause.rstrip().endswith(("?", "？")) or not clause.strip():
        return None
    if context.nature is Nature.CIRCUMSTANCES and context.opens:
        return None
    if pattern("en", "modality", "not_directing").search(clause):
        return None
    if context.opens and pattern("en", "modality", "finished_with").search(context.marker.strip()):
        return _by_cue(clause, context)
    return (
        _finishes(clause, context)
        or _imperative(clause, context)
        or _by_cue(clause, context)
        or member(clause, context)
        or plain_present(clause, context)
    )


def _finishes(clause: str, context: Context) -> Ruling | None:
    """A member that goes on where the lead-in stopped: "shall not: a. ask …"."""
    lead = context.lead
    if not context.opens or lead is None or lead.modality is None or not lead.finishes:
        return None
    own = _by_cue(clause, context)
    if own is not None and lead.modality is not Modality.PROHIBITION:
        return own
    if lead.modality is Modality.OBLIGATION and imperatives_en.prohibits(clause):
        return Ruling(Modality.PROHIBITION, "finishes-lead-in", 0.9, NOBODY)
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
            forbids = imperatives_en.prohibits(clause[match.end() : match.end() + 90])
            modality = Modality.PROHIBITION if forbids else cue.modality
            return Ruling(modality, cue.rule, cue.confidence, addressee(clause, match, cue))
    return None


def _directs(clause: str, match: re.Match[str], cue: Cue, context: Context) -> bool:
    before = clause[max(0, match.start() - LOOK_BACK) : match.start()]
    after = clause[match.end() : match.end() + 120].lstrip()
    if pattern("en", "modality", "not_after_cue").match(after):
        return False
    if cue.needs != "issuer" and pattern("en", "modality", "not_before_cue").search(before.rstrip()):
        return False
    if not match.start() and match.group().lower() == "should":
        return False
    if match.group().lower().startswith("may") and only_possible(before, after):
        return False
    if below(before, context.opens) or opinion(before):
        return False
    return _needs(cue, before, after, context)


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
        return ordered(subject) and (context.nature is Nature.MEASURES or context.order)
    if cue.needs == "measure-order":
        return context.nature is Nature.MEASURES and (ordered(subject) or passive(after))
    return subject.who is Who.NAMED


def _orders(subject: Subject, before: str, after: str, context: Context) -> bool:
    """ "X is to …" orders an actor, or something that is to be done; "the aim is to …" does not."""
    if subject.who is Who.NAMED:
        return True
    tokens = WORD.findall(before.lower())
    noun = head(WORD.findall(BREAK.split(before)[-1].lower()))
    if not tokens or noun in words("en", "modality", "aims"):
        return False
    if passive(after):
        return True
    return context.nature is Nature.MEASURES and not context.opens and subject.who is Who.THING

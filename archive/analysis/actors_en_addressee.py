"""Whom an English modal verb addresses: the words before it, after it or inside the cue's own phrase."""

from __future__ import annotations

import re

from archive.analysis.actors_en import acting_thing, actor_phrase, by_phrase, opening_actor, subject_before
from archive.analysis.modality import NOBODY, Cue, Subject, Who
from archive.analysis.modality_en_grammar import LOOK_BACK, acted_on, passive
from archive.spans import Modality


def addressee(clause: str, match: re.Match[str], cue: Cue) -> Subject:
    """The one whom the cue at `match` addresses, as far as the clause itself tells."""
    after = clause[match.end() : match.end() + LOOK_BACK]
    named = match.groupdict()
    inside = named.get("who") or named.get("whom") or ""
    if cue.actor in ("who", "for"):
        return _inside(clause[: match.start()], inside, after, cue)
    if cue.actor == "opening":
        named_after = opening_actor(after.lstrip())
        return Subject(Who.NAMED, named_after) if named_after else NOBODY
    if cue.actor in ("none", "inherit", "after"):
        return _from_segments(clause, match)
    subject = subject_before(clause[: match.start()])
    if subject.who is Who.THING and not acted_on(after):
        acting = acting_thing(clause[: match.start()])
        subject = Subject(Who.NAMED, acting) if acting else subject
    is_passive = passive(match.group().split(None, 1)[-1] + " " + after) or passive(after)
    return _passive_subject(subject, after, is_passive)


def _inside(before: str, inside: str, after: str, cue: Cue) -> Subject:
    """ "No unit may …", "it is forbidden for police stations to …"."""
    named = opening_actor(after.lstrip()) if not inside and cue.modality is not Modality.PROHIBITION else ""
    if named and " be " not in after[: len(named) + 40]:
        return Subject(Who.NAMED, named)
    if not inside:
        forbidden = cue.actor == "for" and cue.modality is Modality.PROHIBITION
        return _passive_subject(subject_before(before), after, True) if forbidden else NOBODY
    phrase = actor_phrase(inside)
    return Subject(Who.NAMED, phrase) if phrase else _passive_subject(NOBODY, after, True)


def _from_segments(clause: str, match: re.Match[str]) -> Subject:
    if match.group().lower().startswith("we"):
        return subject_before(clause[: match.start()] + "we")
    return NOBODY


def _passive_subject(subject: Subject, after: str, is_passive: bool) -> Subject:
    agent = by_phrase(after) if is_passive else ""
    if agent:
        return Subject(Who.NAMED, agent)
    return Subject(Who.THING, passive=True) if is_passive and subject.who is Who.THING else subject

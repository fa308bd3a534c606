"""Whether a Chinese clause directs, and how it binds."""

from __future__ import annotations

import re
from dataclasses import replace

from archive.analysis import imperatives_zh
from archive.analysis.actors_zh import after_cue, opening_actor, subject_before, vocative, whole_actor
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
)
from archive.analysis.modality import words as word_list
from archive.spans import Modality

_SEGMENT = re.compile(r"[，,：:；;。]")
_ENDS = tuple("。；;.！!：:")
_LOOK_BACK = 200
_BY = re.compile(r"\s*(?:将|均|都|一律)?由")
_HAN = re.compile(r"[\u3400-\u9fff]")


def rule(clause: str, context: Context) -> Ruling | None:
    """The ruling on one clause, whose quotations are masked; None where it directs nobody."""
    if clause.rstrip().endswith(("?", "？")) or not _HAN.search(clause):
        return None
    if context.nature is Nature.CIRCUMSTANCES and context.opens:
        return None
    if context.opens and clause.rstrip().endswith(("的；", "的。", "的;")):
        return None
    told, end = vocative(clause)
    clause = clause[end:]
    if pattern("zh", "modality", "not_directing").search(clause):
        return None
    found = _finishes(clause, context) or _by_cue(clause, context) or _bare(clause, context)
    if found and told and found.subject.who not in (Who.NAMED, Who.WE):
        return replace(found, subject=Subject(Who.NAMED, told))
    return found


def _finishes(clause: str, context: Context) -> Ruling | None:
    """A member that goes on where the lead-in stopped: 不得有下列行为：（一）…."""
    lead = context.lead
    if not context.opens or lead is None or lead.modality is None or not lead.finishes:
        return None
    own = _by_cue(clause, context)
    if own is not None and lead.modality is not Modality.PROHIBITION:
        return own
    return Ruling(lead.modality, "finishes-lead-in", 0.9, NOBODY)


def _by_cue(clause: str, context: Context) -> Ruling | None:
    for match, cue in found_cues(clause, "zh"):
        if _directs(clause, match, cue, context):
            modality = cue.modality
            if modality is Modality.OBLIGATION and _turned(clause[match.end() : match.end() + 12]):
                modality = Modality.PROHIBITION
            return Ruling(modality, cue.rule, cue.confidence, _addressee(clause, match, cue))
    return None


def _turned(after: str) -> bool:
    """应当避免, 要坚决杜绝, 应严禁."""
    return bool(re.match(r"(?:坚决|切实|严格|一律|尽量|尽力)?(?:避免|杜绝|严禁|禁止|防止出现|拒绝)", after))


def _directs(clause: str, match: re.Match[str], cue: Cue, context: Context) -> bool:
    before = clause[max(0, match.start() - _LOOK_BACK) : match.start()]
    after = clause[match.end() : match.end() + 120]
    if pattern("zh", "modality", "not_before_cue").search(before):
        return False
    if pattern("zh", "modality", "condition_after").match(after) or _modifies(cue, before, after):
        return False
    return _needs(cue, before, after, context)


def _modifies(cue: Cue, before: str, after: str) -> bool:
    """应当承担的责任: without a subject before it the modal may stand in front of a noun."""
    segment = _SEGMENT.split(before)[-1].strip()
    opens = cue.actor == "after" and not segment
    if opens or subject_before(before).who in (Who.NAMED, Who.WE):
        return False
    found = pattern("zh", "modality", "relative_after").match(after)
    return bool(found) and bool(segment or not before.strip())


def _needs(cue: Cue, before: str, after: str, context: Context) -> bool:
    segment = _SEGMENT.split(before)[-1].strip()
    if cue.needs == "starts":
        return _opens_segment(segment) and not _ordered_before(before, context)
    if cue.needs == "first":
        return not segment and not _SEGMENT.search(before)
    if cue.needs == "asks":
        return _asks(segment)
    if cue.needs == "actor":
        return subject_before(before).who in (Who.NAMED, Who.WE)
    if cue.needs == "issuer":
        return bool(pattern("zh", "modality", "issuers").search(segment)) and bool(after_cue(after.lstrip("，,：:")))
    if cue.needs == "promise":
        return not context.statute and subject_before(before).who in (Who.NAMED, Who.WE)
    if cue.needs == "measures":
        return context.nature is Nature.MEASURES and not context.statute
    return True


def _ordered_before(before: str, context: Context) -> bool:
    """坚持理念先行，倡导全民参与: the first verb of the sentence rules, not the cue in a later part."""
    earlier = _SEGMENT.split(before)[:-1]
    if not earlier:
        return False
    named = opening_actor(earlier[0])
    plain = context.nature is Nature.MEASURES and bool(named) and len(earlier[0].strip()) > len(named) + 2
    return plain or imperatives_zh.orders(earlier[0])


def _opens_segment(segment: str) -> bool:
    """The cue opens its part of the sentence, but for adverbs or an actor before it."""
    named = opening_actor(segment)
    return len(segment) <= 4 or segment.startswith("我们") or bool(named and len(segment) <= len(named) + 4)


def _asks(segment: str) -> bool:
    if segment.endswith(("时", "后", "前", "的")):
        return True
    return (
        not segment
        or segment in ("现", "特", "并", "也", "还", "再次", "务", "敬", "恳", "谨")
        or bool(whole_actor(segment))
    )


def _addressee(clause: str, match: re.Match[str], cue: Cue) -> Subject:
    after = clause[match.end() : match.end() + 80]
    if cue.actor == "inside":
        words = opening_actor(match["who"])
        return Subject(Who.NAMED, words or match["who"])
    if cue.actor == "after":
        words = "" if imperatives_zh.opens_with_verb(after) else after_cue(after.lstrip("，,：:"))
        if words:
            return Subject(Who.NAMED, words)
    if cue.actor == "before" and after.startswith("由"):
        return Subject(Who.NAMED, opening_actor(after[1:])) if opening_actor(after[1:]) else NOBODY
    return subject_before(clause[: match.start()])


def _bare(clause: str, context: Context) -> Ruling | None:
    """Orders without a modal verb."""
    if context.nature in (Nature.PROBLEMS, Nature.PAST) or _permits(clause):
        return None
    stage = context.opens and pattern("zh", "list_context", "stages").search(clause)
    if stage or imperatives_zh.noun_heading(clause):
        return None
    if context.statute and not _statute_orders(clause, context):
        return None
    if imperatives_zh.imperative(clause):
        return Ruling(Modality.OBLIGATION, "imperative", 0.85 if context.opens else 0.75, _charged(clause))
    if context.nature is not Nature.MEASURES or imperatives_zh.told_as_fact(clause):
        return None
    return _measure(clause, context)


def _charged(clause: str) -> Subject:
    """将由交警大队牵头，…: the one by whom it is to be done."""
    match = _BY.match(clause)
    named = opening_actor(_SEGMENT.split(clause[match.end() :])[0]) if match else ""
    return Subject(Who.NAMED, named) if named else NOBODY


def _statute_orders(clause: str, context: Context) -> bool:
    """In a law a bare verb orders only at the head of its sentence, and not in a case that the law foresees."""
    if context.opens and context.lead and context.lead.binds and context.lead.modality:
        return True
    if pattern("zh", "modality", "in_case").search(clause):
        return False
    return context.follows or imperatives_zh.orders(_SEGMENT.split(clause)[0])


def _permits(clause: str) -> bool:
    """A permission, unless an order stands in an earlier part of the sentence."""
    found = pattern("zh", "modality", "permits_first").search(clause)
    if found is None:
        return False
    earlier = _SEGMENT.split(clause[: found.start()])[:-1]
    return not earlier or not imperatives_zh.imperative(earlier[0])


def _measure(clause: str, context: Context) -> Ruling | None:
    """In a list of measures: an actor with a plain verb, a short verbal heading, a member under its lead-in."""
    if clause.rstrip().endswith(_ENDS) and pattern("zh", "imperatives", "forbids").match(clause.strip()):
        return Ruling(Modality.PROHIBITION, "imperative-not", 0.65, NOBODY)
    subject = _plain_subject(clause) if clause.rstrip().endswith(_ENDS) else None
    if subject is not None:
        return Ruling(Modality.OBLIGATION, "measure-present", 0.65, subject)
    if _hangs(clause, context):
        return Ruling(Modality.OBLIGATION, "continues", 0.6, NOBODY)
    if not context.opens or not clause.rstrip().endswith(_ENDS):
        return None
    if context.lead and context.lead.binds and context.lead.modality:
        return Ruling(Modality.OBLIGATION, "list-member", 0.7, NOBODY)
    if imperatives_zh.heading_order(clause):
        return Ruling(Modality.OBLIGATION, "verbal-heading", 0.6, NOBODY)
    return None


def _hangs(clause: str, context: Context) -> bool:
    """对行动不便的老人，两日内上门: what is said of a case goes on with the order before it."""
    first = _SEGMENT.split(clause)[0].strip()
    case = first.startswith(("对", "针对", "凡")) and imperatives_zh.adverbial(first)
    if case and first.endswith("的") and clause.rstrip().endswith(_ENDS):
        return True
    if context.opens or not clause.rstrip().endswith(_ENDS):
        return False
    return (context.goes_on and imperatives_zh.adverbial(first)) or (context.follows and case)


def _plain_subject(clause: str) -> Subject | None:
    """交警大队每周设卡, 由督察大队抽查: the actor whose plain verb orders in a list of measures."""
    if any(pattern("zh", "imperatives", key).search(clause) for key in ("announcing", "figures")):
        return None
    segments = [each.strip().removeprefix("由") for each in _SEGMENT.split(clause[:200])]
    for number, segment in enumerate(segments[:3]):
        words = opening_actor(segment)
        said = segment[len(words) :]
        crowd = words in word_list("zh", "actor_words", "not_ordered") and imperatives_zh.adverbial(segment)
        if words and not crowd and any((said, *segments[number + 1 :])):
            states = pattern("zh", "imperatives", "statement_verbs").match(said)
            return None if states else Subject(Who.NAMED, words)
        if not imperatives_zh.adverbial(segment):
            return None
    return None

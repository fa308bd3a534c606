"""Decisions in words, for the people who look them through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from archive.models import Decision, Directive, Document, Theme

QUOTE = 90
Layer, Verb = Decision.Layer, Decision.Verb


@dataclass(frozen=True, slots=True)
class Told:
    """A decision and what it did, in words."""

    decision: Decision
    what: str

    @property
    def can_be_undone(self) -> bool:
        return self.decision.undone_at is None


def told(decision: Decision) -> Told:
    tellers = {Layer.SECTION: of_section, Layer.DIRECTIVE: of_directive, Layer.DOCUMENT: of_document}
    teller = tellers.get(Layer(decision.layer), str)
    return Told(decision, teller(decision))


def of_section(decision: Decision) -> str:
    data, words = decision.data, {"quote": short(decision.quote)}
    if decision.verb == Verb.SPLIT:
        return _("A section begins at “%(quote)s”") % words
    words |= {"path": data["path"]}
    if decision.verb == Verb.MERGED:
        return _("Section %(path)s merged with the one before it: “%(quote)s”") % words
    if decision.verb == Verb.MOVED:
        levels = {"old": data["level"][0], "new": data["level"][1]}
        return _("Section %(path)s moved from level %(old)d to %(new)d: “%(quote)s”") % (words | levels)
    old, new = (short(one) for one in data["heading"])
    return _("Heading of section %(path)s: “%(old)s” → “%(new)s”") % {"path": data["path"], "old": old, "new": new}


def of_directive(decision: Decision) -> str:
    words = {"number": decision.data["directive"], "quote": short(decision.quote)}
    if decision.verb == Verb.ACCEPTED:
        return _("Directive %(number)d confirmed: “%(quote)s”") % words
    if decision.verb == Verb.REJECTED:
        return _("Directive %(number)d rejected: “%(quote)s”") % words
    if decision.verb == Verb.ADDED:
        return _("Directive %(number)d added: “%(quote)s”") % words
    words["changes"] = "; ".join(changes(decision))
    return _("Directive %(number)d corrected (%(changes)s): “%(quote)s”") % words


def changes(decision: Decision) -> Iterator[str]:
    old, new = decision.data["from"], decision.data["to"]
    modalities = {one.value: str(one.label) for one in Directive.Modality}
    if old["modality"] != new["modality"]:
        yield f"{modalities[old['modality']]} → {modalities[new['modality']]}"
    if (old["actor"], old["actor_key"]) != (new["actor"], new["actor_key"]):
        yield f"{old['actor'] or old['actor_key'] or '–'} → {new['actor'] or new['actor_key'] or '–'}"
    if old["themes"] != new["themes"]:
        yield f"{names(old['themes'])} → {names(new['themes'])}"
    if "place" in decision.data:
        yield _("now “%(quote)s”") % {"quote": short(decision.data["place"]["quote"])}


def of_document(decision: Decision) -> str:
    if "themes" in decision.data:
        old, new = decision.data["themes"]
        return _("Themes of the document: %(old)s → %(new)s") % {"old": names(old), "new": names(new)}
    fields = {field.name: str(field.verbose_name) for field in Document._meta.fields}
    changed = ((fields[name], pair) for name, pair in decision.data.items() if name in fields)
    said = "; ".join(f"{label}: “{short(str(old))}” → “{short(str(new))}”" for label, (old, new) in changed)
    return said or str(decision)


def names(keys: list[str]) -> str:
    known = {theme.key: theme.name for theme in Theme.objects.filter(key__in=keys)}
    return ", ".join(known.get(key, key) for key in keys) or "–"


def short(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(QUOTE)

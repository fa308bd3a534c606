"""What was read out of a text, as plain JSON values and as lines for people.

`record` is the form in which labelled documents are kept and scored (one JSON object per document);
`explain` prints the results in the order of the text, each with the rule that made it and its confidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.spans import Analysis, Fact, FoundDirective, FoundFormulation, FoundSection, Metadata, Span

_WIDTH = 100


def record(name: str, text: str, found: Analysis) -> dict[str, Any]:
    """The labels of one document; `name` is the name of its text file."""
    facts = found.metadata
    return {
        "file": name,
        "title": _value(facts.title),
        "site": _value(facts.site),
        "category": _value(facts.category),
        "language": found.language,
        "boilerplate": [[item.span.start, item.span.end] for item in found.boilerplate],
        "sections": [_section(text, section) for section in found.sections],
        "directives": [_directive(directive) for directive in found.directives],
        "formulations": [_formulation(text, item) for item in found.formulations],
        "themes": [theme.key for theme in found.themes],
    }


def explain(text: str, found: Analysis) -> Iterator[str]:
    """Lines for a terminal: the metadata first, then every result where it starts."""
    yield f"language {found.language}; stages " + " ".join(f"{name}/{v}" for name, v in found.versions)
    yield from _facts(found.metadata)
    for theme in found.themes:
        yield f"theme {theme.key} {theme.weight:.2f}: " + ", ".join(cue.phrase for cue in theme.cues)
    results = sorted(_results(found), key=lambda result: (result[0].start, -result[0].end))
    for span, what, rule, confidence in results:
        yield f"[{span.start}:{span.end}] {what} · {rule} {confidence:.2f} · {_quote(text, span)}"


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _section(text: str, section: FoundSection) -> dict[str, Any]:
    return {
        "start": section.span.start,
        "level": section.level,
        "kind": section.kind.value,
        "marker": section.marker,
        "heading": section.heading.of(text),
    }


def _directive(directive: FoundDirective) -> dict[str, Any]:
    return {
        "start": directive.span.start,
        "end": directive.span.end,
        "modality": directive.modality.value,
        "actor": directive.actor,
        "themes": [theme.key for theme in directive.themes],
    }


def _formulation(text: str, item: FoundFormulation) -> dict[str, Any]:
    return {"start": item.span.start, "end": item.span.end, "text": item.span.of(text)}


def _facts(facts: Metadata) -> Iterator[str]:
    single = ("title", "site", "category", "number", "issuer", "issued", "kind")
    named = [(name, getattr(facts, name)) for name in single]
    named += [("addressee", fact) for fact in facts.addressees]
    named += [("attachment", fact) for fact in facts.attachments]
    for name, fact in named:
        if fact:
            yield f"{name}: {fact.value} · {fact.rule} {fact.confidence:.2f}"


def _results(found: Analysis) -> Iterator[tuple[Span, str, str, float]]:
    for furniture in found.boilerplate:
        yield furniture.span, f"boilerplate {furniture.kind}", furniture.rule, furniture.confidence
    for section in found.sections:
        what = f"section {section.path} level {section.level} {section.kind} {section.marker!r}"
        yield section.span, what, section.rule, section.confidence
    for directive in found.directives:
        themes = " ".join(theme.key for theme in directive.themes)
        what = f"directive {directive.modality} [{directive.actor}→{directive.actor_key}] {themes}"
        yield directive.span, what, directive.rule, directive.confidence
    for item in found.formulations:
        yield item.span, f"formulation {item.key}", item.rule, item.confidence


def _quote(text: str, span: Span) -> str:
    quote = " ".join(text[span.start : min(span.end, span.start + _WIDTH + 1)].split())
    return quote if len(quote) <= _WIDTH else quote[:_WIDTH] + "…"

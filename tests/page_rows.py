"""A small archive for the tests of pages: what is in it, and where, is known exactly."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.utils import timezone

from archive.models import (
    Actor,
    Directive,
    DirectiveTheme,
    Document,
    DocumentTheme,
    Formulation,
    Occurrence,
    OutboxEntry,
    Section,
    Source,
    Theme,
    Upload,
)
from archive.spans import Span, window
from tests.markup import Pieces

TEXT = (
    "Lantern Digest - Notices - On evening rounds\n\n"
    "On evening rounds\n\n"
    "1. Aims. Every station must knock on each door before winter.\n"
    "2. Measures. One is to keep a ledger; the second is never to invent an entry.\n"
    "Officers should take the evening road seriously & listen <closely>.\n"
)
ASIDE = "Lantern Digest - Notices - On evening rounds\n\n"
SECTIONS = (
    ("1", "1. Aims", "heading"),
    ("2", "2. Measures", "heading"),
    ("2.1", "One is", "item"),
    ("2.2", "the second is", "item"),
)
ORDERS = (
    ("Every station must knock on each door before winter.", "obligation", "Every station"),
    ("to keep a ledger;", "obligation", ""),
    ("never to invent an entry.", "prohibition", ""),
    ("Officers should take the evening road seriously & listen <closely>.", "recommendation", "Officers"),
)
PHRASE = "evening road"


def source(slug: str = "harbour-bureau", name: str = "Harbour Bureau", **fields: object) -> Source:
    given = {"name_en": name, "kind": Source.Kind.BUREAU, **fields}
    return Source.objects.get_or_create(slug=slug, defaults=given)[0]


def actor(slug: str = "stations", name: str = "Stations") -> Actor:
    return Actor.objects.get_or_create(slug=slug, defaults={"name_en": name, "name_zh": "派出所"})[0]


def upload(data: bytes, name: str) -> Upload:
    digest = hashlib.sha256(data + str(Upload.objects.count()).encode()).hexdigest()
    made = Upload(sha256=digest, size=len(data), name=name, state="read", reader="text", encoding="utf-8")
    made.file.save(digest, ContentFile(data), save=False)
    made.save()
    return made


def document(text: str = TEXT, *, state: str = "published", name: str = "rounds.txt", **fields: object) -> Document:
    """A document with the sections, directives and formulation of `TEXT`, as far as the text has their words."""
    now = timezone.now()
    given = {"language": "en", "title": "On evening rounds", "kind": Document.Kind.NOTICE, "found_at": None, **fields}
    made = Document.objects.create(
        upload=upload(text.encode(), name),
        text=text,
        state=state,
        published_at=now if state in ("published", "withdrawn") else None,
        withdrawn_at=now if state == "withdrawn" else None,
        withdrawn_reason="Asked for by the bureau" if state == "withdrawn" else "",
        boilerplate=[[0, len(ASIDE), "breadcrumb"]] if text.startswith(ASIDE) else [],
        **given,
    )
    sections = add_sections(made)
    add_directives(made, sections)
    add_occurrence(made)
    DocumentTheme.objects.create(document=made, theme=Theme.objects.get(key="visits"), rank=1)
    OutboxEntry.objects.create(document=made)
    return made


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def quoted(text: str, span: Span) -> dict[str, object]:
    before, quote, after = window(text, span)
    return {"start": span.start, "end": span.end, "quote": quote, "before": before, "after": after, "stage_version": 1}


def add_sections(made: Document) -> list[Section]:
    text = made.text
    starts = [(path, at(text, words), kind) for path, words, kind in SECTIONS if words in text]
    bounds = [span.start for _, span, _ in starts] + [len(text)]
    front = {"start": 0, "end": bounds[0], "own_end": bounds[0], "quote": "", "heading_start": 0, "stage_version": 1}
    rows = [Section(document=made, ordinal=0, path="0", level=0, kind="front", rule="front", **front)]
    for place, (path, span, kind) in enumerate(starts):
        own_end = bounds[place + 1]
        words = quoted(text, span) | {"end": own_end}
        marker, _, heading = span.of(text).partition(" ")
        rows.append(
            Section(
                document=made,
                ordinal=place + 1,
                path=path,
                level=path.count(".") + 1,
                kind=kind,
                marker=marker,
                heading=heading,
                heading_start=span.start,
                own_end=own_end,
                rule="marker",
                **words,
            )
        )
    return Section.objects.bulk_create(rows)


def add_directives(made: Document, sections: Sequence[Section]) -> None:
    for words, modality, who in ORDERS:
        if words not in made.text:
            continue
        span = at(made.text, words)
        section = next(one for one in reversed(sections) if one.start <= span.start)
        row = Directive.objects.create(
            document=made,
            section=section,
            modality=modality,
            actor_text=who,
            actor=actor() if who == "Every station" else None,
            rule=f"cue-{modality}",
            **quoted(made.text, span),
        )
        theme = Theme.objects.get(key="visits" if modality == "obligation" else "discipline")
        DirectiveTheme.objects.create(directive=row, theme=theme, rank=1, cues=[["knock", 0, 5, 1.5]])


def add_occurrence(made: Document) -> None:
    if PHRASE in made.text:
        phrase, _ = Formulation.objects.get_or_create(slug="evening-road", defaults={"text_en": PHRASE})
        Occurrence.objects.create(
            document=made, formulation=phrase, rule="lexicon", **quoted(made.text, at(made.text, PHRASE))
        )


def dated(year: int) -> Mapping[str, object]:
    return {"issued_on": date(year, 1, 1), "issued_precision": "year"}


@dataclass(frozen=True, slots=True)
class Page:
    """A response as a reader gets it."""

    response: HttpResponse

    @property
    def is_html(self) -> bool:
        return str(self.response.headers.get("Content-Type", "")).startswith("text/html")

    @property
    def body(self) -> bytes:
        """Once; a file that is streamed can be read only one time."""
        return bytes(self.response.getvalue())

    @property
    def html(self) -> str:
        return self.response.content.decode()

    @property
    def main(self) -> str:
        return self.html[self.html.index("<main") : self.html.index("</main>")]

    @property
    def words(self) -> str:
        apart = re.sub(r"(<(?:td|th|tr|p|li|dd|dt|div|h[1-6]|title)\b)", r" \1", self.main)
        return " ".join(Pieces(apart).text.split())

    @property
    def read(self) -> Pieces:
        return Pieces(re.sub("<!doctype html>", "", self.html, count=1, flags=re.IGNORECASE))

    def links(self) -> list[str]:
        return [str(given["href"]) for tag, given in self.read.tags if tag == "a" and "href" in given]

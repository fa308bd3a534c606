"""What a person knows of a file before it is read: it stands above what the text seems to say.

Kept as plain values under the names of FIELDS (those of the columns of a metadata sheet): a source by its slug or its
name, a date cut to year, month or day, themes as a list of keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from archive.actions.vocabulary import source_named
from archive.models import Document, DocumentTheme, Source, Theme
from archive.spans import DatePrecision

Known = Mapping[str, object]
PLAIN = ("title", "number", "url", "language", "kind", "category", "translation")
"""Those that are a field of the document as they are."""
FIELDS = (*PLAIN, "issuer", "found_at", "date", "themes")


def known_of(source: Source | None) -> dict[str, object]:
    """Where a file comes from: a web site or newspaper hosts the document, any other body issued it."""
    if source is None:
        return {}
    hosts = source.kind in (Source.Kind.WEBSITE, Source.Kind.NEWSPAPER)
    return {"found_at" if hosts else "issuer": source.slug}


def set_known(document: Document, known: Known) -> None:
    """Set the fields of a document that is being read; each is noted as said by a person, so that it stays."""
    fields: dict[str, object] = {field: known[field] for field in PLAIN if known.get(field)}
    if known.get("issuer"):
        fields["issuer"] = source_given(str(known["issuer"]))
    if known.get("found_at"):
        fields["found_at"] = source_given(str(known["found_at"]), kind=Source.Kind.WEBSITE)
    if known.get("date"):
        fields["issued_on"], fields["issued_precision"] = dated(str(known["date"]))
    for field, value in fields.items():
        setattr(document, field, value)
        document.facts[field] = {"value": str(value), "span": None, "rule": "person", "confidence": 1.0}
    if "title" in fields:
        document.title_in_text = document.title in document.text


def give_themes(document: Document, known: Known) -> None:
    """Add the themes that a person gave to those that were read."""
    keys = known.get("themes")
    themes = Theme.objects.filter(key__in=keys if isinstance(keys, list) else [], retired=False)
    for rank, theme in enumerate(themes, start=document.documenttheme_set.count() + 1):
        DocumentTheme.objects.update_or_create(
            document=document,
            theme=theme,
            defaults={"by_person": True},
            create_defaults={"by_person": True, "rank": rank},
        )


def source_given(text: str, *, kind: Source.Kind | None = None) -> Source:
    """The source of that slug, or else of that name, made when it is new."""
    return Source.objects.filter(slug=text).first() or source_named(text, kind=kind)


def dated(value: str) -> tuple[date, str]:
    """(first day, precision) of a date that is cut to year, month or day: 2013, 2013-05, 2013-05-12."""
    parts = [int(part) for part in value.split("-")]
    precision = (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(parts) - 1]
    return date(*[*parts, 1, 1][:3]), precision.value

"""The invariants that the database itself keeps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from archive.models import Actor, Directive, Document, Formulation, Occurrence, Section, Source, Theme, Upload
from tests.factories import draft, published

pytestmark = pytest.mark.django_db

DERIVED = {"rule": "test", "stage_version": 1, "quote": "x"}


def update(**fields: object) -> Callable[[Document], object]:
    return lambda document: Document.objects.filter(pk=document.pk).update(**fields)


BROKEN: dict[str, Callable[[Document], object]] = {
    "document_has_a_title": update(title=""),
    "document_published_has_a_time": update(state="published", published_at=None),
    "document_withdrawn_has_a_time": update(state="withdrawn", withdrawn_at=None),
    "document_date_has_a_precision": update(issued_on=timezone.now().date(), issued_precision=""),
    "a precision has a date": update(issued_on=None, issued_precision="day"),
    "document_one_live_reading_of_an_upload": lambda document: Document.objects.create(
        upload=document.upload, text="x", title="x", language="en"
    ),
    "upload_failed_has_a_reason": lambda document: Upload.objects.update(state="failed", reason=""),
    "upload has bytes of its own": lambda document: Upload.objects.create(
        sha256=document.upload.sha256, size=1, file="x", name="x"
    ),
    "section_span_forwards": lambda document: document.sections.update(start=9, end=3, own_end=5),
    "section_own_text_inside": lambda document: document.sections.filter(path="0").update(own_end=10**6),
    "section_one_per_path": lambda document: document.sections.update(path="1"),
    "section_confidence_0_to_1": lambda document: document.sections.update(confidence=1.5),
    "directive_span_forwards": lambda document: directive(document, start=7, end=2),
    "directive_modality_known": lambda document: directive(document, modality="wish"),
    "directive_one_per_span": lambda document: [directive(document), directive(document)],
    "directive_confidence_0_to_1": lambda document: directive(document, confidence=-0.1),
    "occurrence_one_per_span": lambda document: [occurrence(document), occurrence(document)],
    "source_has_a_name": lambda document: Source.objects.create(slug="nameless"),
    "source_slug_plain": lambda document: Source.objects.create(slug="a,b", name_en="A"),
    "source_not_its_own_parent": lambda document: [
        made := Source.objects.create(slug="a", name_en="A"),
        Source.objects.filter(pk=made.pk).update(parent=made.pk),
    ],
    "theme_key_plain": lambda document: Theme.objects.create(key="a,b", name_en="A"),
    "actor_slug_plain": lambda document: Actor.objects.create(slug="", name_en="A"),
    "formulation_has_words": lambda document: Formulation.objects.create(slug="a"),
}


def directive(document: Document, **fields: object) -> Directive:
    given = DERIVED | {"start": 0, "end": 1, "modality": "obligation"} | fields
    return Directive.objects.create(document=document, **given)


def occurrence(document: Document) -> Occurrence:
    formulation, _ = Formulation.objects.get_or_create(slug="mass-line", text_en="the mass line")
    return Occurrence.objects.create(document=document, formulation=formulation, start=0, end=1, **DERIVED)


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name: str):
    document = draft()
    document.directives.all().delete()
    document.occurrences.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name](document)


def test_foreign_keys_are_enforced():
    document = draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(issuer_id=10**6)
        connection.check_constraints()


def test_what_others_stand_on_is_not_deleted():
    with pytest.raises(ProtectedError):
        draft().upload.delete()


def test_the_number_of_a_deleted_document_is_not_given_again():
    first = draft()
    number = first.pk
    first.delete()
    assert draft("Another circular.").pk > number


def test_readers_see_published_documents_and_directives_only():
    visible, hidden = published(), draft("A draft. It is necessary to hide it.")
    for document in (visible, hidden):
        document.directives.all().delete()
        directive(document)
        directive(document, start=1, end=2, status="rejected")
        directive(document, start=2, end=3, retired_at=timezone.now())
    assert list(Document.objects.published()) == [visible]
    assert list(Directive.objects.public().values_list("document", "start")) == [(visible.pk, 0)]
    assert set(Section.objects.published().values_list("document", flat=True)) == {visible.pk}


def test_the_vocabulary_starts_with_fifteen_themes_in_both_languages():
    themes = list(Theme.objects.all())
    assert len(themes) == 15
    assert themes[0].key == "mass-line"
    assert all(theme.name_en and theme.name_zh and theme.definition_en and theme.definition_zh for theme in themes)

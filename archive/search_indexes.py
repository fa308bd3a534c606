"""What the search index knows of a section: Haystack's index class."""

from __future__ import annotations

from datetime import date

from haystack import indexes

from archive.models import Directive, Section
from archive.search.sections import indexed_text
from archive.search.tokens import number_key


class SectionIndex(indexes.SearchIndex, indexes.Indexable):
    """A row for each section of a published document.

    Fields of slugs and keys are multi-valued even where there is one value at most: that makes them keywords.
    """

    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="document__title")
    document = indexes.IntegerField(model_attr="document_id")
    ordinal = indexes.IntegerField(model_attr="ordinal")
    year = indexes.IntegerField(null=True)
    date = indexes.DateField(model_attr="document__issued_on", null=True)
    themes = indexes.MultiValueField()
    sources = indexes.MultiValueField()
    issuers = indexes.MultiValueField()
    places = indexes.MultiValueField()
    kinds = indexes.MultiValueField()
    languages = indexes.MultiValueField()
    numbers = indexes.MultiValueField()
    actors = indexes.MultiValueField()
    modalities = indexes.MultiValueField()

    def get_model(self) -> type[Section]:
        return Section

    def prepare_text(self, section: Section) -> str:
        return indexed_text(section, section.own_text)

    def prepare_year(self, section: Section) -> int | None:
        issued: date | None = section.document.issued_on
        return issued.year if issued else None

    def prepare_themes(self, section: Section) -> list[str]:
        return [theme.key for theme in section.document.themes.all()]

    def prepare_issuers(self, section: Section) -> list[str]:
        return [section.document.issuer.slug] if section.document.issuer else []

    def prepare_places(self, section: Section) -> list[str]:
        return [section.document.found_at.slug] if section.document.found_at else []

    def prepare_sources(self, section: Section) -> list[str]:
        return self.prepare_issuers(section) + self.prepare_places(section)

    def prepare_kinds(self, section: Section) -> list[str]:
        return [section.document.kind]

    def prepare_languages(self, section: Section) -> list[str]:
        return [section.document.language]

    def prepare_numbers(self, section: Section) -> list[str]:
        document = section.document
        return [key for key in (number_key(document.number), number_key(document.number_as_typed)) if key]

    def prepare_actors(self, section: Section) -> list[str]:
        return [directive.actor.slug for directive in _shown(section) if directive.actor]

    def prepare_modalities(self, section: Section) -> list[str]:
        return [directive.modality for directive in _shown(section)]


def _shown(section: Section) -> list[Directive]:
    """The section's directives that readers see."""
    rejected = Directive.Status.REJECTED
    return [each for each in section.directives.all() if each.retired_at is None and each.status != rejected]

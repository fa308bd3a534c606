"""What the search index knows of sections and of directives: Haystack's index classes."""

from __future__ import annotations

from datetime import date

from haystack import indexes

from archive.models import Directive, Document, Section
from archive.search.sections import indexed_text, shown_directives
from archive.search.tokens import number_key


class PartOfDocument(indexes.SearchIndex):
    """What the rows of both models have: the same fields, so that one question can be asked of either.

    `ordinal` is the place in the document. Fields of slugs and keys are multi-valued even where there is one value at
    most: that makes them keywords.
    """

    text = indexes.CharField(document=True)
    title = indexes.CharField(model_attr="document__title")
    document = indexes.IntegerField(model_attr="document_id")
    ordinal = indexes.IntegerField()
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

    def prepare_year(self, row: Section | Directive) -> int | None:
        issued: date | None = row.document.issued_on
        return issued.year if issued else None

    def prepare_issuers(self, row: Section | Directive) -> list[str]:
        return [row.document.issuer.slug] if row.document.issuer else []

    def prepare_places(self, row: Section | Directive) -> list[str]:
        return [row.document.found_at.slug] if row.document.found_at else []

    def prepare_sources(self, row: Section | Directive) -> list[str]:
        return self.prepare_issuers(row) + self.prepare_places(row)

    def prepare_kinds(self, row: Section | Directive) -> list[str]:
        return [row.document.kind]

    def prepare_languages(self, row: Section | Directive) -> list[str]:
        return [row.document.language]

    def prepare_numbers(self, row: Section | Directive) -> list[str]:
        document: Document = row.document
        return [key for key in (number_key(document.number), number_key(document.number_as_typed)) if key]


class SectionIndex(PartOfDocument, indexes.Indexable):
    """A row for each section of a published document: the document's themes, its directives' actors and modalities."""

    def get_model(self) -> type[Section]:
        return Section

    def prepare_text(self, section: Section) -> str:
        return indexed_text(section, section.own_text)

    def prepare_ordinal(self, section: Section) -> int:
        return section.ordinal

    def prepare_themes(self, section: Section) -> list[str]:
        return [theme.key for theme in section.document.themes.all()]

    def prepare_actors(self, section: Section) -> list[str]:
        return [directive.actor.slug for directive in shown_directives(section.directives.all()) if directive.actor]

    def prepare_modalities(self, section: Section) -> list[str]:
        return [directive.modality for directive in shown_directives(section.directives.all())]


class DirectiveIndex(PartOfDocument, indexes.Indexable):
    """A row for each directive that readers see: its own words, themes, actor and modality."""

    def get_model(self) -> type[Directive]:
        return Directive

    def prepare_text(self, directive: Directive) -> str:
        return directive.quote

    def prepare_ordinal(self, directive: Directive) -> int:
        return directive.start

    def prepare_themes(self, directive: Directive) -> list[str]:
        return [theme.key for theme in directive.themes.all()]

    def prepare_actors(self, directive: Directive) -> list[str]:
        return [directive.actor.slug] if directive.actor else []

    def prepare_modalities(self, directive: Directive) -> list[str]:
        return [directive.modality]

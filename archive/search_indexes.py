"""What the search index knows of sections and of directives: Haystack's index classes.

They say which fields there are; `archive.search.preparing` makes the rows, whole documents at a time.
"""

from __future__ import annotations

from haystack import indexes

from archive.models import Directive, Section


class PartOfDocument(indexes.SearchIndex):
    """What the rows of both models have: the same fields, so that one question can be asked of either.

    `ordinal` is the place in the document. Fields of slugs and keys are multi-valued even where there is one value at
    most: that makes them keywords.
    """

    text = indexes.CharField(document=True)
    title = indexes.CharField()
    document = indexes.IntegerField()
    ordinal = indexes.IntegerField()
    year = indexes.IntegerField(null=True)
    date = indexes.DateField(null=True)
    themes = indexes.MultiValueField()
    sources = indexes.MultiValueField()
    issuers = indexes.MultiValueField()
    places = indexes.MultiValueField()
    kinds = indexes.MultiValueField()
    languages = indexes.MultiValueField()
    numbers = indexes.MultiValueField()
    actors = indexes.MultiValueField()
    modalities = indexes.MultiValueField()


class SectionIndex(PartOfDocument, indexes.Indexable):
    """A row for each section of a published document: the document's themes, its directives' actors and modalities."""

    def get_model(self) -> type[Section]:
        return Section


class DirectiveIndex(PartOfDocument, indexes.Indexable):
    """A row for each directive that readers see: its own words, themes, actor and modality."""

    def get_model(self) -> type[Directive]:
        return Directive

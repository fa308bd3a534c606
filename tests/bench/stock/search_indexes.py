"""The index class as Haystack's documentation writes one."""

from __future__ import annotations

from haystack import indexes

from tests.bench.stock.models import Passage


class PassageIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True, model_attr="text")
    title = indexes.CharField(model_attr="title")
    source = indexes.MultiValueField()  # a CharField would be stemmed, and its facet with it
    themes = indexes.MultiValueField(model_attr="themes")
    date = indexes.DateField(model_attr="date")
    year = indexes.IntegerField(model_attr="year")

    def get_model(self) -> type[Passage]:
        return Passage

    def prepare_source(self, passage: Passage) -> list[str]:
        return [passage.source]

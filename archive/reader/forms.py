"""GET parameters → typed values. What cannot be taken as typed is left out and complained of, never a 500."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Directive, Document
from archive.reader.fields import FormsField, NamesField, NumberField, QueryField, YearField, YearOrNoneField, shown
from archive.reader.named import ACTORS, SOURCES, THEMES
from archive.reader.parameters import FILTERS, ReaderForm
from archive.reader.queries import Checked, RegisterOrder, VocabularyOrder
from archive.search.concordance import Order
from archive.search.page import Grain, SearchParams, Sort, Variants
from archive.search.query import refusal


class PlacesForm(ReaderForm):
    """The places of one formulation, of one year or of all."""

    year = YearOrNoneField(required=False)


class VocabularyForm(ReaderForm):
    """The order of a list of names, and the one letter that they begin with."""

    sort = forms.CharField(required=False, empty_value="")
    letter = forms.CharField(required=False, empty_value="", max_length=1)

    def clean_sort(self) -> VocabularyOrder:
        try:
            return VocabularyOrder(self.cleaned_data["sort"] or VocabularyOrder.COUNT)
        except ValueError:
            message = _("“%(value)s” is no order of this list; the most frequent come first.")
            raise forms.ValidationError(message, params={"value": shown(self.cleaned_data["sort"])}) from None

    def clean_letter(self) -> str:
        return str(self.cleaned_data["letter"]).upper()


class ThemesAndSources(ReaderForm):
    """The two filters that every list of documents, directives or passages has."""

    theme = NamesField(required=False, label=gettext_lazy("theme"))
    source = NamesField(required=False, label=gettext_lazy("source"))

    def clean_theme(self) -> tuple[Any, ...]:
        return self.known("theme", THEMES)

    def clean_source(self) -> tuple[Any, ...]:
        return self.known("source", SOURCES)


class LanguagesAndKinds(ThemesAndSources):
    """What is a property of documents."""

    lang = NamesField(required=False, label=gettext_lazy("language"))
    kind = NamesField(required=False, label=gettext_lazy("kind"))

    def clean_lang(self) -> tuple[str, ...]:
        return self.allowed("lang", Document.Language.values)

    def clean_kind(self) -> tuple[str, ...]:
        return self.allowed("kind", Document.Kind.values)


class DocumentsForm(LanguagesAndKinds):
    """The list of documents. A source is an issuer or a place; `issuer` and `found-at` name only one."""

    issuer = NamesField(required=False, label=gettext_lazy("issuer"))
    year = YearOrNoneField(required=False)

    def clean_issuer(self) -> tuple[Any, ...]:
        return self.known("issuer", SOURCES)

    def clean(self) -> None:
        self.cleaned_data["found-at"] = self.known("found-at", SOURCES)


class DirectivesForm(LanguagesAndKinds):
    """The filters of the register. Both ends of the years are included; each word of `q` is in the directive."""

    filters = ("q", "status", *FILTERS)
    q = QueryField(required=False)
    actor = NamesField(required=False, label=gettext_lazy("actor"))
    modality = NamesField(required=False, label=gettext_lazy("modality"))
    status = forms.CharField(required=False, empty_value="")
    year = YearOrNoneField(required=False)
    sort = forms.CharField(required=False, empty_value="")

    def clean_q(self) -> str:
        q: str = self.cleaned_data["q"]
        if why := refusal(q):
            self.left_out.append(why.said(_))
        return q

    def clean_actor(self) -> tuple[Any, ...]:
        return self.known("actor", ACTORS)

    def clean_modality(self) -> tuple[str, ...]:
        return self.allowed("modality", Directive.Modality.values)

    def clean_status(self) -> Checked | None:
        value = self.cleaned_data["status"]
        if value and value not in list(Checked):
            message = _("“%(value)s” is neither “confirmed” nor “suggested”; the filter was left out.")
            raise forms.ValidationError(message, params={"value": shown(value)})
        return Checked(value) if value else None

    def clean_sort(self) -> RegisterOrder:
        try:
            return RegisterOrder(self.cleaned_data["sort"] or RegisterOrder.DOCUMENT)
        except ValueError:
            message = _("“%(value)s” is no order of directives; they stand in the order of their documents.")
            raise forms.ValidationError(message, params={"value": shown(self.cleaned_data["sort"])}) from None

    def clean(self) -> None:
        self.turn_years()


class SearchForm(LanguagesAndKinds):
    """The reader's question. Both ends of the years are included; `year` stands for both.

    A source is an issuer or a place where a document was found; `issuer` and `found-at` name only one of them.
    """

    q = QueryField(required=False)
    issuer = NamesField(required=False, label=gettext_lazy("issuer"))
    actor = NamesField(required=False, label=gettext_lazy("actor"))
    modality = NamesField(required=False, label=gettext_lazy("modality"))
    document = NumberField(gettext_lazy("“%(value)s” is not the number of a document; all documents were searched."))
    year = YearField(required=False)
    sort = forms.CharField(required=False, empty_value="")
    exact = forms.CharField(required=False, empty_value="")
    variant = FormsField(required=False)

    def clean_issuer(self) -> tuple[Any, ...]:
        return self.known("issuer", SOURCES)

    def clean_actor(self) -> tuple[Any, ...]:
        return self.known("actor", ACTORS)

    def clean_modality(self) -> tuple[str, ...]:
        return self.allowed("modality", Directive.Modality.values)

    def clean_document(self) -> Document | None:
        number = self.cleaned_data["document"]
        found = Document.objects.published().defer("text").filter(pk=number).first() if number else None
        if number and not found:
            message = _("There is no document %(number)s here; all documents were searched.")
            raise forms.ValidationError(message, params={"number": number})
        return found

    def clean_sort(self) -> Sort:
        try:
            return Sort(self.cleaned_data["sort"] or Sort.RELEVANCE)
        except ValueError:
            message = _("“%(value)s” is no order of results; they are sorted by relevance.")
            raise forms.ValidationError(message, params={"value": shown(self.cleaned_data["sort"])}) from None

    def clean(self) -> None:
        self.cleaned_data["found-at"] = self.known("found-at", SOURCES)
        self.cleaned_data["in"] = self._grain(self.value("in", Grain.PASSAGES))
        self.turn_years()

    def _grain(self, asked: str) -> Grain:
        if asked in list(Grain):
            return Grain(asked)
        self.left_out.append(_("“%(value)s” cannot be searched for; these are passages.") % {"value": shown(asked)})
        return Grain.PASSAGES

    @property
    def variants(self) -> Variants:
        return Variants(bool(self.value("exact")), self.value("not-variant", ()), self.value("variant", ()))

    def params(self) -> SearchParams:
        year, grain, document = self.value("year"), self.cleaned_data["in"], self.value("document")
        return SearchParams(
            q=self.value("q", ""),
            grain=grain,
            grouped=grain is Grain.PASSAGES and document is None,
            themes=tuple(theme.key for theme in self.value("theme", ())),
            sources=tuple(source.slug for source in self.value("source", ())),
            issuers=tuple(source.slug for source in self.value("issuer", ())),
            places=tuple(source.slug for source in self.value("found-at", ())),
            actors=tuple(actor.slug for actor in self.value("actor", ())),
            modalities=self.value("modality", ()),
            document=document.pk if document else None,
            variants=self.variants,
            languages=self.value("lang", ()),
            kinds=self.value("kind", ()),
            year_from=self.value("from", year),
            year_to=self.value("to", year),
            sort=self.value("sort", Sort.RELEVANCE),
            page=self.value("page", 1),
        )


# These names are no names in Python, so the fields cannot be written as attributes of the class.
DocumentsForm.base_fields |= {"found-at": NamesField(required=False, label=gettext_lazy("found at"))}
DirectivesForm.base_fields |= {"from": YearField(required=False), "to": YearField(required=False)}
SearchForm.base_fields |= {
    "in": forms.CharField(required=False, empty_value=""),
    "found-at": NamesField(required=False, label=gettext_lazy("found at")),
    "from": YearField(required=False),
    "to": YearField(required=False),
    "not-variant": FormsField(required=False),
}


class ConcordanceForm(SearchForm):
    """A question whose hits are shown line by line, under the same filters."""

    def clean_sort(self) -> Order:  # type: ignore[override]
        try:
            return Order(self.cleaned_data["sort"] or Order.DATE)
        except ValueError:
            message = _("“%(value)s” is no order of lines; they are sorted by date.")
            raise forms.ValidationError(message, params={"value": shown(self.cleaned_data["sort"])}) from None

    def params(self) -> SearchParams:
        return replace(super().params(), sort=Sort.NEWEST, page=1, grain=Grain.PASSAGES, grouped=False)

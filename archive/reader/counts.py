"""Numbers of what is published, each counted in one query; pages keep them through `archive.reader.kept`.

Every number is that of a list which a reader can open: the same rows, counted by the same rules.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet

from archive.models import Directive, DirectiveTheme, Document, DocumentTheme, Occurrence, Section
from archive.models.annotations import DirectiveQuerySet, OccurrenceQuerySet

Year = int | None
"""None is the year of what has no date."""


class OfSource(NamedTuple):
    """Documents that a source issued, that were found there, and those that are either."""

    issued: int
    hosted: int
    documents: int


class OfKind(NamedTuple):
    """Of a kind of documents: how many, their directives, and the years they are from (None where none has a date)."""

    documents: int
    directives: int
    first: int | None
    last: int | None


class OfYear(NamedTuple):
    """Of a year: its directives, and its documents by kind, theme and source."""

    directives: int
    kinds: dict[str, int]
    themes: dict[int, int]
    sources: dict[int, int]


class OfDirectives(NamedTuple):
    """Directives by year, by actor (those that name one) and by modality."""

    years: dict[int | None, int]
    actors: dict[int, int]
    modalities: dict[str, int]


class InDocuments(NamedTuple):
    """Of something that is in documents: how often, and in how many."""

    number: int = 0
    documents: int = 0


def sections() -> int:
    """Sections of published documents, front matter apart."""
    return Section.objects.published().exclude(kind=Section.Kind.FRONT).count()


def directives() -> int:
    return Directive.objects.public().count()


def first_directives(number: int, theme: int) -> list[int]:
    """The keys of the first public directives that were given a theme, in the order of the register."""
    given = public_themes().filter(theme=theme).order_by("pk").values("directive")
    return list(Directive.objects.filter(pk__in=given[:number]).values_list("pk", flat=True))


def has_chinese() -> bool:
    """Whether a published document is in Chinese."""
    return Document.objects.published().filter(language=Document.Language.CHINESE).exists()


def documents_by_year() -> dict[Year, int]:
    return dict(Document.objects.published().values_list("issued_on__year").order_by().annotate(n=Count("pk")))


def documents_by_year_and_language() -> dict[tuple[Year, str], int]:
    rows = Document.objects.published().values_list("issued_on__year", "language").order_by()
    return {(year, language): number for year, language, number in rows.annotate(n=Count("pk"))}


def gaps() -> dict[str, int]:
    """How many published documents lack what a reader would want to know of them."""
    return Document.objects.published().aggregate(
        undated=Count("pk", filter=Q(issued_on=None)),
        without_issuer=Count("pk", filter=Q(issuer=None)),
        without_place=Count("pk", filter=Q(found_at=None)),
        without_title=Count("pk", filter=Q(title_in_text=False)),
        without_number=Count("pk", filter=Q(number="")),
        by_machine=Count("pk", filter=Q(translation=Document.Translation.MACHINE)),
        wording_not_known=Count("pk", filter=Q(translation="")),
    )


def documents_by_theme_and_year() -> dict[tuple[int, Year], int]:
    """The published documents with each theme, year by year."""
    rows = published_themes().values_list("theme", "document__issued_on__year").order_by()
    return {(theme, year): number for theme, year, number in rows.annotate(n=Count("pk"))}


def published_themes() -> QuerySet[DocumentTheme]:
    return DocumentTheme.objects.filter(document__state=Document.State.PUBLISHED)


def directives_by_theme() -> dict[int, int]:
    return dict(public_themes().values_list("theme").order_by().annotate(n=Count("pk")))


def public_themes() -> QuerySet[DirectiveTheme]:
    """The themes given to public directives; the conditions of `DirectiveQuerySet.public`."""
    return DirectiveTheme.objects.filter(
        directive__document__state=Document.State.PUBLISHED, directive__retired_at=None
    ).exclude(directive__status=Directive.Status.REJECTED)


def directives_by_actor(modality: str = "") -> dict[int, int]:
    """Actor → the public directives to it of that modality, or of any."""
    told = Directive.objects.public().exclude(actor=None)
    if modality:
        told = told.filter(modality=modality)
    return dict(told.values_list("actor").order_by().annotate(n=Count("pk")))


def told(modality: str = "") -> dict[tuple[int, int], int]:
    """(actor, theme) → directives of that modality, or of any."""
    rows = public_themes().exclude(directive__actor=None)
    if modality:
        rows = rows.filter(directive__modality=modality)
    counted = rows.values_list("directive__actor", "theme").order_by().annotate(n=Count("pk"))
    return {(actor, theme): number for actor, theme, number in counted}


def documents_by_source() -> dict[int, OfSource]:
    """The sources of published documents."""
    issued: Counter[int] = Counter()
    hosted: Counter[int] = Counter()
    either: Counter[int] = Counter()
    rows = Document.objects.published().values_list("issuer", "found_at").order_by()
    for issuer, place, number in rows.annotate(n=Count("pk")):
        issued[issuer] += number
        hosted[place] += number
        either.update(dict.fromkeys({issuer, place}, number))
    return {source: OfSource(issued[source], hosted[source], either[source]) for source in either if source}


def places_by_formulation() -> dict[int, InDocuments]:
    rows = Occurrence.objects.public().values_list("formulation").order_by()
    counted = rows.annotate(n=Count("pk"), documents=Count("document", distinct=True))
    return {formulation: InDocuments(number, documents) for formulation, number, documents in counted}


def directives_by_year(actor: int = 0) -> dict[Year, InDocuments]:
    """Year → public directives (to an actor, or all), and the documents that have them."""
    return in_documents(public_directives(actor=actor))


def directives_of(theme: int = 0, source: int = 0) -> OfDirectives:
    """The public directives of a theme or a source by year, actor and modality."""
    years: Counter[Year] = Counter()
    actors: Counter[int] = Counter()
    modalities: Counter[str] = Counter()
    rows = public_directives(theme=theme, source=source).values_list("document__issued_on__year", "actor", "modality")
    for year, actor, modality, number in rows.annotate(n=Count("pk")):
        years[year] += number
        modalities[modality] += number
        if actor:
            actors[actor] += number
    return OfDirectives(dict(years), dict(actors), dict(modalities))


def public_directives(theme: int = 0, actor: int = 0, source: int = 0) -> DirectiveQuerySet:
    rows = Directive.objects.public().order_by()
    if theme:
        rows = rows.filter(directivetheme__theme=theme)
    if actor:
        rows = rows.filter(actor=actor)
    if source:
        rows = rows.filter(Q(document__issuer=source) | Q(document__found_at=source))
    return rows


def occurrences_by_year(formulation: int) -> dict[Year, InDocuments]:
    return in_documents(Occurrence.objects.public().filter(formulation=formulation).order_by())


def in_documents(rows: DirectiveQuerySet | OccurrenceQuerySet) -> dict[Year, InDocuments]:
    counted = rows.values_list("document__issued_on__year").annotate(
        n=Count("pk"), documents=Count("document", distinct=True)
    )
    return {year: InDocuments(number, documents) for year, number, documents in counted}


def themes_of(actor: int) -> dict[int, int]:
    """Theme → the public directives to an actor that have it."""
    rows = public_themes().filter(directive__actor=actor).order_by()
    return dict(rows.values_list("theme").annotate(n=Count("pk")))


def document_themes_of(source: int) -> dict[int, int]:
    """Theme → the published documents of a source that have it."""
    rows = published_themes().filter(Q(document__issuer=source) | Q(document__found_at=source)).order_by()
    return dict(rows.values_list("theme").annotate(n=Count("pk")))


def modalities_of(actor: int) -> dict[str, int]:
    """Modality → the public directives to an actor that have it."""
    return dict(public_directives(actor=actor).values_list("modality").annotate(n=Count("pk")))


def source_by_year(source: int) -> dict[Year, OfSource]:
    """Year → the published documents of a source."""
    issued, hosted = Count("pk", filter=Q(issuer=source)), Count("pk", filter=Q(found_at=source))
    rows = Document.objects.published().filter(Q(issuer=source) | Q(found_at=source)).order_by()
    counted = rows.values_list("issued_on__year").annotate(issued=issued, hosted=hosted, n=Count("pk"))
    return {year: OfSource(*numbers) for year, *numbers in counted}


def formulations_with(theme: int) -> dict[int, tuple[int, int]]:
    """Formulation → (published documents with the theme that have it, all that have it)."""
    having = Q(document__in=published_themes().filter(theme=theme).values("document"))
    rows = Occurrence.objects.public().values_list("formulation").order_by()
    counted = rows.annotate(
        both=Count("document", distinct=True, filter=having), every=Count("document", distinct=True)
    )
    return {formulation: (both, every) for formulation, both, every in counted}


def themes_with(formulation: int) -> dict[int, int]:
    """Theme → the published documents with it in which the formulation occurs."""
    places = Occurrence.objects.public().filter(formulation=formulation).values("document")
    rows = published_themes().filter(document__in=places).order_by()
    return dict(rows.values_list("theme").annotate(n=Count("pk")))


def kinds() -> dict[str, OfKind]:
    """The kinds of the published documents."""
    directives = dict(Directive.objects.public().values_list("document__kind").order_by().annotate(n=Count("pk")))
    rows = Document.objects.published().values_list("kind").order_by()
    counted = rows.annotate(n=Count("pk"), first=Min("issued_on__year"), last=Max("issued_on__year"))
    return {kind: OfKind(number, directives.get(kind, 0), first, last) for kind, number, first, last in counted}


def of_year(year: int | None) -> OfYear:
    """What is published of a year."""
    documents = Document.objects.published().order_by()
    documents = documents.filter(issued_on__year=year) if year else documents.filter(issued_on=None)
    chosen = documents.values("pk")
    sources: Counter[int] = Counter()
    for issuer, place, number in documents.values_list("issuer", "found_at").annotate(n=Count("pk")):
        sources.update({source: number for source in {issuer, place} if source})
    return OfYear(
        Directive.objects.public().filter(document__in=chosen).count(),
        dict(documents.values_list("kind").annotate(n=Count("pk"))),
        dict(published_themes().filter(document__in=chosen).values_list("theme").order_by().annotate(n=Count("pk"))),
        dict(sources),
    )


def wordings_of(actor: int, most: int = 12) -> list[tuple[str, int]]:
    """The words of the texts for an actor in public directives, the most frequent first, with their numbers."""
    rows = Directive.objects.public().filter(actor=actor).exclude(actor_text="").order_by()
    return list(rows.values_list("actor_text").annotate(n=Count("pk")).order_by("-n", "actor_text")[:most])


def forms_of(formulation: int) -> list[tuple[str, str, int]]:
    """(words, language, places) of each form that a formulation has in published documents, the most frequent first."""
    rows = Occurrence.objects.public().filter(formulation=formulation).order_by()
    counted: Counter[tuple[str, str]] = Counter()
    for quote, language, number in rows.values_list("quote", "document__language").annotate(n=Count("pk")):
        counted[" ".join(quote.split()).lower(), language] += number
    return [(*form, number) for form, number in counted.most_common()]

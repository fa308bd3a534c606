"""What the lists of the reader's pages are made of. Only what is published is counted, named or linked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.functions import Coalesce, ExtractYear
from django.utils.translation import gettext_lazy as _

from archive.models import (
    Actor,
    Directive,
    DirectiveTheme,
    Document,
    DocumentTheme,
    Formulation,
    Occurrence,
    Source,
    Theme,
)
from archive.search.query import refusal

if TYPE_CHECKING:
    from archive.models.annotations import DirectiveQuerySet
    from archive.models.documents import DocumentQuerySet
    from archive.reader.parameters import ReaderForm

PUBLISHED = Document.State.PUBLISHED
UNDATED = "undated"
"""Stands in an address for the year of what has no date."""
OF_DOCUMENTS = ("source", "lang", "kind", "year", "from", "to")


class Checked(TextChoices):
    """Whether a person has looked at a directive and found it, as it is or corrected, to be one."""

    CONFIRMED = "confirmed", _("confirmed")
    SUGGESTED = "suggested", _("suggested by machine")


STATUSES = {
    Checked.CONFIRMED: (Directive.Status.ACCEPTED, Directive.Status.CHANGED),
    Checked.SUGGESTED: (Directive.Status.SUGGESTED,),
}


class RegisterOrder(TextChoices):
    DOCUMENT = "document", _("document")
    NEWEST = "newest", _("newest first")
    OLDEST = "oldest", _("oldest first")


class VocabularyOrder(TextChoices):
    COUNT = "count", _("how many")
    NAME = "name", _("name")


def themes() -> QuerySet[Theme]:
    """The themes in use."""
    return Theme.objects.filter(retired=False)


def sources() -> QuerySet[Source]:
    """The sources of published documents."""
    published = Document.objects.published()
    of_source = published.filter(Q(issuer=OuterRef("pk")) | Q(found_at=OuterRef("pk")))
    return Source.objects.filter(Exists(of_source))


def actors() -> QuerySet[Actor]:
    """The actors of public directives."""
    return Actor.objects.filter(Exists(Directive.objects.public().order_by().filter(actor=OuterRef("pk"))))


def formulations() -> QuerySet[Formulation]:
    """The formulations that occur in published documents."""
    return Formulation.objects.filter(Exists(Occurrence.objects.public().filter(formulation=OuterRef("pk"))))


def merged(rows: QuerySet[Any], field: str, names: Iterable[str]) -> dict[str, Any]:
    """Name of what was merged into one of the rows → that row."""
    gone = rows.model._default_manager.filter(merged_into__isnull=False, **{f"{field}__in": names})
    into = dict(gone.values_list(field, "merged_into"))
    standing = {row.pk: row for row in rows.filter(pk__in=into.values())} if into else {}
    return {name: standing[pk] for name, pk in into.items() if pk in standing}


def documents_by_year(documents: DocumentQuerySet | None = None) -> dict[int | None, int]:
    """Year → number of the documents (all that are published); None holds those without a date."""
    rows = (
        (Document.objects.published() if documents is None else documents)
        .order_by()
        .annotate(year=ExtractYear("issued_on"))
        .values_list("year")
        .annotate(number=Count("pk"))
    )
    return dict(rows)


def counted(rows: QuerySet, outer: str, what: str = "pk") -> Coalesce:
    """A subquery that counts the rows whose field `outer` is the row of the query around it."""
    grouped = rows.order_by().filter(**{outer: OuterRef("pk")}).values(outer)
    return Coalesce(Subquery(grouped.annotate(counted=Count(what, distinct=True)).values("counted")), 0)


def themes_with_counts() -> QuerySet[Theme]:
    """The themes in use, with the numbers of their published documents and public directives."""
    given = DirectiveTheme.objects.filter(directive__in=Directive.objects.public())
    rows = themes().select_related("parent")
    return rows.annotate(
        documents_count=counted(DocumentTheme.objects.filter(document__state=PUBLISHED), "theme", "document"),
        directives_count=counted(given, "theme", "directive"),
    )


def sources_with_counts() -> QuerySet[Source]:
    """The sources, with the numbers of what they issued and what was found there."""
    published = Document.objects.published()
    rows = sources().select_related("parent")
    return rows.annotate(issued_count=counted(published, "issuer"), hosted_count=counted(published, "found_at"))


def actors_with_counts() -> QuerySet[Actor]:
    """The actors, those with most directives first."""
    told = counted(Directive.objects.public(), "actor")
    return actors().annotate(directives_count=told).order_by("-directives_count", "name_en")


def formulations_with_counts() -> QuerySet[Formulation]:
    """The formulations, with the numbers of occurrences and documents."""
    occurrences = Occurrence.objects.public()
    return (
        formulations()
        .annotate(
            occurrences_count=counted(occurrences, "formulation"),
            documents_count=counted(occurrences, "formulation", "document"),
        )
        .order_by("-documents_count", "-occurrences_count", "text_en", "text_zh")
    )


def documents_of(form: ReaderForm) -> DocumentQuerySet:
    """The published documents that the filters of a list leave; the values of one filter are joined by OR."""
    rows = described(form)
    if themes_chosen := form.value("theme"):
        rows = rows.filter(Exists(DocumentTheme.objects.filter(document=OuterRef("pk"), theme__in=themes_chosen)))
    return rows


def described(form: ReaderForm) -> DocumentQuerySet:
    """The published documents that the filters by source, language, kind and year leave."""
    rows = Document.objects.published()
    if sources_chosen := form.value("source"):
        rows = rows.filter(Q(issuer__in=sources_chosen) | Q(found_at__in=sources_chosen))
    if issuers := form.value("issuer"):
        rows = rows.filter(issuer__in=issuers)
    if places := form.value("found-at"):
        rows = rows.filter(found_at__in=places)
    if languages := form.value("lang"):
        rows = rows.filter(language__in=languages)
    if kinds := form.value("kind"):
        rows = rows.filter(kind__in=kinds)
    if year := form.value("year"):
        rows = in_year(rows, year)
    if first := form.value("from"):
        rows = rows.filter(issued_on__year__gte=first)
    if last := form.value("to"):
        rows = rows.filter(issued_on__year__lte=last)
    return rows


def in_year(documents: DocumentQuerySet, year: int | str) -> DocumentQuerySet:
    """Those of a year, or those without a date."""
    return documents.filter(issued_on=None) if year == UNDATED else documents.filter(issued_on__year=year)


def directives_of(form: ReaderForm) -> DirectiveQuerySet:
    """The public directives that the filters of the register leave."""
    rows = Directive.objects.public()
    if any(form.value(name) for name in OF_DOCUMENTS):
        rows = rows.filter(document__in=described(form))
    if themes_chosen := form.value("theme"):
        rows = rows.filter(Exists(DirectiveTheme.objects.filter(directive=OuterRef("pk"), theme__in=themes_chosen)))
    if actors_chosen := form.value("actor"):
        rows = rows.filter(actor__in=actors_chosen)
    if modalities := form.value("modality"):
        rows = rows.filter(modality__in=modalities)
    if status := form.value("status"):
        rows = rows.filter(status__in=STATUSES[status])
    if refusal(form.value("q", "")):
        return rows.none()
    for word in form.value("q", "").split():
        rows = rows.filter(quote__icontains=word)
    return rows


def in_order(directives: DirectiveQuerySet, order: RegisterOrder) -> DirectiveQuerySet:
    """The directives sorted; what has no date comes last, and within a document they follow its text."""
    match order:
        case RegisterOrder.NEWEST:
            return directives.order_by(F("document__issued_on").desc(nulls_last=True), "document_id", "start")
        case RegisterOrder.OLDEST:
            return directives.order_by(F("document__issued_on").asc(nulls_last=True), "document_id", "start")
    return directives.order_by("document_id", "start")

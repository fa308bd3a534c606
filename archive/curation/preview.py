"""The preview of a document: its text as read on one side, what was found in it on the other."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.contrib import admin, messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from archive.actions.corrections import correct_metadata
from archive.actions.revisions import ChangedMeanwhile
from archive.curation import access, metadata
from archive.curation.concerns import Warned, warnings_of
from archive.curation.forms import VersionForm, WithdrawalForm
from archive.curation.metadata import MetadataForm
from archive.curation.uploads import acting_user, preview_address
from archive.models import Directive, DirectiveTheme, Document, Section
from archive.parallels import compared
from archive.reader.bylines import html_language
from archive.reader.comparison import asides, whole_percent
from archive.reader.layout import merged
from archive.reader.likeness import Near, nearest
from archive.reader.rendering import Layer, Mark, marked_blocks
from archive.spans import Span, furniture

COMPARED_AT_MOST = 500_000
"""Characters that are compared for one page; beyond them the likeness is only estimated."""

Tree = list["SafeString | Tree"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text as HTML; what is not the document's is folded, and `kinds` says what it is."""

    html: SafeString
    kinds: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """A document that reads like this one, and the percentage of each text that stands in the other."""

    near: Near
    of_this: int
    of_other: int
    is_estimated: bool


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    document = of_curation(request, pk, "see")
    may = access.rights(request.user, document)
    return page(request, document, MetadataForm(instance=document, may_correct=may.correct))


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the metadata; where somebody was faster, say what they changed and give the entries back."""
    document = of_curation(request, pk, "correct")
    form = MetadataForm(request.POST, instance=document)
    if not form.is_valid():
        messages.error(request, _("Nothing was saved yet. Correct what is marked below."))
        return page(request, of_curation(request, pk, "correct"), form)
    try:
        correct_metadata(
            document=document,
            changed=form.changed,
            by=acting_user(request),
            revision=form.cleaned_data["revision"],
        )
    except ChangedMeanwhile as error:
        fresh = of_curation(request, pk, "correct")
        return page(request, fresh, metadata.over_the_new(form, fresh), error, status=409)
    messages.success(request, _("Saved.") if form.changed else _("Nothing was changed."))
    return redirect(f"{preview_address(document)}#metadata")


def of_curation(request: HttpRequest, pk: int, right: str) -> Document:
    """The document of that number, if the person has the right; else Http404 or PermissionDenied."""
    document = get_object_or_404(Document.objects.select_related("upload", "issuer", "found_at"), pk=pk)
    access.require(request, document, right)
    return document


def page(
    request: HttpRequest,
    document: Document,
    form: MetadataForm,
    meanwhile: ChangedMeanwhile | None = None,
    status: int = 200,
) -> HttpResponse:
    sections = list(document.sections.exclude(path="0"))
    directives = list(standing_directives(document))
    warned = warnings_of(document, len(sections))
    context = admin.site.each_context(request) | {
        "title": _("Preview"),
        "subtitle": document.title,
        "opts": Document._meta,
        "document": document,
        "lang": html_language(document.language),
        "stretches": stretches(document, reading_marks(document, sections, directives, warned)),
        "outline": tree(sections),
        "sections_count": len(sections),
        "directives": directives,
        "occurrences": document.occurrences.select_related("formulation"),
        "themes": document.documenttheme_set.select_related("theme"),
        "entries": metadata.entries(form, document),
        "form": form,
        "warned": warned,
        "alike": list(alike(request, document)),
        "earlier": document.earlier_versions.defer("text").select_related("upload"),
        "meanwhile": meanwhile,
        "changes": metadata.changes_told(meanwhile) if meanwhile else [],
        "withdrawal": WithdrawalForm(),
        "version_form": VersionForm(auto_id="id_version_%s"),
        "may": access.rights(request.user, document),
    }
    return TemplateResponse(request, "admin/archive/document/preview.html", context, status=status)


def standing_directives(document: Document) -> Iterable[Directive]:
    given = DirectiveTheme.objects.select_related("theme")
    rows = document.directives.filter(retired_at=None).select_related("actor")
    return rows.prefetch_related(Prefetch("directivetheme_set", given)).order_by("start", "end")


def reading_marks(
    document: Document, sections: Iterable[Section], directives: Iterable[Directive], warned: Iterable[Warned]
) -> Iterator[Mark]:
    """What was read, as marks on the text with the anchors that the other side leads to."""
    for section in sections:
        marker = Span(section.start, max(section.start + len(section.marker), section.start + 1))
        yield Mark(marker, Layer.FORMULATION, "span", (("class", "marker"),), section.anchor)
    for row in directives:
        yield Mark(row.span, Layer.DIRECTIVE, "span", (("class", f"directive {row.modality}"),), row.anchor)
    for occurrence in document.occurrences.all():
        yield Mark(occurrence.span, Layer.FORMULATION, "span", (("class", "formulation"),))
    for name, fact in document.facts.items():
        if fact.get("span"):
            yield Mark(Span(*fact["span"]), Layer.HIT, "span", (("class", "fact"),), f"read-{name}")
    for warning in warned:
        if warning.place:
            yield Mark(warning.place, Layer.HIT, "span", (("class", "doubt"),), f"doubt-{warning.kind}")


def stretches(document: Document, marks: Iterable[Mark]) -> list[Stretch]:
    """The text in its order, cut where it stops or begins to be the document's own."""
    text = document.text
    folded = merged(furniture(document.boilerplate), len(text))
    edges = sorted({0, len(text), *(edge for aside in folded for edge in (aside.start, aside.end))})
    spans = [Span(start, end) for start, end in pairwise(edges)]
    pages = marked_blocks(text, spans, marks)
    kinds: dict[int, set[str]] = defaultdict(set)
    for start, _end, kind in document.boilerplate:
        kinds[bisect_right(edges, start) - 1].add(kind)
    starts = {aside.start for aside in folded}
    named = (", ".join(sorted(kinds[place])) if span.start in starts else "" for place, span in enumerate(spans))
    return [Stretch(html, kind) for html, kind in zip(pages, named, strict=True)]


def tree(sections: Sequence[Section]) -> Tree:
    """The outline as nested lists for `unordered_list`, each item leading to its place in the text."""
    root: Tree = []
    above: list[tuple[int, Tree]] = [(0, root)]
    for section in sections:
        while above[-1][0] >= section.level > 0:
            above.pop()
        below: Tree = []
        above[-1][1].extend([outline_item(section), below])
        above.append((section.level, below))
    return root


def outline_item(section: Section) -> SafeString:
    return format_html(
        '<a href="#{}">{}</a> <span class="rule">{}</span>', section.anchor, str(section)[:120], section.rule
    )


def alike(request: HttpRequest, document: Document) -> Iterator[Alike]:
    """The documents that read like this one, measured exactly while that is quick; whom the person may see."""
    left = COMPARED_AT_MOST
    seen = Document.objects.seen_in_curation_by(request.user) | Document.objects.published()
    for near in nearest(document, seen.exclude(state=Document.State.DISCARDED)):
        left -= len(document.text) + len(near.document.text)
        if left < 0:
            percent = whole_percent(near.likeness)
            yield Alike(near, percent, percent, is_estimated=True)
            continue
        found = compared(
            document.text, near.document.text, left_without=asides(document), right_without=asides(near.document)
        )
        yield Alike(near, whole_percent(found.left_share), whole_percent(found.right_share), is_estimated=False)

"""The register of directives, and the page of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from archive.models import Directive, Document
from archive.reader import citing, errors, heads, queries
from archive.reader.addresses import chips, kept_listing
from archive.reader.forms import DirectivesForm
from archive.reader.kept import corpus
from archive.reader.lists import actors_counted, sources_named
from archive.reader.queries import Checked, RegisterOrder
from archive.reader.quoting import around, context_width
from archive.reader.register import for_table, table_rows
from archive.reader.rendering import snippet
from archive.reader.rules import in_words
from archive.reader.similar import similar


@require_safe
def directives(request: HttpRequest) -> HttpResponse:
    form = DirectivesForm(request.GET)
    order = form.value("sort", RegisterOrder.DOCUMENT)
    rows = queries.in_order(queries.directives_of(form), order)
    state = corpus()
    context = {
        "listing": (page := kept_listing(rows, form, state, for_table)),
        "directives": table_rows(page.rows),
        "form": form,
        "chips": chips(request, form),
        "orders": [(one.value, one.label, one == order) for one in RegisterOrder],
        "themes": queries.themes(),
        "sources": sources_named(state),
        "actors": [entry.row for entry in actors_counted(state)],
        "modalities": Directive.Modality.choices,
        "kinds": Document.Kind.choices,
        "languages": Document.Language.choices,
        "statuses": Checked.choices,
    }
    return render(request, "directives.html", context)


@require_safe
def directive(request: HttpRequest, number: int) -> HttpResponse:
    found = found_directive(number)
    if not is_public(found):
        return errors.retired(request, found)
    context = {
        "directive": found,
        "html": snippet(around(found.document.text, found.span, context_width(found.document.language))),
        "rule": in_words(found.rule),
        "themes": found.directivetheme_set.all(),
        "similar": similar(found),
        "cite_box": (box := citing.box_of_directive(request, found)),
        "head": heads.directive_head(request, found, box.work),
    }
    return render(request, "directive.html", context)


def found_directive(number: int) -> Directive:
    """The directive if its document is published, or was and is withdrawn; else Http404."""
    rows = Directive.objects.select_related("document__issuer", "document__found_at", "section", "actor")
    found = get_object_or_404(rows.prefetch_related("directivetheme_set__theme"), pk=number)
    if found.document.state not in (Document.State.PUBLISHED, Document.State.WITHDRAWN):
        raise Http404("The document of this directive is not published.")
    return found


def is_public(found: Directive) -> bool:
    """The rule of `DirectiveQuerySet.public` for one row."""
    return found.document.is_published and found.retired_at is None and found.status != Directive.Status.REJECTED

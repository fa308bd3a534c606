"""“Report a problem with this page”: a form that lands in the review queue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archive.actions.problems import TooManyReports, report_problem
from archive.models import Directive, Document, ProblemReport

PAGE_LENGTH = 500


class ProblemForm(forms.ModelForm):
    """What is wrong, and on which page. Only a program fills in `website`, which people do not see."""

    website = forms.CharField(
        required=False,
        label=gettext_lazy("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"}),
    )

    class Meta:
        model = ProblemReport
        fields = ("page", "words", "contact")
        labels = {
            "page": gettext_lazy("Page"),
            "words": gettext_lazy("What is wrong?"),
            "contact": gettext_lazy("Your e-mail address, if you want an answer"),
        }
        help_texts = {
            "page": gettext_lazy("The address of the page, without the name of the site."),
            "words": gettext_lazy("For a mistake in what was read out of a text, quote the words that it is about."),
            "contact": gettext_lazy("It is erased as soon as the report is settled."),
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 6, "maxlength": 4000}),
            "contact": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        error_messages = {
            "words": {"required": gettext_lazy("Say in a few words what is wrong with the page.")},
            "page": {"required": gettext_lazy("Say which page it is, for example /documents/2/.")},
        }

    def clean_page(self) -> str:
        page: str = self.cleaned_data["page"].strip()
        if not page.startswith("/") or not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
            message = _("“%(value)s” is not an address within this site; it begins with a slash, like /documents/2/.")
            raise forms.ValidationError(message, params={"value": page[:60]})
        return page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        page = request.GET.get("page", "")[:PAGE_LENGTH]
        return render(request, "about/problem.html", {"form": ProblemForm(initial={"page": page})})
    form = ProblemForm(request.POST)
    if form.is_valid() and (form.cleaned_data["website"] or kept(request, form)):
        return redirect("problem_thanks")
    return render(request, "about/problem.html", {"form": form}, status=429 if form.non_field_errors() else 422)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "about/problem_thanks.html")


def kept(request: HttpRequest, form: ProblemForm) -> bool:
    """Whether the report was taken in; else the form says that it was not, and holds what was typed."""
    given: dict[str, Any] = {name: form.cleaned_data[name] for name in ("page", "words", "contact")}
    try:
        report_problem(**given, document=document_of(given["page"]), address=client_address(request))
    except TooManyReports:
        form.add_error(
            None,
            _("Too many reports came within an hour. Yours was not kept: please send it again later, it stands below."),
        )
        return False
    return True


def document_of(page: str) -> Document | None:
    """The published document whose page, or one of whose directives, an address of this site leads to."""
    try:
        match = resolve(page.partition("?")[0].partition("#")[0])
    except Http404:
        return None
    published = Document.objects.published().defer("text")
    if match.url_name == "document":
        return published.filter(pk=match.kwargs["number"]).first()
    if match.url_name == "directive":
        told = Directive.objects.public().filter(pk=match.kwargs["number"])
        return published.filter(pk__in=told.values("document")).first()
    return None


def client_address(request: HttpRequest) -> str:
    """Where the request came from; in production nginx says it, which overwrites what a client pretends."""
    behind_nginx: str = request.headers.get("X-Real-IP", "") if settings.PRODUCTION else ""
    return behind_nginx or request.META.get("REMOTE_ADDR", "")

"""What can be done with a selection of the list of documents: the same metadata for all, publishing, discarding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.actions.selections import Done, correct_all, discard_all, publish_all
from archive.curation import access
from archive.curation.uploads import acting_user
from archive.models import Document, Source, Theme
from archive.models.documents import DocumentQuerySet

AT_ONCE = 200
"""Documents that are changed while a person waits."""
UNCHANGED = ("", gettext_lazy("as it is"))


class SelectionForm(forms.Form):
    """What all selected documents shall have; what is left empty stays as it is."""

    issuer = forms.ModelChoiceField(Source.objects.all(), label=gettext_lazy("Issued by"), required=False)
    found_at = forms.ModelChoiceField(Source.objects.all(), label=gettext_lazy("Found at"), required=False)
    kind = forms.ChoiceField(choices=[UNCHANGED, *Document.Kind.choices], label=gettext_lazy("Kind"), required=False)
    language = forms.ChoiceField(
        choices=[UNCHANGED, *Document.Language.choices], label=gettext_lazy("Language"), required=False
    )
    category = forms.CharField(label=gettext_lazy("Category"), max_length=120, required=False)
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.filter(retired=False),
        to_field_name="key",
        label=gettext_lazy("Themes"),
        required=False,
        help_text=gettext_lazy("Added to those that each document has."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.values()):
            raise forms.ValidationError(_("Choose what to change."))
        return cleaned

    def fields_given(self) -> dict[str, object]:
        return {name: value for name, value in self.cleaned_data.items() if value and name != "themes"}


def selected(request: HttpRequest, queryset: DocumentQuerySet, right: str) -> list[Document]:
    """The documents, with whose file; PermissionDenied when the person lacks the right to one of them."""
    documents = list(queryset.select_related("upload", "issuer", "found_at")[: AT_ONCE + 1])
    if len(documents) > AT_ONCE:
        messages.error(request, _("Choose at most %d documents at a time; nothing was changed.") % AT_ONCE)
        return []
    if not all(getattr(access.rights(request.user, document), right) for document in documents):
        raise PermissionDenied
    return documents


@admin.action(description=gettext_lazy("Change metadata and themes of the selected documents"))
def correct(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: DocumentQuerySet) -> HttpResponse | None:
    """A page that asks what to change; sent again from there, the change."""
    documents = selected(request, queryset, "correct")
    if not documents:
        return None
    asked = "apply" in request.POST
    form = SelectionForm(request.POST if asked else None)
    if asked and form.is_valid():
        themes = [theme.key for theme in form.cleaned_data["themes"]]
        done = correct_all(documents=documents, fields=form.fields_given(), themes=themes, by=acting_user(request))
        tell(request, done)
        return None
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Change the selected documents"),
        "opts": model_admin.opts,
        "form": form,
        "documents": documents,
    }
    return TemplateResponse(request, "admin/archive/document/bulk.html", context)


@admin.action(description=gettext_lazy("Publish the selected drafts"))
def publish(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: DocumentQuerySet) -> None:
    drafts = queryset.filter(state=Document.State.DRAFT)
    tell(request, publish_all(documents=selected(request, drafts, "publish"), by=acting_user(request)))


@admin.action(description=gettext_lazy("Discard the selected drafts"))
def discard(model_admin: admin.ModelAdmin, request: HttpRequest, queryset: DocumentQuerySet) -> None:
    tell(request, discard_all(documents=selected(request, queryset, "discard"), by=acting_user(request)))


def tell(request: HttpRequest, done: Done) -> None:
    messages.success(
        request, ngettext("%d document was changed.", "%d documents were changed.", done.changed) % done.changed
    )
    for number, reason in done.hindered:
        messages.warning(request, _("Document %(number)d: %(reason)s") % {"number": number, "reason": reason})


ACTIONS: tuple[Any, ...] = (correct, publish, discard)

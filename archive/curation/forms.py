"""What administrators fill in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.actions.corrections import METADATA
from archive.models import Document

MEGABYTE = 1024 * 1024


class WithdrawalForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class MetadataForm(forms.ModelForm):
    """What a person may correct of a document's metadata; the text itself is never edited."""

    class Meta:
        model = Document
        fields = METADATA

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if bool(cleaned.get("issued_on")) != bool(cleaned.get("issued_precision")):
            self.add_error(
                "issued_precision",
                _("Give the date and how exactly it is known (year, month or day), or leave both empty."),
            )
        return cleaned

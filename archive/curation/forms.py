"""What administrators fill in."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import formats
from archive.actions.corrections import METADATA
from archive.models import Document, Source

MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    """One file, and what the person who uploads it knows of it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(formats.SUFFIXES)}),
    )
    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=gettext_lazy("Source"),
        required=False,
        help_text=gettext_lazy(
            "Where it comes from, if the text does not say it: a web site or newspaper, or its issuer."
        ),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        size = file.size or 0
        if size > settings.UPLOAD_LIMIT:
            raise ValidationError(
                _("This file has %(size).1f MB; the archive takes %(limit)d MB. Split it, or take the pictures out."),
                params={"size": size / MEGABYTE, "limit": settings.UPLOAD_LIMIT // MEGABYTE},
            )
        return file


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

"""What administrators fill in."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive import formats
from archive.actions.imports import too_large


def not_too_large(file: UploadedFile) -> None:
    """ValidationError for a file beyond the limit of the settings."""
    size = file.size or 0
    if size > settings.UPLOAD_LIMIT:
        raise ValidationError(too_large(size))


class WithdrawalForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class VersionForm(forms.Form):
    """A better file for a document that is there already."""

    file = forms.FileField(
        label=gettext_lazy("The better file"),
        allow_empty_file=True,
        validators=[not_too_large],
        widget=forms.FileInput(attrs={"accept": ",".join(formats.SUFFIXES)}),
    )
    reason = forms.CharField(
        label=gettext_lazy("What is better in it (readers see this)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class EncodingForm(forms.Form):
    """The character set to read a file in; `encodings` are those that fit it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, encodings: Iterable[str], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["encoding"] = forms.ChoiceField(label=_("Encoding"), choices=[(one, one) for one in encodings])

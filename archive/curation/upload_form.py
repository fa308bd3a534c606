"""What a person fills in to upload files: the files, what is known of all of them, and a sheet of what of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive import formats
from archive.actions.imports import Candidate, names_in, too_large
from archive.actions.known import known_of
from archive.actions.sheets import COLUMNS, Problem, SheetRefused, metadata_of
from archive.models import Document, Source, Theme


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """As many files as a person chooses; empty ones too, which are told apart when they are read."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(ManyFiles, self).clean(file, initial) for file in files or [None]]


class HintsForm(forms.Form):
    """What is known of all files. A sheet speaks of `files`; without these, of whatever comes."""

    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=_("Source"),
        required=False,
        help_text=_("Where they come from, if the text does not say it: a web site or newspaper, or their issuer."),
    )
    language = forms.ChoiceField(
        choices=[("", _("as the text says")), *Document.Language.choices], label=_("Language"), required=False
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.filter(retired=False),
        to_field_name="key",
        label=_("Themes"),
        required=False,
        help_text=_("Given to every document, beside those that are found in it."),
    )
    sheet = forms.FileField(
        label=_("Sheet of metadata"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=format_lazy(
            "{} {}",
            _("CSV or xlsx, a row for each file. Columns, of which only the first must be there:"),
            ", ".join(COLUMNS),
        ),
    )
    publish = forms.BooleanField(
        label=_("Publish at once"), required=False, help_text=_("Without anybody looking at what was read.")
    )

    def __init__(self, *args: Any, may_publish: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.problems: list[Problem] = []
        if not may_publish:
            del self.fields["publish"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if sheet := cleaned.get("sheet"):
            try:
                cleaned["rows"] = metadata_of(formats.table(sheet.read()), self.names())
            except formats.UnreadableFile as error:
                self.add_error("sheet", error.reason)
            except SheetRefused as refused:
                self.problems = refused.problems
                self.add_error("sheet", str(refused))
        return cleaned

    def names(self) -> set[str] | None:
        """The names that the sheet may speak of; None where they are not known yet."""
        return None

    def for_batch(self) -> dict[str, Any]:
        """The arguments of `open_batch` that the form gives."""
        known = known_of(self.cleaned_data["source"])
        if language := self.cleaned_data["language"]:
            known["language"] = language
        if themes := [theme.key for theme in self.cleaned_data["themes"]]:
            known["themes"] = themes
        publish = bool(self.cleaned_data.get("publish"))
        return {"known": known, "sheet": self.cleaned_data.get("rows", {}), "to_publish": publish}


class UploadForm(HintsForm):
    """Files and what is known of them, sent together."""

    file = ManyFiles(
        label=_("Files"), allow_empty_file=True, widget=ManyFilesInput(attrs={"accept": ",".join(formats.SUFFIXES)})
    )
    field_order = ["file"]

    def candidates(self) -> Iterator[Candidate]:
        """The files one by one, so that never more than one is in memory."""
        for file in self.cleaned_data["file"]:
            yield candidate_of(file)

    def names(self) -> set[str] | None:
        files = self.cleaned_data.get("file", [])
        return {name for file in files for name in names_in(candidate_of(file))}


class OneFileForm(forms.Form):
    """One more file of a batch."""

    file = forms.FileField(allow_empty_file=True)


def candidate_of(file: UploadedFile) -> Candidate:
    """The received file; one that is larger than the archive takes is refused without its bytes."""
    name, size = file.name or "", file.size or 0
    if size > settings.UPLOAD_LIMIT:
        return Candidate(name, error=too_large(size))
    file.seek(0)
    return Candidate(name, file.read())

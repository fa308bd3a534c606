"""What a person is warned of before publishing, in words, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.analysis.doubts import Known, doubts
from archive.formats.damage import damage
from archive.formats.legibility import doubts as cipher_doubts
from archive.formats.mojibake import traces
from archive.models import Document
from archive.reader.notes import in_words as note_in_words
from archive.spans import Concern, ConcernKind, Span

COMPARE = _("Compare the text with the file.")
WORDS = {
    ConcernKind.GARBLED: (
        _("The text looks garbled: it was decoded wrongly, here or before it came here."),
        _("Choose another encoding, or look for a better copy and upload it as a new version."),
    ),
    ConcernKind.LOST_CHARACTERS: (
        _("%(count)d characters are lost; they show as “�”."),
        _("Choose another encoding; if they are lost in the file, look for a better copy."),
    ),
    ConcernKind.CIPHER: (
        _("The text layer reads like a cipher: the file does not say which characters its pages show."),
        _("Compare it with the pages; if it cannot be read, upload the pages as pictures in a new version."),
    ),
    ConcernKind.EMPTY_PAGES: (
        _("%(count)d pages have hardly any text."),
        _("Look whether these pages are pictures; a better scan can be uploaded as a new version."),
    ),
    ConcernKind.LITTLE_TEXT: (
        _("Only %(count)d characters were read from a large file."),
        _("The text may be in pictures: save the file as a PDF of its pages, and upload that as a new version."),
    ),
    ConcernKind.OTHER_LANGUAGE: (
        _("%(count)d %% of the letters are neither Latin nor Chinese."),
        _("Only English and Chinese texts are read for directives; or choose another encoding."),
    ),
    ConcernKind.NOT_THE_LANGUAGE: (
        _("The text does not read as the language that is given for it."),
        _("Correct the language below, or choose another encoding."),
    ),
    ConcernKind.NO_SECTIONS: (
        _("No sections were found in a long text."),
        _("Compare it with the file: headings may have been lost, or the text may be one piece."),
    ),
    ConcernKind.NO_TITLE: (
        _("The text carries no title; it was given its first words, or the name that the file states."),
        _("Give it a title below, if you know it."),
    ),
    ConcernKind.NO_DATE: (_("No date was found."), _("Give the date below, if you know it.")),
    ConcernKind.FUTURE_DATE: (_("The date lies in the future."), _("Correct the date below.")),
    ConcernKind.NO_ISSUER: (_("Nobody was found who issued it."), _("Choose the issuer below, if you know it.")),
}


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning and what to do; `place` is where in the text, None for the whole."""

    kind: str
    what: str
    advice: str
    place: Span | None = None


def warnings_of(document: Document, sections: int) -> list[Warned]:
    """What was noticed by reader and reading; `sections` is how many were found."""
    known = Known(
        language=document.language,
        sections=sections,
        has_title=document.title_in_text or is_given(document, "title"),
        has_issuer=document.issuer_id is not None,
        issued=document.issued_on,
    )
    upload = document.upload
    damaged = damage(document.text, reader=upload.reader, size=upload.size)
    found = [in_words(one) for one in chain(damaged, doubts(document.text, known, timezone.localdate()))]
    return [*found, *(Warned("reader", note, str(COMPARE)) for note in notes_of_the_reader(document))]


def in_words(concern: Concern) -> Warned:
    what, advice = WORDS[concern.kind]
    return Warned(concern.kind, str(what) % {"count": concern.count}, str(advice), concern.span)


def notes_of_the_reader(document: Document) -> Iterator[str]:
    """What the reader noted, without what is said of the text in other words already."""
    told = {*traces(document.text), *cipher_doubts(document.text)}
    return (note_in_words(note) for note in document.upload.warnings if note not in told)


def is_given(document: Document, field: str) -> bool:
    """Whether a person gave this piece of metadata."""
    return bool(document.facts.get(field, {}).get("rule") == "person")

"""Documents: read from an upload, published, withdrawn, discarded, read again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import formats
from archive.actions.known import Known, dated, give_themes, set_known
from archive.actions.outbox import announce
from archive.actions.readings import write_reading
from archive.actions.revisions import decide, expect
from archive.actions.uploads import mark_failed, mark_read
from archive.actions.vocabulary import source_named
from archive.actions.vocabulary_words import current_vocabulary
from archive.analysis.pipeline import analyse
from archive.models import Decision, Document, Source, Upload
from archive.spans import Analysis, Fact, Metadata

TITLE_LENGTH = 120
PATIENCE = 600.0
"""Seconds that recognising the text of a scan may take where nobody waits for an answer."""
FIELDS_OF_FACTS = {
    "title": "title",
    "site": "found_at",
    "category": "category",
    "number": "number",
    "issuer": "issuer",
    "issued": "issued_on",
    "kind": "kind",
}
"""Piece of metadata → the field of a document that holds it, under which `facts` says where it was read."""


class NotPossible(Exception):
    """The document's state does not allow the action; the message says what to do instead."""


def read_file(*, data: bytes, name: str, encoding: str | None = None, seconds: float = PATIENCE) -> formats.Reading:
    """The text of a file that a database can hold; UnreadableFile otherwise. `seconds` bounds text recognition."""
    reading = formats.read(data, name, encoding=encoding, limit=settings.UPLOAD_LIMIT, seconds=seconds)
    if "\x00" in reading.text:
        raise formats.UnreadableFile(
            "The text holds NUL characters, so it is not plain text in the encoding it seems to be in. "
            "Save it as UTF-8 and upload it again.",
            "wrong-encoding",
        )
    return reading


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a file says and what was found in it, before anything is written."""

    reading: formats.Reading
    analysis: Analysis


def read_upload(
    *,
    upload: Upload,
    by: User | None,
    known: Known | None = None,
    encoding: str | None = None,
    seconds: float = PATIENCE,
) -> Document:
    """Read the upload's file into a draft; UnreadableFile when that is not possible, its reason kept on the upload.

    An upload that has a live document gives that one and is not read again. `known` is what a person knows of it.
    """
    standing = live_document(upload)
    if standing:
        return standing
    try:
        prepared = prepare(upload=upload, encoding=encoding, seconds=seconds)
    except formats.UnreadableFile as error:
        mark_failed(upload=upload, reason=error.reason)
        raise
    return keep_reading(upload=upload, prepared=prepared, known=known or {})[0]


def prepare(*, upload: Upload, encoding: str | None = None, seconds: float = PATIENCE) -> Prepared:
    """Read and analyse the upload's file, which takes its time and holds no lock; UnreadableFile."""
    with upload.file.open("rb") as file:
        reading = read_file(data=file.read(), name=upload.name, encoding=encoding, seconds=seconds)
    return Prepared(reading, analyse(reading.text, current_vocabulary()))


@transaction.atomic
def keep_reading(*, upload: Upload, prepared: Prepared, known: Known) -> tuple[Document, bool]:
    """Write what was read as a draft; (document, whether it is new)."""
    # Two people may be reading the same file: the second one gets the document of the first.
    standing = live_document(Upload.objects.select_for_update().get(pk=upload.pk))
    if standing:
        return standing, False
    mark_read(upload=upload, reading=prepared.reading)
    document = Document(upload=upload, text=prepared.reading.text)
    fill_metadata(document, prepared.analysis, file_title=prepared.reading.title)
    set_known(document, known)
    document.save()
    write_reading(document=document, analysis=prepared.analysis)
    give_themes(document, known)
    return document, True


def live_document(upload: Upload) -> Document | None:
    """The document that was read from the upload, now or in an earlier version, and is not discarded."""
    read_from = Q(upload=upload) | Q(pk__in=upload.earlier_versions.values("document"))
    return Document.objects.filter(read_from).exclude(state=Document.State.DISCARDED).order_by("pk").first()


def fill_metadata(document: Document, analysis: Analysis, *, file_title: str = "") -> None:
    """Set the fields that the text speaks of; `facts` keeps where it does and by which rule."""
    metadata = analysis.metadata
    document.language = analysis.language
    document.title, document.title_in_text = title_of(document.text, metadata, file_title)
    document.kind = kind_of(metadata.kind)
    document.number = metadata.number.value[:80] if metadata.number else ""
    document.number_as_typed = as_typed(document.text, metadata.number)[:120]
    document.issuer = source_named(metadata.issuer.value) if metadata.issuer else None
    document.found_at = source_named(metadata.site.value, kind=Source.Kind.WEBSITE) if metadata.site else None
    document.category = metadata.category.value[:120] if metadata.category else ""
    document.issued_on, document.issued_precision = date_of(metadata.issued)
    document.addressees = [fact.value for fact in metadata.addressees]
    document.facts = {
        field: fact_record(fact)
        for name, field in FIELDS_OF_FACTS.items()
        if (fact := getattr(metadata, name)) is not None
    }


def fact_record(fact: Fact) -> dict[str, object]:
    return asdict(fact) | {"span": [fact.span.start, fact.span.end] if fact.span else None}


def title_of(text: str, metadata: Metadata, file_title: str) -> tuple[str, bool]:
    """(title, whether the text carries it): else the file's own title, else the first words of the text."""
    if metadata.title:
        return metadata.title.value[:500], True
    words = " ".join(file_title.split()) or " ".join(text[: TITLE_LENGTH * 4].split())
    if len(words) <= TITLE_LENGTH:
        return words or "Untitled", False
    cut = words.rfind(" ", TITLE_LENGTH // 2, TITLE_LENGTH)
    return words[: cut if cut > 0 else TITLE_LENGTH].rstrip(",;:，、；") + "…", False


def as_typed(text: str, fact: Fact | None) -> str:
    return fact.span.of(text) if fact and fact.span else ""


def kind_of(fact: Fact | None) -> str:
    return fact.value if fact and fact.value in Document.Kind.values else Document.Kind.OTHER


def date_of(fact: Fact | None) -> tuple[date | None, str]:
    """(first day of the date, its precision) of a date cut to year, month or day."""
    return dated(fact.value) if fact else (None, "")


@transaction.atomic
def publish(*, document: Document, by: User | None, batch: int | None = None, revision: int | None = None) -> None:
    """Show a draft (or what was withdrawn) to readers; the indexer hears of it. Publishing twice changes nothing.

    `batch` is the number of the batch that is published as a whole. ChangedMeanwhile, NotPossible.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state == Document.State.PUBLISHED:
        return
    expect(document, revision)
    if document.state == Document.State.DISCARDED:
        raise NotPossible(_("The document was discarded. Upload its file again to get a new draft."))
    document.state = Document.State.PUBLISHED
    document.published_at = document.published_at or timezone.now()
    document.withdrawn_at, document.withdrawn_reason = None, ""
    document.save(update_fields=["state", "published_at", "withdrawn_at", "withdrawn_reason"])
    decide(document, Decision.Verb.PUBLISHED, by, data={"batch": batch} if batch else {})
    announce(document)


@transaction.atomic
def withdraw(*, document: Document, by: User | None, reason: str, revision: int | None = None) -> None:
    """Take a published document from readers; its address answers that it is gone, and why. ChangedMeanwhile,
    NotPossible."""
    document = expect(document, revision)
    if document.state != Document.State.PUBLISHED:
        raise NotPossible(_("Only a published document can be withdrawn. A draft can be discarded."))
    if not reason.strip():
        raise NotPossible(_("Say why the document is withdrawn: readers see the reason in its place."))
    document.state = Document.State.WITHDRAWN
    document.withdrawn_at = timezone.now()
    document.withdrawn_reason = reason.strip()
    document.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    decide(document, Decision.Verb.WITHDRAWN, by, data={"reason": reason.strip()})
    announce(document)


@transaction.atomic
def discard(*, document: Document, by: User | None, revision: int | None = None) -> None:
    """Put a draft aside; its number is not given again, its upload and file stay. ChangedMeanwhile, NotPossible."""
    document = expect(document, revision)
    if document.state != Document.State.DRAFT:
        raise NotPossible(_("Only a draft can be discarded. Withdraw a published document instead."))
    document.state = Document.State.DISCARDED
    document.save(update_fields=["state"])
    decide(document, Decision.Verb.DISCARDED, by)

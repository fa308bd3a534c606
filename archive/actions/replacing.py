"""Another text for a document: its file read in another encoding, or a better file in its place."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from archive import formats
from archive.actions.directive_rows import Changes
from archive.actions.documents import PATIENCE, NotPossible, Prepared, live_document, prepare
from archive.actions.relocation import relocate_directives
from archive.actions.rereading import read_anew
from archive.actions.revisions import decide, expect
from archive.actions.uploads import mark_failed, mark_read
from archive.models import Decision, Document, DocumentVersion, Upload


def read_in_encoding(
    *, document: Document, encoding: str, by: User | None, revision: int | None = None, seconds: float = PATIENCE
) -> Changes:
    """Read a draft's file in the encoding that a person chose; what people decided is found again by its words.

    UnreadableFile when the file is not in that encoding, NotPossible for what is no draft, ChangedMeanwhile.
    """
    upload = document.upload
    prepared = prepare(upload=upload, encoding=encoding, seconds=seconds)
    with transaction.atomic():
        current = expect(document, revision)
        if current.state != Document.State.DRAFT:
            raise NotPossible(
                _("Readers know this text already. Save the file as UTF-8 and upload it as a new version instead.")
            )
        data = {"encoding": [upload.encoding, prepared.reading.encoding]}
        mark_read(upload=upload, reading=prepared.reading)
        decide(current, Decision.Verb.REPLACED, by, data=data)
        return take_up(current, prepared, by)


def replace_file(
    *,
    document: Document,
    upload: Upload,
    by: User | None,
    reason: str = "",
    revision: int | None = None,
    seconds: float = PATIENCE,
) -> Changes:
    """Put a better file in the place of a document's own, which is kept as an earlier version.

    The document keeps its number, its state, and what people said of it; directives found again keep theirs.
    UnreadableFile (the reason is kept on the upload), NotPossible, ChangedMeanwhile: nothing is changed then.
    """
    refuse_unfit(document, upload)
    try:
        prepared = prepare(upload=upload, seconds=seconds)
    except formats.UnreadableFile as error:
        mark_failed(upload=upload, reason=error.reason)
        raise
    with transaction.atomic():
        current = expect(document, revision)
        refuse_unfit(current, Upload.objects.select_for_update().get(pk=upload.pk))
        version = keep_version(current, by, reason)
        data = {"file": [current.upload.name, upload.name], "version": [version.number, version.number + 1]}
        mark_read(upload=upload, reading=prepared.reading)
        current.upload = upload
        decide(current, Decision.Verb.REPLACED, by, data=data | {"reason": reason})
        return take_up(current, prepared, by)


def refuse_unfit(document: Document, upload: Upload) -> None:
    """NotPossible when the document is discarded, or the file is in use as a document already."""
    if document.state == Document.State.DISCARDED:
        raise NotPossible(_("The document was discarded. Upload the file as a document of its own."))
    if upload.pk == document.upload_id:
        raise NotPossible(_("This is the file that the document was read from. Choose the better one."))
    standing = live_document(upload)
    if standing and standing.pk != document.pk:
        message = _("This file is document %(number)d already. Discard or withdraw that one, and say which it is.")
        raise NotPossible(message % {"number": standing.pk})


def keep_version(document: Document, by: User | None, reason: str) -> DocumentVersion:
    """Keep what the document is now as its next earlier version."""
    return DocumentVersion.objects.create(
        document=document,
        number=document.earlier_versions.count() + 1,
        upload=document.upload,
        text=document.text,
        language=document.language,
        title=document.title,
        replaced_by=by,
        reason=reason.strip(),
    )


def take_up(document: Document, prepared: Prepared, by: User | None) -> Changes:
    """Give the document the text of the reading, and make its rows say what was found in it."""
    reading, analysis = prepared.reading, prepared.analysis
    relocate_directives(document, reading.text, analysis.directives)
    document.text = reading.text
    return read_anew(document=document, analysis=analysis, file_title=reading.title, by=by)

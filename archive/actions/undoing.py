"""A whole batch is taken back; what people have worked at since stays unless that is asked for too."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.actions.documents import discard, withdraw
from archive.models import Batch, Decision, Document
from archive.models.documents import DocumentQuerySet

STANDING = (Document.State.DRAFT, Document.State.PUBLISHED)


def standing_documents(batch: Batch) -> DocumentQuerySet:
    """Documents that the batch brought in and that are still drafts or published."""
    return batch.documents().filter(state__in=STANDING)


def touched_documents(batch: Batch) -> list[Document]:
    """Those of the standing documents that somebody decided something about, other than publishing the whole batch."""
    decided = Decision.objects.filter(document__in=standing_documents(batch)).values_list("document", "verb", "data")
    of_the_batch = (Decision.Verb.PUBLISHED, batch.pk)
    touched = {number for number, verb, data in decided if (verb, data.get("batch")) != of_the_batch}
    return list(standing_documents(batch).filter(pk__in=touched))


def take_back(*, batch: Batch, by: User | None, also_touched: bool) -> Iterator[Document]:
    """Discard the batch's drafts and withdraw what is published, one after the other; yields each.

    Broken off, it can be begun again. Touched documents are left as they are unless `also_touched`.
    """
    left = set() if also_touched else {document.pk for document in touched_documents(batch)}
    for document in list(standing_documents(batch).exclude(pk__in=left)):
        if document.state == Document.State.DRAFT:
            discard(document=document, by=by)
        else:
            withdraw(document=document, by=by, reason=_("The batch of files that it came in with was taken back."))
        yield document
    Batch.objects.filter(pk=batch.pk).update(undone_at=timezone.now(), undone_by=by)

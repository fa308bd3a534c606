"""Every change of a vocabulary is recorded, and what it concerns is read again by a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import models, transaction

from archive.actions.jobs import enqueue
from archive.actions.vocabulary_scope import Outlook, concerned, effects_on, outlook
from archive.actions.vocabulary_words import current_vocabulary, edits, packed, unpacked, vocabulary_of
from archive.analysis.vocabulary import LEXICON, Edits, Vocabulary, edited
from archive.models import Document, Job, Phrase, Theme, VocabularyChange

AT_ONCE = 500
"""Documents in one job of re-reading."""


class NotAccepted(Exception):
    """What a person entered cannot stand; `complaints` says why, by the field that it concerns ("" for all)."""

    def __init__(self, complaints: Mapping[str, list[str]]) -> None:
        self.complaints = {field: list(messages) for field, messages in complaints.items()}
        super().__init__("; ".join(message for messages in complaints.values() for message in messages))


def one_at_a_time() -> Vocabulary:
    """The words as they are, when a change begins; the next change waits until this one's transaction has ended."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("one_at_a_time() belongs at the start of the transaction of a change")
    list(Theme.objects.select_for_update().order_by("pk").values_list("pk")[:1])
    return current_vocabulary()


def record(
    before: Vocabulary,
    *,
    kind: VocabularyChange.Kind,
    verb: VocabularyChange.Verb,
    name: str,
    data: dict[str, Any],
    by: User | None,
    also: Iterable[int] = (),
) -> list[int]:
    """Note a change whose rows are written, and have all documents read again that it concerns, and those in `also`.

    Belongs inside the transaction of the change, at its end. `before` are the words at its beginning; the documents,
    whose numbers are returned, are those that the words before and after it may read otherwise.
    """
    change = VocabularyChange.objects.create(
        token=uuid4(), kind=kind, verb=verb, name=name[:120], data=data, made_by=by
    )
    after = vocabulary_of(str(change.token))
    numbers = sorted({*concerned(before, after), *also})
    VocabularyChange.objects.filter(pk=change.pk).update(documents=len(numbers))
    read_again(numbers, by=by)
    return numbers


def read_again(numbers: list[int], *, by: User | None) -> None:
    """Mark the documents, so that they are stale until they are read, and put the reading into the queue."""
    for first in range(0, len(numbers), AT_ONCE):
        some = numbers[first : first + AT_ONCE]
        Document.objects.filter(pk__in=some).update(to_read_again=True)
        enqueue(kind=Job.Kind.REREAD, arguments={"documents": some}, by=by, key="vocabulary")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A change that was carried out and taken back: the words before and after it, and what it concerns."""

    before: Vocabulary
    after: Vocabulary
    edits: Edits
    documents: list[int]

    def outlook(self) -> Outlook:
        """What it would do, in the first documents that it concerns."""
        return outlook(self.documents, self.before, self.after)


def rehearse(change: Callable[[], list[int]]) -> Rehearsal:
    """Carry a change out and take it back. NotAccepted when it cannot stand."""
    before = current_vocabulary()
    with transaction.atomic():
        documents = change()
        found = Rehearsal(before, current_vocabulary(), edits(), documents)
        transaction.set_rollback(True)
    return found


def weigh_all(rehearsal: Rehearsal, *, by: User | None) -> Job:
    """Have a worker find out what the change would do to every document that it concerns."""
    arguments = {"documents": rehearsal.documents, "edits": packed(rehearsal.edits)}
    return enqueue(kind=Job.Kind.WEIGH, arguments=arguments, by=by, key="weigh")


def weighed(arguments: dict[str, Any], progress: Callable[[int, int], None]) -> dict[str, Any]:
    """What `weigh_all` asked for: the effects on all documents, compared with the words as they are now."""
    before, after = current_vocabulary(), edited(LEXICON, unpacked(arguments["edits"]), "weighed")
    numbers = arguments["documents"]
    effects = []
    for done, number in enumerate(numbers):
        progress(done, len(numbers))
        for each in effects_on([number], before, after):
            effects.append(asdict(each))
    return {"concerned": len(numbers), "effects": effects}


def write_phrases(
    owner: models.Model, language: str, lexicon: Mapping[str, float | None], wanted: Mapping[str, float | None]
) -> dict[str, Any]:
    """Make an owner's phrases of one language these; words → weight. Returns the change, words → [before, after].

    `lexicon` are those that it has without anybody's doing: rows say only what differs from them.
    """
    link: dict[str, Any] = {type(owner)._meta.model_name or "": owner, "language": language}
    own = Phrase.objects.filter(**link)
    had = dict(lexicon)
    for row in own:
        if row.taken_out:
            had.pop(row.words, None)
        else:
            had[row.words] = row.weight
    own.delete()
    rows = [Phrase(**link, words=words, taken_out=True) for words in lexicon if words not in wanted]
    rows += [
        Phrase(**link, words=words, weight=weight)
        for words, weight in wanted.items()
        if words not in lexicon or lexicon[words] != weight
    ]
    Phrase.objects.bulk_create(rows)
    missing = object()
    return {
        words: [told(had.get(words, missing), missing), told(wanted.get(words, missing), missing)]
        for words in sorted(had.keys() | wanted.keys())
        if had.get(words, missing) != wanted.get(words, missing)
    }


def told(weight: object, missing: object) -> float | str | None:
    """How a record tells of a phrase: None for one that is not there, its weight, or "" where phrases have none."""
    if weight is missing:
        return None
    return weight if isinstance(weight, float) else ""

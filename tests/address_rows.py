"""The rows that the addresses of the site are asked for: one document in each state, and one of everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from uuid import uuid4

from django.contrib.auth.models import Group, User

from archive.actions.batches import open_batch
from archive.actions.documents import discard, publish, read_upload, withdraw
from archive.actions.jobs import enqueue
from archive.actions.uploads import receive
from archive.models import Actor, Document, Formulation, ProblemReport, Source, Theme, VocabularyChange
from tests.factories import NOTICE

STATES = ("own", "draft", "published", "withdrawn", "discarded")
"""A draft of the person who asks, and documents of another person."""


class Rows:
    """`arguments("document directive", "draft")` are the parts of an address that lead to rows of that state."""

    def __init__(self, asking: User | None) -> None:
        self.asking = asking
        self.other = User.objects.create_user("somebody-else", password="a long password")
        self.documents = {state: self.document(state) for state in STATES}
        self.batches = {state: open_batch(name=state, by=self.owner(state)) for state in STATES}
        self.weighing = enqueue(kind="weigh", arguments={"documents": []}, by=None)
        self.job = enqueue(kind="reread", arguments={"documents": []}, by=None)
        self.source = Source.objects.create(slug="huiwen", name_en="Huiwen Garden", kind=Source.Kind.WEBSITE)
        self.report = ProblemReport.objects.create(page="/themes/", words="A name is misspelt.")
        self.change = VocabularyChange.objects.create(token=uuid4(), kind="theme", verb="changed", name="visits")
        self.phrase = Formulation.objects.create(slug="phrase", text_en="a set phrase")

    def owner(self, state: str) -> User:
        return self.asking if state == "own" and self.asking else self.other

    def document(self, state: str) -> Document:
        by = self.owner(state)
        upload, _new = receive(data=f"{NOTICE}\nCopy of {state}.".encode(), name=f"{state}.txt", by=by)
        document = read_upload(upload=upload, by=by)
        Document.objects.filter(pk=document.pk).update(issued_on=date(2015, 3, 2), issued_precision="day")
        if state in ("published", "withdrawn"):
            publish(document=document, by=None)
        if state == "withdrawn":
            withdraw(document=document, by=None, reason="Wrong copy.")
        if state == "discarded":
            discard(document=document, by=None)
        return document

    def arguments(self, kinds: str, state: str) -> list[object]:
        return [self.makers[kind](state) for kind in kinds.split() if kind != "-"]

    @cached_property
    def makers(self) -> dict[str, Callable[[str], object]]:
        """Word of the second column → the part of the address that it stands for."""
        return {
            "document": lambda state: self.documents[state].pk,
            "version": lambda state: 2,
            "other": lambda state: self.documents["published"].pk,
            "documents": lambda state: "documents",
            "one": lambda state: 1,
            "json": lambda state: "json",
            "upload": lambda state: self.documents[state].upload_id,
            "directive": lambda state: self.documents[state].directives.first().pk,
            "decision": lambda state: self.documents["published"].decisions.first().pk,
            "theme": lambda state: "visits",
            "theme-id": lambda state: Theme.objects.get(key="visits").pk,
            "source": lambda state: self.source.slug,
            "source-id": lambda state: self.source.pk,
            "actor": lambda state: Actor.objects.first().slug,
            "actor-id": lambda state: Actor.objects.first().pk,
            "formulation": lambda state: self.phrase.slug,
            "formulation-id": lambda state: self.phrase.pk,
            "user-id": lambda state: self.other.pk,
            "group-id": lambda state: Group.objects.get(name="reviewer").pk,
            "batch": lambda state: self.batches[state].pk,
            "job": lambda state: self.job.pk,
            "report": lambda state: self.report.pk,
            "change": lambda state: self.change.pk,
            "year": lambda state: 2015,
            "weighing": lambda state: self.weighing.pk,
            "archive": lambda state: "archive",
            "nothing": lambda state: 0,
        }

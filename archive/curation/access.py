"""Who may do what with a document in curation: roles are permissions, asked for here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from archive.models import Document
from archive.models.documents import SEES_ALL

Person = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Rights:
    """What a person may do with one document, whatever its state allows."""

    see: bool = False
    correct: bool = False
    publish: bool = False
    discard: bool = False
    withdraw: bool = False


def rights(person: Person, document: Document) -> Rights:
    """Contributors see their own documents, also once somebody has replaced the file, and may discard them until then;
    what an administrator withdrew, only an administrator publishes again."""
    sees_all = person.has_perm(SEES_ALL)
    contributor = person.has_perm("archive.add_upload")
    own = contributor and document.upload.received_by_id == person.pk
    withdraw = person.has_perm("archive.withdraw_document")
    publish = person.has_perm("archive.publish_document")
    return Rights(
        see=person.has_perm("archive.view_document") and (sees_all or own or (contributor and began(person, document))),
        correct=sees_all,
        publish=publish and (withdraw or document.state != Document.State.WITHDRAWN),
        discard=sees_all or own,
        withdraw=withdraw,
    )


def began(person: Person, document: Document) -> bool:
    """Whether an earlier version of it was read from a file of this person."""
    return document.earlier_versions.filter(upload__received_by=person.pk).exists()


def require(request: HttpRequest, document: Document, right: str) -> None:
    """PermissionDenied unless the person has the right, named as in `Rights`."""
    if not getattr(rights(request.user, document), right):
        raise PermissionDenied


def posted_with(request: HttpRequest, permission: str) -> None:
    """PermissionDenied unless this is a POST by somebody who has the permission."""
    if request.method != "POST" or not request.user.has_perm(permission):
        raise PermissionDenied

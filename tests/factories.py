"""Rows for tests, made through the same actions as everything else."""

from __future__ import annotations

from django.contrib.auth.models import User

from archive.actions.documents import publish, read_upload
from archive.actions.uploads import receive
from archive.models import Document

NOTICE = """Notice on doing a good job in home visits

No. 12 of 2015

1. General requirements. Police stations at all levels must carry out the "big visit" activity every month.
2. Measures. Community police should listen to the opinions of the masses face to face. It is strictly forbidden to \
make up visiting records.
"""
CHINESE_NOTICE = """关于做好入户走访工作的通知

各派出所：

一、总体要求
社区民警必须坚持群众路线，每月开展入户走访。
二、工作措施
严禁编造走访记录。
"""


def draft(text: str = NOTICE, name: str = "notice.txt") -> Document:
    """A document that has been read and not published."""
    upload, _ = receive(data=text.encode(), name=name, by=None)
    return read_upload(upload=upload, by=None)


def published(text: str = NOTICE, name: str = "notice.txt") -> Document:
    document = draft(text, name)
    publish(document=document, by=None)
    document.refresh_from_db()
    return document


def administrator(name: str = "curator") -> User:
    return User.objects.create_superuser(name, password="a long password")

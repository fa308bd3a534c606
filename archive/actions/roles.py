"""The three roles as groups: contributor, reviewer, administrator, each with all that the one before it may do.

`roles.json` says what each role adds. It is the whole truth: after every `migrate` the groups have exactly those
permissions, so that a permission of a model that comes later only needs a line there. Permissions are made by Django
after the migrations, not by one of them; that is why this hangs on the end of `migrate` instead of being a migration.
Who needs another combination makes a group of their own.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CONTRIBUTOR, REVIEWER, ADMINISTRATOR = "contributor", "reviewer", "administrator"
ROLES = {
    CONTRIBUTOR: _("Contributor: uploads files, and sees what was read out of them"),
    REVIEWER: _("Reviewer: also sees and corrects all documents, and publishes them"),
    ADMINISTRATOR: _("Administrator: also withdraws, keeps the vocabularies, and manages people"),
}
"""Lowest first; each with what it may do."""
FILE = Path(__file__).with_name("roles.json")


def permissions_of_roles() -> dict[str, frozenset[str]]:
    """Role → everything it may do, as `app.codename`; models that the archive does not have yet may be named."""
    added: dict[str, list[str]] = json.loads(FILE.read_text(encoding="utf-8"))
    allowed: frozenset[str] = frozenset()
    roles = {}
    for role in ROLES:
        allowed |= frozenset(added[role])
        roles[role] = allowed
    return roles


def set_up_roles(*, apps: Apps = installed, using: str = "default", **_of_the_signal: object) -> None:
    """Make the groups, and give each exactly the permissions of its role. Doing it again changes nothing.

    Receives `post_migrate`; `apps` are then those that have tables.
    """
    if not apps.is_installed("archive"):
        return
    for label in ("auth", "archive"):
        create_permissions(installed.get_app_config(label), verbosity=0, using=using, apps=apps)
    with transaction.atomic(using=using):
        for role, names in permissions_of_roles().items():
            group, _new = Group.objects.using(using).get_or_create(name=role)
            group.permissions.set(permissions_named(names, using))


def permissions_named(names: frozenset[str], using: str) -> list[Permission]:
    wanted = Q(pk=None)
    for name in names:
        label, codename = name.split(".")
        wanted |= Q(content_type__app_label=label, codename=codename)
    return list(Permission.objects.using(using).filter(wanted))

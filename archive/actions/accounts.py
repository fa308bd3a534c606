"""People's accounts: the first administrator, and what role a person has."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import Group, User
from django.db import transaction

from archive.actions.roles import ROLES

ADMINISTRATOR = "admin"
PASSWORD_BYTES = 12


@transaction.atomic
def first_administrator() -> str | None:
    """Create `admin` with a random password and return the password; None when somebody may administer already."""
    if User.objects.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    User.objects.create_superuser(ADMINISTRATOR, password=password)
    return password


def role_of(user: User) -> str:
    """The highest role of a person; "" for none."""
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(ROLES) if role in names), "")


@transaction.atomic
def give_role(*, user: User, role: str, by: User | None) -> None:
    """Give a person this role and take the other two away; "" leaves none, and no way into the admin.

    ValueError for a role that is none. PermissionError when `by`, not being a superuser, would change one.
    """
    if role and role not in ROLES:
        raise ValueError(f"not a role: {role}")
    if user.is_superuser and by is not None and not by.is_superuser:
        raise PermissionError("only a superuser changes a superuser's account")
    user.groups.remove(*Group.objects.filter(name__in=[*ROLES]))
    if role:
        user.groups.add(Group.objects.get(name=role))
    user.is_staff = bool(role) or user.is_superuser
    user.save(update_fields=["is_staff"])

"""The first administrator."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import User
from django.db import transaction

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

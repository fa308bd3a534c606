"""Fields that Django almost has."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models


class WebAddressField(models.URLField):
    """A URLField whose forms take an address without scheme for https, as Django 6 does by itself."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"assume_scheme": "https", **kwargs})

    def deconstruct(self) -> Any:
        """To the database it is a URLField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

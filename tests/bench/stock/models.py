"""What stock Haystack needs to name its results; no table stands behind it."""

from __future__ import annotations

from django.db import models


class Passage(models.Model):
    """A section, with what the index takes from it."""

    text = models.TextField()
    title = models.TextField()
    source = models.CharField(max_length=40)
    themes = models.JSONField(default=list)
    date = models.DateField()
    year = models.IntegerField()

    class Meta:
        app_label = "stock"
        managed = False

    def __str__(self) -> str:
        return self.title

"""What every row that was read out of a text has: its span, its quote, and who says so."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from archive.spans import Span


class Derived(models.Model):
    """A span of `document.text`, with quote and context that find it again after a re-reading."""

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    rule = models.CharField(max_length=60, help_text="the rule that found it, or “person”")
    confidence = models.FloatField(default=1.0)
    stage_version = models.PositiveIntegerField(help_text="version of the stage of analysis that made the row")

    class Meta:
        abstract = True

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def span_constraint(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(start__lte=F("end")), name=f"{model}_span_forwards")


def confidence_constraint(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(confidence__gte=0) & Q(confidence__lte=1), name=f"{model}_confidence_0_to_1"
    )


def slug_constraint(model: str, field: str = "slug") -> models.CheckConstraint:
    """Facets and filters travel as comma-separated slugs, so a slug has no comma and is never empty."""
    return models.CheckConstraint(
        condition=~Q(**{f"{field}__contains": ","}) & ~Q(**{field: ""}), name=f"{model}_{field}_plain"
    )

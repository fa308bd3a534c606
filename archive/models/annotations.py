"""Themes, actors, directives and formulations."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models.derived import Derived, confidence_constraint, slug_constraint, span_constraint
from archive.models.documents import Document, Section
from archive.models.sources import in_language


class Theme(models.Model):
    """A key of the controlled vocabulary."""

    key = models.SlugField(max_length=60, unique=True)
    name_en = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120)
    definition_en = models.TextField()
    definition_zh = models.TextField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(default=False, help_text="no longer given to documents; its address stays")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", help_text="its address leads there"
    )

    class Meta:
        ordering = ["order", "key"]
        constraints = [
            slug_constraint("theme", "key"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("pk")), name="theme_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("theme", args=[self.key])

    @property
    def name(self) -> str:
        return in_language(self.name_en, self.name_zh)

    @property
    def definition(self) -> str:
        return in_language(self.definition_en, self.definition_zh)


class Actor(models.Model):
    """Who is directed: the normalised actor behind the words of the texts."""

    slug = models.SlugField(max_length=80, unique=True)
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True, help_text="other words for it, in both languages")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", help_text="its address leads there"
    )

    class Meta:
        ordering = ["name_en"]
        constraints = [slug_constraint("actor")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])

    @property
    def name(self) -> str:
        return in_language(self.name_en, self.name_zh)


class ThemeGiven(models.Model):
    """A theme given to something, with the cues that spoke for it."""

    rank = models.PositiveSmallIntegerField(help_text="1 is the most central")
    weight = models.FloatField(default=0)
    cues = models.JSONField(default=list, blank=True, help_text="[phrase, start, end, weight] of each cue")
    by_person = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering = ["rank"]


class DocumentTheme(ThemeGiven):
    document = models.ForeignKey(Document, models.CASCADE)
    theme = models.ForeignKey(Theme, models.PROTECT)

    class Meta(ThemeGiven.Meta):
        constraints = [models.UniqueConstraint(fields=["document", "theme"], name="document_theme_once")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.theme_id}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many directives a person has settled, of how many."""

    settled: int
    all: int

    @property
    def percent(self) -> int:
        return 100 * self.settled // self.all if self.all else 100


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def public(self) -> DirectiveQuerySet:
        """What readers see: in published documents, neither rejected by a person nor lost in a re-reading."""
        return self.filter(document__state=Document.State.PUBLISHED, retired_at=None).exclude(
            status=Directive.Status.REJECTED
        )

    def standing(self) -> DirectiveQuerySet:
        """Those that a reading finds or a person holds to, rejected ones too."""
        return self.filter(retired_at=None)

    def progress(self) -> Progress:
        """How many of those that stand a person has settled, in one query."""
        settled = Count("pk", filter=~Q(status=Directive.Status.SUGGESTED), distinct=True)
        return Progress(**self.standing().order_by().aggregate(settled=settled, all=Count("pk", distinct=True)))

    def for_review(self) -> DirectiveQuerySet:
        return self.select_related("document", "section", "actor").prefetch_related("themes")

    def for_list(self) -> DirectiveQuerySet:
        return (
            self.select_related("document__issuer", "document__found_at", "section", "actor")
            .prefetch_related("themes")
            .defer("document__text")
        )


class Directive(Derived):
    """A sentence or clause that directs someone to do, or not to do, something. Its number is permanent."""

    class Modality(models.TextChoices):
        OBLIGATION = "obligation", _("obligation")
        PROHIBITION = "prohibition", _("prohibition")
        RECOMMENDATION = "recommendation", _("recommendation")

    class Status(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        ACCEPTED = "accepted", _("confirmed")
        CHANGED = "changed", _("corrected")
        REJECTED = "rejected", _("rejected")

    document = models.ForeignKey(Document, models.CASCADE, related_name="directives")
    section = models.ForeignKey(Section, models.SET_NULL, null=True, related_name="directives")
    modality = models.CharField(max_length=15, choices=Modality)
    actor_text = models.CharField(max_length=300, blank=True, help_text="the words of the text")
    actor = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="directives")
    themes = models.ManyToManyField(Theme, through="DirectiveTheme", related_name="directives")
    status = models.CharField(max_length=10, choices=Status, default=Status.SUGGESTED)
    retired_at = models.DateTimeField(null=True, blank=True, help_text="when a re-reading no longer found it")

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["document_id", "start"]
        constraints = [
            span_constraint("directive"),
            confidence_constraint("directive"),
            models.CheckConstraint(
                condition=Q(modality__in=["obligation", "prohibition", "recommendation"]),
                name="directive_modality_known",
            ),
            models.UniqueConstraint(
                fields=["document", "start", "end"],
                condition=Q(retired_at=None),
                name="directive_one_per_span",
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:80]

    @property
    def shown_as(self) -> str:
        """A few signs that differ when its words, modality or actor do: so a form can say what a person saw."""
        said = "\0".join((self.quote, self.modality, self.actor_text, str(self.actor_id)))
        return sha256(said.encode()).hexdigest()[:16]

    @property
    def is_confirmed(self) -> bool:
        """A person found it, as it is or corrected, to be a directive."""
        return self.status in (self.Status.ACCEPTED, self.Status.CHANGED)

    @property
    def anchor(self) -> str:
        return f"d{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("directive", args=[self.pk])


class DirectiveTheme(ThemeGiven):
    directive = models.ForeignKey(Directive, models.CASCADE)
    theme = models.ForeignKey(Theme, models.PROTECT)

    class Meta(ThemeGiven.Meta):
        constraints = [models.UniqueConstraint(fields=["directive", "theme"], name="directive_theme_once")]

    def __str__(self) -> str:
        return f"{self.directive_id}: {self.theme_id}"


class Formulation(models.Model):
    """A fixed political phrase or named programme (提法)."""

    slug = models.SlugField(max_length=120, unique=True, allow_unicode=True)
    text_en = models.CharField(max_length=300, blank=True)
    text_zh = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    variants = models.JSONField(default=list, blank=True, help_text="other wordings, as translations render them")
    discovered = models.BooleanField(default=False, help_text="found in a text, not in the lexicon")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", help_text="its address leads there"
    )

    class Meta:
        ordering = ["text_en", "text_zh"]
        constraints = [
            slug_constraint("formulation"),
            models.CheckConstraint(condition=~Q(text_en="") | ~Q(text_zh=""), name="formulation_has_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("formulation", args=[self.slug])

    @property
    def name(self) -> str:
        return in_language(self.text_en, self.text_zh)

    @property
    def name_en(self) -> str:
        return self.text_en

    @property
    def name_zh(self) -> str:
        return self.text_zh


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def public(self) -> OccurrenceQuerySet:
        return self.filter(document__state=Document.State.PUBLISHED)


class Occurrence(Derived):
    """A place where a document uses a formulation."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="occurrences")
    section = models.ForeignKey(Section, models.SET_NULL, null=True, related_name="occurrences")
    formulation = models.ForeignKey(Formulation, models.PROTECT, related_name="occurrences")

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["document_id", "start"]
        constraints = [
            span_constraint("occurrence"),
            confidence_constraint("occurrence"),
            models.UniqueConstraint(fields=["document", "start", "end"], name="occurrence_one_per_span"),
        ]

    def __str__(self) -> str:
        return self.quote

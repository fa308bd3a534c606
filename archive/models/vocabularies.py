"""What administrators made of the vocabularies: phrases over those of the lexicon, and a record of every change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.models.annotations import Actor, Formulation, Theme

HEAVIEST = 9.0
"""The weight of a cue phrase lies above 0 and reaches this at most; the lexicon's own go up to 4."""


class Phrase(models.Model):
    """A cue of a theme, or a wording of an actor or formulation, that people added, changed or took out.

    The lexicon's own phrases are not rows: what stands here is merged over them by `archive.analysis.vocabulary`.
    """

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        CHINESE = "zh", _("Chinese")

    theme = models.ForeignKey(Theme, models.CASCADE, null=True, blank=True, related_name="phrases")
    actor = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="phrases")
    formulation = models.ForeignKey(Formulation, models.CASCADE, null=True, blank=True, related_name="phrases")
    language = models.CharField(max_length=2, choices=Language)
    words = models.CharField(max_length=300)
    weight = models.FloatField(null=True, blank=True, help_text="of a cue; others have none")
    taken_out = models.BooleanField(default=False, help_text="the lexicon has it, the archive does without")

    class Meta:
        ordering = ["language", "words"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="phrase_has_words"),
            models.CheckConstraint(
                condition=Q(theme__isnull=False, actor=None, formulation=None)
                | Q(theme=None, actor__isnull=False, formulation=None)
                | Q(theme=None, actor=None, formulation__isnull=False),
                name="phrase_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(weight=None) | (Q(weight__gt=0) & Q(weight__lte=HEAVIEST)), name="phrase_weight_in_range"
            ),
            models.UniqueConstraint(fields=["theme", "language", "words"], name="phrase_once_per_theme"),
            models.UniqueConstraint(fields=["actor", "language", "words"], name="phrase_once_per_actor"),
            models.UniqueConstraint(fields=["formulation", "language", "words"], name="phrase_once_per_formulation"),
        ]

    def __str__(self) -> str:
        return self.words


class VocabularyChange(models.Model):
    """A change of a vocabulary: who, when, of what, from what to what. Never changed or deleted.

    The token of the newest names the vocabulary that texts are read with: unlike a number, it never comes twice.
    """

    class Kind(models.TextChoices):
        THEME = "theme", _("theme")
        ACTOR = "actor", _("actor")
        FORMULATION = "formulation", _("formulation")
        SOURCE = "source", _("source")

    class Verb(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        RETIRED = "retired", _("retired")
        REVIVED = "revived", _("given again")

    token = models.UUIDField(unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    verb = models.CharField(max_length=10, choices=Verb)
    name = models.CharField(max_length=120, help_text="key or slug of what was changed")
    data = models.JSONField(default=dict, blank=True, help_text="field → [before, after]")
    documents = models.PositiveIntegerField(default=0, help_text="documents that have to be read again for it")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}: {self.get_verb_display()}"

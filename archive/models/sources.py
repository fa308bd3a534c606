"""Sources: the bodies that issue documents, and the places where copies are found."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from archive.models.derived import slug_constraint
from archive.models.fields import WebAddressField


def prefers_chinese() -> bool:
    """Whether the page is made for a reader of Chinese."""
    return (get_language() or "en").startswith("zh")


def in_language(english: str, chinese: str) -> str:
    """The one of two names that suits the reader, whichever is there."""
    wanted, other = (chinese, english) if prefers_chinese() else (english, chinese)
    return wanted or other


class Source(models.Model):
    """A body that issues documents, or a place where copies are found."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("ministry")
        BUREAU = "bureau", _("bureau or department")
        STATION = "station", _("police station")
        PARTY = "party", _("Party organ")
        GOVERNMENT = "government", _("government")
        COURT = "court", _("court or procuratorate")
        WEBSITE = "website", _("web site")
        NEWSPAPER = "newspaper", _("newspaper or journal")
        OTHER = "other", _("other")

    slug = models.SlugField(max_length=80, unique=True, allow_unicode=True)
    name_en = models.CharField(max_length=200, blank=True)
    name_zh = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    place = models.CharField(max_length=100, blank=True)
    url = WebAddressField(blank=True)
    aliases = models.JSONField(default=list, blank=True, help_text="other names, as texts give them")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", help_text="its address leads there"
    )

    class Meta:
        ordering = ["name_en", "name_zh"]
        constraints = [
            slug_constraint("source"),
            models.CheckConstraint(condition=~Q(name_en="") | ~Q(name_zh=""), name="source_has_a_name"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("pk")), name="source_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the reader's language, else in the other one."""
        return in_language(self.name_en, self.name_zh)

"""Uploads, documents and their sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from archive.models.derived import Derived, confidence_constraint, span_constraint
from archive.models.fields import WebAddressField
from archive.models.sources import Source

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from archive.models.annotations import DocumentTheme, Theme


SEES_ALL = "archive.change_document"
"""Permission of those who see everybody's files and documents in curation, not only their own."""


class UploadQuerySet(models.QuerySet["Upload"]):
    def seen_in_curation_by(self, user: User | AnonymousUser) -> UploadQuerySet:
        """All of them for who may correct documents; else those that the person uploaded."""
        return self if user.has_perm(SEES_ALL) else self.filter(received_by=user.pk)


class Upload(models.Model):
    """A file as received, byte for byte. The same bytes twice are one upload."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        READ = "read", _("read")
        FAILED = "failed", _("could not be read")

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    file = models.FileField(upload_to="", max_length=120)
    name = models.CharField(max_length=255, help_text="name of the file as received")
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    reason = models.TextField(blank=True, help_text="why it could not be read")
    media_type = models.CharField(max_length=120, blank=True)
    reader = models.CharField(max_length=40, blank=True)
    reader_version = models.PositiveIntegerField(default=0)
    encoding = models.CharField(max_length=40, blank=True)
    program = models.CharField(max_length=120, blank=True, help_text="outside program that had a part in the text")
    warnings = models.JSONField(default=list, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(reason=""), name="upload_failed_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentQuerySet(models.QuerySet["Document"]):
    """The read side of documents; readers see what `published` returns and nothing else."""

    def published(self) -> DocumentQuerySet:
        return self.filter(state=Document.State.PUBLISHED)

    def with_theme(self, theme: Theme) -> DocumentQuerySet:
        return self.filter(themes=theme)

    def from_source(self, source: Source) -> DocumentQuerySet:
        """Issued by the source, or found there."""
        return self.filter(Q(issuer=source) | Q(found_at=source))

    def seen_in_curation_by(self, user: User | AnonymousUser) -> DocumentQuerySet:
        """All of them for who may correct; else those whose file, the newest or an earlier one, the person uploaded."""
        if user.has_perm(SEES_ALL):
            return self
        began = self.model.objects.filter(earlier_versions__upload__received_by=user.pk)
        return self.filter(Q(upload__received_by=user.pk) | Q(pk__in=began.values("pk")))

    def newest(self) -> DocumentQuerySet:
        return self.order_by("-published_at", "-pk")

    def for_list(self) -> DocumentQuerySet:
        """With what a line of a list shows, and without the texts."""
        return self.select_related("issuer", "found_at").prefetch_related("themes").defer("text")


NOT_IN_HISTORY = [
    "upload", "text", "number_as_typed", "addressees", "boilerplate", "facts", "versions", "to_read_again", "state",
    "revision", "created_at", "published_at", "withdrawn_at", "withdrawn_reason",
]  # fmt: skip
"""Fields whose earlier values are not kept: the text is never edited, and decisions say who changed the state."""


class Document(models.Model):
    """One circular, speech, essay …: an exact text with its metadata. Its number is never given twice."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DISCARDED = "discarded", _("discarded")

    LIVE = (State.DRAFT, State.PUBLISHED)

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        CHINESE = "zh", _("Chinese")

    class Kind(models.TextChoices):
        NOTICE = "notice", _("notice")
        PLAN = "plan", _("work plan")
        SPEECH = "speech", _("speech")
        ESSAY = "essay", _("essay or investigation")
        REGULATION = "regulation", _("regulation")
        MEASURES = "measures", _("measures")
        LAW = "law", _("law")
        OPINIONS = "opinions", _("opinions")
        REPORT = "report", _("report")
        LETTER = "letter", _("letter")
        ORDER = "order", _("order")
        OTHER = "other", _("other")

    class Translation(models.TextChoices):
        ORIGINAL = "original", _("no, this is the original wording")
        MACHINE = "machine", _("translated by machine")
        PERSON = "person", _("translated by a person")

    class Precision(models.TextChoices):
        YEAR = "year", _("year")
        MONTH = "month", _("month")
        DAY = "day", _("day")

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="documents")
    text = models.TextField(help_text="the file, decoded; never edited")
    language = models.CharField(max_length=2, choices=Language)
    translation = models.CharField(
        max_length=10, choices=Translation, blank=True, help_text="whether the text is a translation; empty: not known"
    )
    title = models.CharField(max_length=500)
    title_in_text = models.BooleanField(default=True, help_text="the text carries the title; else it was given to it")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    number = models.CharField(
        "document number", max_length=80, blank=True, help_text="normalised, e.g. 公通字〔2013〕12号"
    )
    number_as_typed = models.CharField(max_length=120, blank=True)
    issuer = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="issued")
    found_at = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="hosted")
    category = models.CharField(max_length=120, blank=True, help_text="the section of the site it was found in")
    url = WebAddressField(max_length=500, blank=True, help_text="where the copy was found")
    issued_on = models.DateField(null=True, blank=True)
    issued_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    addressees = models.JSONField(default=list, blank=True)
    boilerplate = models.JSONField(
        default=list, blank=True, help_text="[start, end, kind] of what is not the document's"
    )
    facts = models.JSONField(
        default=dict, blank=True, help_text="where each piece of metadata was read, and by which rule"
    )
    themes: models.ManyToManyField[Theme, DocumentTheme] = models.ManyToManyField(
        "Theme", through="DocumentTheme", related_name="documents"
    )
    versions = models.JSONField(default=dict, help_text="version of each stage of analysis that read the text")
    to_read_again = models.BooleanField(default=False, help_text="a change of a vocabulary concerns it")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0, help_text="counted up by every action that changes the document")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    history = HistoricalRecords(excluded_fields=NOT_IN_HISTORY)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        permissions = [("publish_document", "Can publish document"), ("withdraw_document", "Can withdraw document")]
        indexes = [
            models.Index(fields=["state", "-published_at"], name="document_newest"),
            models.Index(fields=["state", "issued_on"], name="document_by_date"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="document_has_a_title"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="document_published_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
                name="document_withdrawn_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None, issued_precision="")
                | (Q(issued_on__isnull=False) & ~Q(issued_precision="")),
                name="document_date_has_a_precision",
            ),
            models.UniqueConstraint(
                fields=["upload"],
                condition=~Q(state="discarded"),
                name="document_one_live_reading_of_an_upload",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED


class SectionQuerySet(models.QuerySet["Section"]):
    def published(self) -> SectionQuerySet:
        return self.filter(document__state=Document.State.PUBLISHED)


def outlined(marker: str, heading: str) -> str:
    """A heading after its marker; the marks that Chinese counts with (一、 （二）) bring their own space."""
    return f"{marker}{'' if marker.endswith(('、', '）')) else ' '}{heading}".strip()


class Section(Derived):
    """A member of the outline, or the front matter before the first one (path "0").

    `[start, end)` holds its subsections too, `[start, own_end)` only its own text; the own texts of a document's
    sections cover its text without gap. `quote` is the marker and heading.
    """

    class Kind(models.TextChoices):
        FRONT = "front", _("front matter")
        HEADING = "heading", _("heading")
        ITEM = "item", _("item")

    document = models.ForeignKey(Document, models.CASCADE, related_name="sections")
    ordinal = models.PositiveIntegerField(help_text="place in the document, from 0")
    path = models.CharField(max_length=60, help_text="place in the outline, like 2.1")
    level = models.PositiveSmallIntegerField(help_text="depth in the outline, 0 for front matter")
    kind = models.CharField(max_length=10, choices=Kind)
    marker = models.CharField(max_length=80, blank=True)
    heading = models.CharField(max_length=200, blank=True)
    heading_start = models.PositiveIntegerField()
    own_end = models.PositiveIntegerField()
    former = models.JSONField(
        default=list, blank=True, help_text="[path, start] of sections that lead here since people changed the outline"
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["document_id", "ordinal"]
        constraints = [
            span_constraint("section"),
            confidence_constraint("section"),
            models.CheckConstraint(
                condition=Q(own_end__gte=F("start")) & Q(own_end__lte=F("end")),
                name="section_own_text_inside",
            ),
            models.UniqueConstraint(fields=["document", "ordinal"], name="section_one_per_place"),
            models.UniqueConstraint(fields=["document", "path"], name="section_one_per_path"),
        ]

    def __str__(self) -> str:
        return outlined(self.marker, self.heading) or self.path

    @property
    def anchor(self) -> str:
        """The fragment that leads to the section on its document's page."""
        return f"s{self.path}"

    def answers_to(self, path: str) -> bool:
        """It has the path, or the section that had it before people changed the outline is part of it now."""
        return path == self.path or any(path == former for former, _start in self.former)

    @property
    def own_text(self) -> str:
        return self.document.text[self.start : self.own_end]

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}#{self.anchor}"

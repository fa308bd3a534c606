"""What people decided, what the machine had read before they did, and what the search index has still to hear of."""

from __future__ import annotations

from django.conf import settings
from django.db import connections, models
from django.utils.translation import gettext_lazy as _

from archive.models.documents import Document


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> DecisionQuerySet:
        return self.filter(undone_at=None)

    def about_the_reading(self) -> DecisionQuerySet:
        """Corrections of what was read; not what became of the document as a whole."""
        verbs = Decision.Verb
        whole = (verbs.PUBLISHED, verbs.WITHDRAWN, verbs.DISCARDED, verbs.REPLACED)
        return self.exclude(verb__in=whole)

    def not_found_again(self) -> DecisionQuerySet:
        return self.standing().exclude(not_found_at=None)

    def in_order(self) -> DecisionQuerySet:
        return self.order_by("pk")


class Decision(models.Model):
    """A human decision about a document or something read out of it; never changed, only undone.

    The quote with its context finds the place again when the document has been read anew. What `data` holds is said in
    `archive.actions.replay`.
    """

    class Layer(models.TextChoices):
        DOCUMENT = "document", _("document")
        SECTION = "section", _("section")
        DIRECTIVE = "directive", _("directive")
        FORMULATION = "formulation", _("formulation")

    class Verb(models.TextChoices):
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DISCARDED = "discarded", _("discarded")
        CHANGED = "changed", _("changed")
        ADDED = "added", _("added")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        REPLACED = "replaced", _("replaced")
        SPLIT = "split", _("split")
        MERGED = "merged", _("merged")
        MOVED = "moved", _("moved to another level")

    document = models.ForeignKey(Document, models.CASCADE, related_name="decisions")
    layer = models.CharField(max_length=12, choices=Layer)
    verb = models.CharField(max_length=10, choices=Verb)
    quote = models.TextField(blank=True)
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict, blank=True, help_text="what was changed, from what to what")
    revision = models.PositiveIntegerField(default=0, help_text="the document's revision that this decision made")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="decisions")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_revision = models.PositiveIntegerField(
        null=True, blank=True, help_text="the document's revision that undoing it made"
    )
    not_found_at = models.DateTimeField(
        null=True, blank=True, help_text="when a reading no longer found its place; a person has to settle it"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.get_layer_display()} {self.document_id}"


class MachineReading(models.Model):
    """What the machine read of a document that people have corrected: the corrections are made upon it."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="machine_reading")
    found = models.JSONField(help_text="sections, directives and themes, as `archive.actions.machine` writes them")

    def __str__(self) -> str:
        return f"document {self.document_id}"


class OutboxQuerySet(models.QuerySet["OutboxEntry"]):
    def pending(self) -> OutboxQuerySet:
        return self.filter(done_at=None).order_by("pk")

    def corpus(self) -> str:
        """A word for what readers see: another one after every change that was announced.

        The last number alone would not do: of two transactions the one with the lower number may end later. It is asked
        on nearly every page, and Django takes ten times as long to write this SQL as a database to answer it.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute("SELECT MAX(id), COUNT(*), SUM(id) FROM archive_outboxentry")
            return "-".join(map(str, cursor.fetchone()))


class OutboxEntry(models.Model):
    """A document whose state or text changed: written with the change, done when the index has it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="outbox")
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "outbox entries"
        permissions = [("rebuild_index", "Can have the search index built anew")]
        indexes = [models.Index(fields=["done_at", "id"], name="outbox_pending")]

    def __str__(self) -> str:
        return f"{self.pk}: document {self.document_id}"

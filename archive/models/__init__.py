"""The rows of the archive; no parsing, no HTML, no index code here."""

from archive.models.annotations import (
    Actor,
    Directive,
    DirectiveTheme,
    DocumentTheme,
    Formulation,
    Occurrence,
    Theme,
)
from archive.models.batches import Batch, BatchItem
from archive.models.decisions import Decision, MachineReading, OutboxEntry
from archive.models.documents import Document, Section, Upload
from archive.models.fingerprints import Fingerprint, FingerprintBand
from archive.models.jobs import Job
from archive.models.reports import ProblemReport
from archive.models.sources import Source
from archive.models.versions import DocumentVersion
from archive.models.vocabularies import Phrase, VocabularyChange

__all__ = [
    "Actor",
    "Batch",
    "BatchItem",
    "Decision",
    "Directive",
    "DirectiveTheme",
    "Document",
    "DocumentTheme",
    "DocumentVersion",
    "Fingerprint",
    "FingerprintBand",
    "Formulation",
    "Job",
    "MachineReading",
    "Occurrence",
    "OutboxEntry",
    "Phrase",
    "ProblemReport",
    "Section",
    "Source",
    "Theme",
    "Upload",
    "VocabularyChange",
]

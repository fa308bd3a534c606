"""Problems that readers report: taken in within bounds, settled by people, and no longer tied to anyone than needed."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from archive.models import Document, ProblemReport

MEMORY = timedelta(hours=1)
"""How long it is known that reports came from the same sender."""
OF_ONE_SENDER = 5
OF_ALL = 200
"""Reports that are taken in `MEMORY`; the second bounds what many senders together can fill the database with."""


class TooManyReports(Exception):
    """Nothing was kept; it can be sent again after `MEMORY`."""


@transaction.atomic
def report_problem(
    *, page: str, words: str, contact: str = "", document: Document | None = None, address: str
) -> ProblemReport:
    """Keep what a reader says about a page; `address` is where the request came from, and is itself not kept.

    TooManyReports when this sender, or all of them together, sent as many in the last hour as are taken.
    """
    forget_senders()
    sender = salted_hmac("archive.problems", address, algorithm="sha256").hexdigest()
    recent = ProblemReport.objects.filter(made_at__gt=timezone.now() - MEMORY)
    if recent.filter(sender=sender).count() >= OF_ONE_SENDER or recent.count() >= OF_ALL:
        raise TooManyReports
    return ProblemReport.objects.create(page=page, words=words, contact=contact, document=document, sender=sender)


def forget_senders() -> None:
    """Empty the senders of reports that are older than `MEMORY`."""
    ProblemReport.objects.filter(made_at__lte=timezone.now() - MEMORY).exclude(sender="").update(sender="")


@transaction.atomic
def settle_problem(*, report: ProblemReport, answer: str = "", by: User | None) -> None:
    """Close the report and forget how to reach who sent it; settling a settled one changes only the answer."""
    if report.state == ProblemReport.State.OPEN:
        report.settled_at, report.settled_by = timezone.now(), by
    report.state, report.answer, report.contact, report.sender = ProblemReport.State.SETTLED, answer, "", ""
    report.save()


@transaction.atomic
def reopen_problem(*, report: ProblemReport, answer: str = "") -> None:
    """Take up a settled report again, as if it had not been settled, with what is known so far as its answer."""
    report.state, report.answer, report.settled_at, report.settled_by = ProblemReport.State.OPEN, answer, None, None
    report.save()

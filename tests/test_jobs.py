"""The queue of long work: leases, retries, and effects that happen once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.actions import jobs, worker
from archive.actions.batches import add_file, open_batch
from archive.actions.corrections import correct_metadata
from archive.actions.imports import Candidate
from archive.models import BatchItem, Document, Job, Upload
from tests.factories import NOTICE, administrator, draft

pytestmark = pytest.mark.django_db
GONE = timedelta(seconds=-1)
"""A lease that has run out: its worker is gone."""


def waiting(key: str = "", documents: tuple[int, ...] = ()) -> Job:
    return jobs.enqueue(kind="reread", arguments={"documents": list(documents)}, by=None, key=key)


def work_off() -> None:
    """Do everything that is due, in a worker of its own."""
    while worker.do_next(name=worker.own_name(), stop=threading.Event()):
        pass


def let_time_pass() -> None:
    Job.objects.update(not_before=timezone.now())


def batch_job(data: bytes) -> Job:
    batch = open_batch(name="one", by=administrator())
    add_file(batch=batch, candidate=Candidate("notice.txt", data))
    return jobs.enqueue(kind="read_batch", arguments={"batch": batch.pk}, by=batch.made_by)


@pytest.mark.parametrize(
    ("first", "second", "rows"),
    [
        (("theme 1", (1, 2)), ("theme 1", (1, 2)), 1),
        (("theme 1", (1, 2)), ("theme 1", (3,)), 2),
        (("theme 1", (1,)), ("theme 2", (1,)), 2),
        (("", (1,)), ("", (1,)), 2),
        (("x" * 500, (1,)), ("x" * 500, (1,)), 1),
    ],
)
def test_the_same_work_waits_once(first: tuple, second: tuple, rows: int):
    assert (waiting(*first) == waiting(*second)) is (rows == 1)
    assert Job.objects.count() == rows


def test_work_that_has_begun_does_not_stand_for_new_work():
    """What changed after the beginning may have been missed."""
    running = waiting("theme 1")
    jobs.claim(worker="one")
    assert waiting("theme 1") != running


def test_the_database_refuses_two_waiting_jobs_of_a_key():
    fields = {"kind": "reread", "key": "k", "not_before": timezone.now()}
    Job.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(**fields)


def test_unknown_work_is_refused():
    with pytest.raises(ValueError, match="no such work: dance"):
        jobs.enqueue(kind="dance", arguments={}, by=None)


def test_jobs_are_taken_once_and_in_order():
    first, second = waiting(), waiting()
    assert [jobs.claim(worker=name) for name in ("one", "two", "three")] == [first, second, None]


def test_a_job_of_a_worker_that_is_gone_is_taken_over_and_the_first_cannot_write():
    waiting()
    lost = jobs.claim(worker="one", lease=GONE)
    again = jobs.claim(worker="two")
    assert lost is not None and again == lost
    for write in (
        lambda: jobs.renew(job=lost),
        lambda: jobs.got_to(job=lost, done=1, total=2),
        lambda: jobs.finish(job=lost, result={}),
        lambda: jobs.fail(job=lost, reason="late"),
        lambda: jobs.give_back(job=lost),
    ):
        with pytest.raises(jobs.LeaseLost):
            write()
    jobs.finish(job=again, result={"by": "two"})
    assert Job.objects.get().result == {"by": "two"}


def test_a_job_that_ends_its_worker_every_time_has_failed_and_can_be_tried_again():
    job = waiting()
    for _ in range(jobs.ATTEMPTS):
        assert jobs.claim(worker="one", lease=GONE) == job
    assert jobs.claim(worker="one") is None
    job.refresh_from_db()
    assert (job.state, job.reason) == ("failed", "The program ended in the middle of this work, 5 times.")
    jobs.try_again(job=job)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.reason) == ("done", "")


def test_getting_further_counts_no_failure_against_the_next_step():
    waiting()
    for done in range(1, jobs.ATTEMPTS * 2):
        job = jobs.claim(worker="one", lease=GONE)
        assert job is not None
        jobs.got_to(job=job, done=done, total=100)
    assert Job.objects.get().attempts == 1


def test_what_goes_wrong_is_kept_and_tried_again_after_growing_pauses():
    job = jobs.enqueue(kind="read_batch", arguments={"batch": 404}, by=None)
    pauses = []
    for _ in range(jobs.ATTEMPTS):
        before = timezone.now()
        work_off()
        job.refresh_from_db()
        pauses.append(round((job.not_before - before).total_seconds()))
        let_time_pass()
    assert pauses[:-1] == [5, 20, 80, 320]
    assert job.state == "failed"
    assert job.reason == "DoesNotExist: Batch matching query does not exist."


def test_a_worker_that_is_told_to_stop_gives_the_job_back():
    number = draft().pk
    job = waiting(documents=(number, number))
    stop = threading.Event()
    stop.set()
    assert worker.do_next(name="one", stop=stop)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.worker) == ("waiting", 0, "")
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 2, 2)


def test_reading_a_batch_twice_makes_one_document():
    job = batch_job(NOTICE.encode())
    jobs.claim(worker="one", lease=GONE)
    work_off()
    Job.objects.update(state="waiting", ended_at=None)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 1, 1)
    assert BatchItem.objects.get().document == Document.objects.get()


def test_a_file_without_text_is_a_result_and_no_failure_of_the_work():
    job = batch_job(b"%PDF-1.7 and nothing more")
    work_off()
    job.refresh_from_db()
    assert job.state == "done"
    assert BatchItem.objects.get().reason == Upload.objects.get().reason != ""


def test_rereading_goes_on_where_it_stopped_and_keeps_what_people_decided():
    one, two = draft(), draft(NOTICE + "3. More. Units must report.\n", "two.txt")
    one.title = "A title by a person"
    correct_metadata(document=one, changed=["title"], by=None)
    Document.objects.update(versions={})
    job = waiting(documents=(two.pk, 404, one.pk))
    Job.objects.update(done=1)
    work_off()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.title == "A title by a person"
    assert one.versions != {}
    assert two.versions == {}

"""Copies and near copies find each other by their fingerprints."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from archive.actions.rereading import live_documents, stale_documents
from archive.models import Document, Fingerprint, FingerprintBand
from archive.reader.comparison import asides, side_by_side, whole_percent
from archive.reader.likeness import nearest
from tests.factories import CHINESE_NOTICE, NOTICE, draft, published

pytestmark = pytest.mark.django_db
COPY = NOTICE.upper().replace(" ", "  ")
NEAR = NOTICE.replace("every month", "every single week")
SITE = f"Huiwen Document Garden > Official documents > Notices\n\n{NOTICE}"


@pytest.mark.parametrize(
    ("text", "same"),
    [(COPY, True), (NEAR, False), (f"{NOTICE}\nA last paragraph that the other copy does not have.", False)],
)
def test_a_copy_is_found_and_said_to_be_the_same_wording_or_nearly(text: str, same: bool):
    first, second = published(), draft(text, "copy.txt")
    draft(CHINESE_NOTICE, "other.txt")
    (near,) = nearest(second, live_documents())
    assert near.document == first
    assert near.is_same_wording is same
    assert near.likeness > 0.5


def test_only_what_is_asked_for_is_found():
    first, second = draft(), published(NEAR, "copy.txt")
    assert nearest(second, Document.objects.published()) == []
    assert [near.document for near in nearest(first, Document.objects.published())] == [second]


def test_finding_takes_the_same_queries_however_many_there_are(django_assert_num_queries):
    first = draft()
    for number in range(8):
        draft(f"{NOTICE} Copy {number}.", f"{number}.txt")
    with django_assert_num_queries(4):
        assert len(nearest(first, live_documents())) == 5


def test_a_missing_fingerprint_is_made_by_reading_stale_documents_again():
    document = draft()
    Fingerprint.objects.all().delete()
    FingerprintBand.objects.all().delete()
    assert stale_documents() == [document.pk]
    assert nearest(document, live_documents()) == []
    call_command("reanalyse")
    assert stale_documents() == []
    assert document.fingerprint_bands.count() == 42


def test_side_by_side_links_what_is_shared_and_shows_what_differs():
    sides = side_by_side(NOTICE, NEAR)
    assert 'id="left-1"' in sides.left.html
    assert 'href="#right-1"' in sides.left.html
    assert '<span class="differs">month</span>' in sides.left.html
    assert '<span class="differs">single week</span>' in sides.right.html
    assert 0 < sides.right.percent < sides.left.percent < 100


def test_side_by_side_is_escaped_and_leaves_out_what_is_not_the_documents():
    document = draft(SITE, "page.txt")
    sides = side_by_side(document.text + "<script>", NOTICE, left_without=asides(document))
    assert "<script>" not in sides.left.html
    assert sides.right.percent == 100


@pytest.mark.parametrize(("share", "percent"), [(0.0, 0), (0.0001, 1), (0.5, 50), (0.9999, 99), (1.0, 100)])
def test_percent(share: float, percent: int):
    assert whole_percent(share) == percent

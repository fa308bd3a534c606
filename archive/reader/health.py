"""Whether the archive is well, for machines that watch it."""

from __future__ import annotations

from dataclasses import asdict

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.reader.middleware import database_problem
from archive.search import index_status

SLOW = 60
"""Seconds that a change may wait for the indexer before that is called a problem."""


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 with `status` ok, 200 with degraded (readers are served, but search is behind or falls back), or 503."""
    try:
        problem = database_problem()
    except DatabaseError as error:
        problem = str(error)
    if problem:
        return JsonResponse({"status": "down", "database": {"problem": problem}}, status=503)
    index = index_status()
    well = index.readable and (index.oldest_pending_seconds or 0) < SLOW
    report = {"status": "ok" if well else "degraded", "database": {"problem": ""}, "index": asdict(index)}
    return JsonResponse(report)

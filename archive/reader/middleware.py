"""What every response carries, and the answer when the database does not."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]

# The stock admin sets two widths by inline style; nothing a user wrote reaches a style there.
ADMIN_STYLE = ["'self'", "'unsafe-inline'"]
RETRY_AFTER = "30"
"""Seconds."""


def content_security_policy(get_response: Handler) -> Handler:
    """Send `settings.SECURE_CSP`; Django 6 has this built in under the same setting."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = dict(settings.SECURE_CSP)
        if request.path.startswith("/admin/"):
            policy["style-src"] = ADMIN_STYLE
        value = "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy.items())
        response.headers.setdefault("Content-Security-Policy", value)
        return response

    return middleware


class DatabaseAway:
    """Answers 503 with what to do when the database is down or lacks tables, where Django would answer 500."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, (OperationalError, ProgrammingError)):
            return None
        problem = database_problem()
        if not problem:
            return None
        logger.error("%s: %s (%s)", request.path, problem, error)
        response = HttpResponse(render_to_string("503.html", {"problem": problem}), status=503)
        response["Retry-After"] = RETRY_AFTER
        return response


def database_problem() -> str:
    """What is wrong with the database and what to do about it; "" when it answers and has all its tables."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        return "The database does not answer. An administrator has to start it, or correct DATABASE_URL."
    if missing:
        return "The database lacks tables of this version. An administrator has to run: python manage.py migrate"
    return ""

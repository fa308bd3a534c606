"""What every response carries."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# The stock admin sets two widths by inline style; nothing a user wrote reaches a style there.
ADMIN_STYLE = ["'self'", "'unsafe-inline'"]


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
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

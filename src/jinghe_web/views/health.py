"""Is the site alive? For watchdogs; tells nothing about its contents."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from jinghe_web.queries.results import find_result

__all__ = ["health"]


@login_not_required
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 while the database answers, else 503."""
    try:
        find_result()
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})

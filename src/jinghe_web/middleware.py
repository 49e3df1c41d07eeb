"""What every answer must do: keep pages out of caches, and have a one-time password replaced before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

__all__ = ["RenewPassword", "keep_private"]

Answer = Callable[[HttpRequest], HttpResponse]
_OPEN = {"password", "logout", "language", "health"}


def keep_private(answer: Answer) -> Answer:
    """Forbid shared caches and browser features that no page needs."""

    def guarded(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return guarded


class RenewPassword:
    """Send an account that still has its one-time password (一次性口令) to the page where it is changed."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is done once the view is known."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Redirect while the password is a one-time one."""
        match = request.resolver_match
        is_open = match is not None and match.url_name in _OPEN
        return redirect("password") if getattr(request.user, "has_one_time_password", False) and not is_open else None

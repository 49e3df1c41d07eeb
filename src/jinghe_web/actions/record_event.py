"""Write one event into the audit trail, and hear the sessions of people."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from jinghe_web.models import Account, AuditEvent

__all__ = ["record_event", "watch_sessions"]


def record_event(
    action: str,
    *,
    user: Account | None,
    name: str = "",
    subject: str = "",
    request: HttpRequest | None = None,
    **detail: Any,
) -> AuditEvent:
    """Record who did what, from where (审计).

    Args:
        action: one of `AuditEvent.Action`.
        user: the account, None when nobody is logged in; then `name` says who was named.
        name: the name typed when there is no account.
        subject: what it was done to.
        request: gives the address.
        detail: anything else worth keeping, JSON-able.
    Returns:
        The event.
    """
    return AuditEvent.objects.create(
        action=AuditEvent.Action(action),
        actor=user,
        actor_name=user.get_username() if user else name[:150],
        subject=subject,
        detail=detail,
        address=request.META.get("REMOTE_ADDR") or None if request else None,
    )


def _hear_login(*, request: HttpRequest, user: Account, **_: Any) -> None:
    record_event("log_in", user=user, request=request)


def _hear_logout(*, request: HttpRequest, user: Account | None, **_: Any) -> None:
    if user is not None:
        record_event("log_out", user=user, request=request)


def _hear_failure(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    record_event("fail_log_in", user=None, name=str(credentials.get("username", "")), request=request)


def watch_sessions() -> None:
    """Record every log-in, failed log-in and log-out."""
    user_logged_in.connect(_hear_login, dispatch_uid="jinghe-login")
    user_logged_out.connect(_hear_logout, dispatch_uid="jinghe-logout")
    user_login_failed.connect(_hear_failure, dispatch_uid="jinghe-failure")

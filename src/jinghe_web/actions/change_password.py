"""Replace a password."""

from __future__ import annotations

from django.contrib.auth.forms import SetPasswordMixin
from django.db import transaction
from django.http import HttpRequest

from jinghe_web.actions.record_event import record_event
from jinghe_web.models import Account

__all__ = ["change_password"]


@transaction.atomic
def change_password(form: SetPasswordMixin, *, user: Account, request: HttpRequest) -> None:
    """Save the new password of a valid form (改密); the one-time password is over."""
    user.has_one_time_password = False
    form.save()
    record_event("change_password", user=user, request=request)

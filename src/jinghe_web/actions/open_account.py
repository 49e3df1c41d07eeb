"""Open an account with a one-time password."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import Permission
from django.db import transaction

from jinghe_web.actions.record_event import record_event
from jinghe_web.models import Account

__all__ = ["open_account"]

# Without 0/O and 1/l/I: it is read from a screen and typed.
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@transaction.atomic
def open_account(name: str, *, user: Account | None) -> str:
    """Open an account that may load results (开户), with a random password that serves once.

    Args:
        name: log-in name, unused so far.
        user: who opens it; None only for the first account, opened by whoever starts the workbench.
    Returns:
        The password; it is stored nowhere but as a hash.
    Raises:
        PermissionError: nobody is named and there is already an account, or the one named may not.
    """
    if not (user.has_perm("jinghe_web.add_account") if user else not Account.objects.exists()):
        raise PermissionError(name)
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    account = Account.objects.create_user(name, password=password)
    codes = ["add_caseresult"] if user else ["add_caseresult", "add_account"]
    account.user_permissions.set(Permission.objects.filter(codename__in=codes, content_type__app_label="jinghe_web"))
    record_event("open_account", user=user, name="serve", subject=name)
    return password

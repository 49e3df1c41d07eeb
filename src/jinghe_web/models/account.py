"""Who may enter."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

__all__ = ["Account"]


class Account(AbstractUser):
    """A person's account (账号); a password made by the system serves once."""

    has_one_time_password = models.BooleanField(default=True)

    class Meta(AbstractUser.Meta):
        """Names of the table."""

        db_table = "account"

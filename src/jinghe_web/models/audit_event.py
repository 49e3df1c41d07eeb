"""Who did what, when."""

from __future__ import annotations

from django.conf import settings
from django.db import models

__all__ = ["AuditEvent"]


class AuditEvent(models.Model):
    """One entry of the audit trail (审计记录): added, never changed."""

    class Action(models.TextChoices):
        """What can be on record."""

        OPEN_ACCOUNT = "open_account"
        LOG_IN = "log_in"
        FAIL_LOG_IN = "fail_log_in"
        LOG_OUT = "log_out"
        CHANGE_PASSWORD = "change_password"  # noqa: S105
        LOAD_CASE = "load_case"

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=150)
    action = models.CharField(max_length=32, choices=Action)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        """The newest first; no action outside the list."""

        db_table = "audit_event"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    action__in=["open_account", "log_in", "fail_log_in", "log_out", "change_password", "load_case"]
                ),
                name="audit_event_action_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action}"

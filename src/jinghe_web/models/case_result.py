"""Results as the library gave them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

__all__ = ["CaseResult"]


class CaseResult(models.Model):
    """One result document (结果) under the key that makes it reproducible: compact, data, seed, version."""

    case = models.SlugField(max_length=64)
    period = models.CharField(max_length=32)
    compact_digest = models.CharField(max_length=64)
    panel_digest = models.CharField(max_length=64)
    seed = models.BigIntegerField()
    version = models.CharField(max_length=32)
    document = models.JSONField()
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """One row a key; the newest first."""

        db_table = "case_result"
        ordering = ["-loaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "compact_digest", "panel_digest", "seed", "version"], name="case_result_key"
            ),
            models.CheckConstraint(
                condition=~models.Q(compact_digest="") & ~models.Q(panel_digest=""), name="case_result_has_digests"
            ),
            models.CheckConstraint(condition=models.Q(seed__gte=0), name="case_result_seed_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.period} {self.compact_digest[:8]}"

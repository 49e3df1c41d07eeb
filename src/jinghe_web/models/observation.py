"""Observations behind a result."""

from __future__ import annotations

from django.db import models

from jinghe_web.models.case_result import CaseResult

__all__ = ["Observation"]


class Observation(models.Model):
    """One figure as somebody published it (观测值), kept with the result that read it."""

    result = models.ForeignKey(CaseResult, on_delete=models.CASCADE, related_name="observations")
    jurisdiction = models.CharField(max_length=6)
    indicator = models.CharField(max_length=64)
    period = models.CharField(max_length=32)
    printed = models.CharField(max_length=64, blank=True)
    value = models.FloatField(null=True)
    unit = models.CharField(max_length=32)
    vintage = models.DateField()
    status = models.CharField(max_length=16)
    reporter = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=64)
    note = models.TextField(blank=True)

    class Meta:
        """No figure twice; every figure has its source."""

        db_table = "observation"
        ordering = ["jurisdiction", "indicator", "period", "vintage"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "jurisdiction", "indicator", "period", "vintage", "reporter"], name="observation_key"
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="observation_has_source"),
        ]
        indexes = [models.Index(fields=["result", "indicator", "period"], name="observation_by_indicator")]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.indicator} {self.period}"

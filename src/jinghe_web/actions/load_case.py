"""Store a result with its observations."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from jinghe.panel import Observation as Figure
from jinghe_web.actions.record_event import record_event
from jinghe_web.models import Account, CaseResult, Observation

__all__ = ["load_case"]


@transaction.atomic
def load_case(document: dict[str, Any], *, user: Account, observations: Iterable[Figure]) -> CaseResult:
    """Store a result document and the panel it was computed from (载入结果), once per key.

    Args:
        document: schema jinghe-result/1, as `jinghe.run.run_case` gives it.
        user: who loads it.
        observations: the whole panel.
    Returns:
        The stored result; the one already there when its key is known.
    Raises:
        PermissionDenied: the account may not load results.
    """
    if not user.has_perm("jinghe_web.add_caseresult"):
        raise PermissionDenied
    key = {
        "case": document["case"],
        "compact_digest": document["compact"]["digest"],
        "panel_digest": document["panel_digest"],
        "seed": document["seed"],
        "version": document["jinghe"],
    }
    if found := CaseResult.objects.filter(**key).first():
        return found
    result = CaseResult.objects.create(**key, period=document["period"], document=document, loaded_by=user)
    rows = Observation.objects.bulk_create([_row(result, figure) for figure in observations], batch_size=500)
    record_event("load_case", user=user, subject=str(result), observations=len(rows))
    return result


def _row(result: CaseResult, figure: Figure) -> Observation:
    names = (
        "jurisdiction",
        "indicator",
        "period",
        "printed",
        "unit",
        "vintage",
        "status",
        "reporter",
        "source",
        "note",
    )
    value = figure.value if math.isfinite(figure.value) else None
    return Observation(result=result, value=value, **{name: getattr(figure, name) for name in names})

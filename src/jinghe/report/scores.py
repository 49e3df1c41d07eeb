"""Scores as a part of the document (得分部分): ranks, intervals, and the working down to every figure."""

from __future__ import annotations

import math
from typing import Any

from jinghe.compact import Compact
from jinghe.contest import Part, RankDistribution, Ranking, RankUncertainty, Scores
from jinghe.panel import Observation
from jinghe.report.choices import OPTIONS
from jinghe.units import Period

__all__ = ["document_places", "document_scores", "plain_number"]

_Tree = dict[str, Any]


def document_scores(
    compact: Compact, *, scores: Scores, ranking: Ranking, uncertainty: RankUncertainty | None = None
) -> _Tree:
    """Put scores, ranks and their working as the part of the document that `score` prints.

    Args:
        compact: the compact.
        scores: of the period.
        ranking: the ranks with the intervals that the method leaves.
        uncertainty: adds the intervals by figures and by both, and the bands that cannot be told apart.
    Returns:
        A tree: period, jurisdictions, borders, contest, scores.
    """
    return (
        {"period": scores.period.name}
        | document_places(compact, scores.period)
        | {
            "contest": _contest(scores, ranking),
            "scores": [
                {"code": code, "score": plain_number(scores.total[i]), "rank": int(ranking.rank[i])}
                | {
                    "low": int(ranking.low[i]),
                    "high": int(ranking.high[i]),
                    "probability": [float(p) for p in ranking.probability[i]],
                }
                | _certainty(uncertainty, i, code)
                | {"working": _part(scores.explain(code))}
                for i, code in enumerate(scores.codes)
            ],
        }
    )


def _certainty(found: RankUncertainty | None, row: int, code: str) -> _Tree:
    """What the figures leave open, beside the method: intervals, and the number of the band."""
    if found is None:
        return dict.fromkeys(("figures", "both", "band"))

    def ends(one: RankDistribution | None) -> _Tree | None:
        return {"low": int(one.low[row]), "high": int(one.high[row])} if one else None

    band = next((number for number, codes in enumerate(found.ties, start=1) if code in codes), None)
    return {"figures": ends(found.figures), "both": ends(found.combined), "band": band}


def document_places(compact: Compact, period: Period) -> _Tree:
    """Put the jurisdictions, with their groups at the end of the period, and their borders."""
    return {
        "jurisdictions": [_jurisdiction(compact, j.code, period) for j in compact.region.jurisdictions],
        "borders": [list(pair) for pair in compact.region.borders],
    }


def _jurisdiction(compact: Compact, code: str, period: Period) -> _Tree:
    one = compact.region.jurisdiction(code)
    groups = [
        {
            "id": g.id,
            "name": g.name.as_dict(),
            "kind": g.kind,
            "share": None if m.share is None else float(m.share),
            "source": m.source,
        }
        for g in compact.region.groups
        for m in g.members
        if m.jurisdiction == code and m.is_valid(period.last)
    ]
    return {
        "code": code,
        "name": one.name.as_dict(),
        "level": one.level,
        "column": one.column,
        "row": one.row,
        "groups": groups,
    }


def _contest(scores: Scores, ranking: Ranking) -> _Tree:
    contest = scores.contest
    parents = {child.id: node.id for node in scores.root.walk() for child in node.children}
    nodes = [
        {"id": node.id, "label": contest.label(node.id).as_dict(), "parent": parents.get(node.id)}
        | {"weight": 1.0 if node.id == scores.root.id else float(scores.weights[node.id])}
        | {"aggregate": contest.aggregation(node.id) if node.children else None}
        | {"way": OPTIONS[contest.aggregation(node.id)].as_dict() if node.children else None}
        for node in scores.root.walk()
    ]
    treated = dict(zip(scores.stages.tree.leaves, scores.stages.treatments, strict=True))
    indicators = [
        {"id": i.id, "label": i.label.as_dict(), "unit": contest.unit(i.id).as_dict(), "direction": i.direction}
        | {"treatment": treated[i.id].form if i.id in treated else None}
        for i in contest.indicators
    ]
    return {
        "root": scores.root.id,
        "nodes": nodes,
        "indicators": indicators,
        "labels": {key: label.as_dict() for key, label in contest.labels.items()},
        "dropped": [
            {
                "indicator": d.indicator,
                "label": scores.contest.label(d.indicator).as_dict(),
                "reason": d.reason.as_dict(),
            }
            for d in scores.dropped
        ],
        "notes": [note.as_dict() for note in scores.notes],
        "coverage": ranking.coverage,
        "draws": ranking.draws,
    }


def _part(part: Part) -> _Tree:
    return {
        "node": part.node,
        "label": part.label.as_dict(),
        "score": part.score,
        "weight": part.weight,
        "contribution": part.contribution,
        "raw": part.raw,
        "unit": part.unit.as_dict() if part.unit else None,
        "normalised": part.normalised,
        "imputed": part.imputed,
        "note": part.note.as_dict() if part.note else None,
        "observations": [_observation(o) for o in part.observations],
        "items": [
            {"id": i.id, "title": i.title.as_dict(), "status": i.status, "points": i.points, "share": i.share}
            | {"credit": i.credit, "rule": i.rule, "inflation": i.inflation, "source": i.source}
            for i in part.items
        ],
        "children": [_part(child) for child in part.children],
    }


def _observation(one: Observation) -> _Tree:
    words = {
        key: getattr(one, key)
        for key in ("jurisdiction", "indicator", "period", "printed", "unit", "status", "reporter", "source", "note")
    }
    return words | {"value": plain_number(one.value), "vintage": one.vintage.isoformat()}


def plain_number(value: float) -> float | None:
    """JSON knows no NaN: undefined is null.

    >>> plain_number(float("nan")) is None, plain_number(0.5)
    (True, 0.5)
    """
    return float(value) if math.isfinite(value) else None

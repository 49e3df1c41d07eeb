"""The result as one plain document (成果文件): what report, tables and workbench show, JSON-able, unrounded."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinghe import __version__
from jinghe.compact import Compact
from jinghe.contest import Award, Part, Ranking, Scores
from jinghe.contract import Light
from jinghe.diagnosis import STAGES, Criterion, Diagnosis, Finding
from jinghe.errors import DataError, problem
from jinghe.exhibit import Section
from jinghe.labels import Text
from jinghe.operation import Assessment, Unsettled
from jinghe.panel import Observation, PanelReading
from jinghe.report.outlook import document_forecast
from jinghe.sharing import Settlement, SigningSheet
from jinghe.simulation import Check, Run
from jinghe.units import Period

__all__ = ["SCHEMA", "document_scores", "document_settlements", "make_document", "read_document"]

SCHEMA = "jinghe-result/1"
_Tree = dict[str, Any]


def make_document(
    compact: Compact,
    *,
    reading: PanelReading,
    assessment: Assessment,
    forecast: tuple[Sequence[Run], Sequence[Check]],
    diagnosis: Diagnosis,
    seed: int,
    sections: Sequence[Section] = (),
    sheets: Sequence[SigningSheet] = (),
) -> _Tree:
    """Gather everything one run found, with what it was computed from.

    Args:
        compact: the compact; its digest names the rules.
        reading: the panel with the coercions made; its digest names the figures.
        assessment: scores, settlements, lights and flags of the period.
        forecast: the runs (the compact first) and the simulator's checks.
        diagnosis: stage, bottlenecks and profile.
        seed: the seed of everything random.
        sections: evidence and comparisons, as tables.
        sheets: the statements as pages to sign, in the order of the settlements.
    Returns:
        The document, schema `jinghe-result/1` (docs/result.md).
    """
    head = {"schema": SCHEMA, "jinghe": __version__, "case": compact.id, "compact": _compact(compact)}
    keys = {"period": assessment.period.name, "lights_on": assessment.on.isoformat(), "seed": seed}
    keys |= {
        "data_vintage": reading.panel.vintage.isoformat() if reading.panel.vintage else None,
        "panel_digest": reading.panel.digest,
    }
    scores: _Tree = {"contest": None, "scores": []}
    if assessment.scores and assessment.ranking:
        scores = document_scores(compact, scores=assessment.scores, ranking=assessment.ranking)
    settled = document_settlements(compact, done=assessment.settlements, undone=assessment.unsettled)
    return (
        head
        | keys
        | {"notes": [{"id": n.id, "kind": n.kind, "path": n.path, "text": n.text.as_dict()} for n in compact.notes]}
        | _places(compact, assessment.period)
        | scores
        | {"awards": [_award(one) for one in assessment.awards]}
        | settled
        | {"contracts": [_contract(compact, one) for one in assessment.lights]}
        | {"forecast": document_forecast(*forecast) if forecast[0] else None}
        | {"sheets": [one.as_dict() for one in sheets], "sections": [one.as_dict() for one in sections]}
        | {"flags": [_flag(one) for one in assessment.flags], "diagnosis": _diagnosis(diagnosis)}
        | {
            "coercions": [
                {"line": c.line, "rule": c.rule, "before": c.before, "after": c.after} for c in reading.coercions
            ]
        }
        | {
            "problems": [
                {"code": p.code, "level": p.level, "text": {lang: p.text(lang) for lang in ("zh", "en")}}
                for p in reading.problems
            ]
        }
        | {"sources": _sources(compact)}
    )


def read_document(path: Path) -> _Tree:
    """Read a `result.json`. Raises DataError when it is missing, no JSON, or of another schema."""
    if not path.is_file():
        raise DataError([problem("file-missing", file=str(path), found=path.name)])
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise DataError([problem("result-broken", file=str(path))]) from None
    if not isinstance(tree, dict) or tree.get("schema") != SCHEMA:
        raise DataError(
            [
                problem(
                    "result-schema",
                    file=str(path),
                    found=str(tree.get("schema", "—") if isinstance(tree, dict) else "—"),
                    expected=SCHEMA,
                )
            ]
        )
    return tree


def _compact(compact: Compact) -> _Tree:
    first, end = compact.in_force
    plain = {"id": compact.id, "version": compact.version, "principal": compact.principal, "digest": compact.digest}
    return plain | {"title": compact.title.as_dict(), "in_force": [first.isoformat(), end.isoformat()]}


def document_scores(compact: Compact, *, scores: Scores, ranking: Ranking) -> _Tree:
    """Put scores, ranks and their working as the part of the document that `score` prints."""
    return (
        {"period": scores.period.name}
        | _places(compact, scores.period)
        | {
            "contest": _contest(scores, ranking),
            "scores": [
                {"code": code, "score": _number(scores.total[i]), "rank": int(ranking.rank[i])}
                | {
                    "low": int(ranking.low[i]),
                    "high": int(ranking.high[i]),
                    "probability": [float(p) for p in ranking.probability[i]],
                }
                | {"working": _part(scores.explain(code))}
                for i, code in enumerate(scores.codes)
            ],
        }
    )


def _places(compact: Compact, period: Period) -> _Tree:
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
        for node in scores.root.walk()
    ]
    indicators = [
        {"id": i.id, "label": i.label.as_dict(), "unit": i.unit.as_dict(), "direction": i.direction}
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
            | {"credit": i.credit, "rule": i.rule, "source": i.source}
            for i in part.items
        ],
        "children": [_part(child) for child in part.children],
    }


def _observation(one: Observation) -> _Tree:
    words = {
        key: getattr(one, key)
        for key in ("jurisdiction", "indicator", "period", "printed", "unit", "status", "reporter", "source", "note")
    }
    return words | {"value": _number(one.value), "vintage": one.vintage.isoformat()}


def document_settlements(compact: Compact, *, done: Sequence[Settlement], undone: Sequence[Unsettled]) -> _Tree:
    """Put statements, what could not be settled, and proposed agreements as the part that `settle` prints."""
    return {
        "settlements": [one.as_dict() for one in done],
        "unsettled": [
            {"agreement": one.agreement.id, "title": one.agreement.title.as_dict(), "period": one.period}
            | {"text": {lang: " ".join(p.text(lang) for p in one.problems) for lang in ("zh", "en")}}
            for one in undone
        ],
        "proposed": [
            {"agreement": a.id, "title": a.title.as_dict(), "text": _waiting(len(a.open_choices)).as_dict()}
            | {
                "open": [
                    {
                        "parameter": p.id,
                        "question": (p.question or p.label).as_dict(),
                        "choices": [{"value": c.value} | c.label.as_dict() for c in p.choices],
                    }
                    for p in a.open_choices
                ]
            }
            for a in compact.agreements
            if a.status == "proposed"
        ],
    }


def _waiting(number: int) -> Text:
    return Text(f"待议，{number} 项条款未定，不结算", f"proposed, {number} choices open, not settled")


def _award(one: Award) -> _Tree:
    return {
        "prize": one.prize,
        "label": one.label.as_dict(),
        "code": one.jurisdiction,
        "amount": one.amount.fen,
        "unit": "fen",
    }


def _contract(compact: Compact, one: Light) -> _Tree:
    contract = next(c for c in compact.contracts if c.id == one.contract)
    dimensions = {
        name: text.as_dict() if (text := getattr(contract, name)) else None
        for name in ("power", "incentive", "control")
    }
    return (
        {"id": contract.id, "form": contract.form, "title": contract.title.as_dict(), "field": contract.field}
        | {"lead": contract.lead, "participants": list(contract.participants), "source": contract.source}
        | {"due": contract.due.isoformat() if contract.due else None, "count": contract.count}
        | {"unit": contract.unit.as_dict() if contract.unit else None, "done": one.done}
        | {
            "milestones": [
                {"id": m.id, "label": m.label.as_dict(), "due": m.due.isoformat(), "count": m.count}
                for m in contract.milestones
            ]
        }
        | {"colour": one.colour, "reason": one.reason.as_dict(), "note": one.note.as_dict() if one.note else None}
        | {"history": [{"on": h.on.isoformat(), "colour": h.colour, "reason": h.reason.as_dict()} for h in one.history]}
        | dimensions
    )


def _flag(one: Any) -> _Tree:
    plain = {"code": one.code, "jurisdiction": one.jurisdiction, "indicator": one.indicator, "period": one.period}
    return plain | {
        "effect": _number(one.effect),
        "evidence": one.evidence.as_dict(),
        "strength": one.strength.as_dict(),
    }


def _diagnosis(found: Diagnosis) -> _Tree:
    return {
        "stage": {"id": found.stage, "label": STAGES[found.stage].as_dict()},
        "criteria": [_criterion(one) for one in found.criteria],
        "bottlenecks": [_finding(one) for one in found.bottlenecks],
        "profile": [_finding(one) for one in found.profile],
        "next_steps": [_finding(one) for one in found.next_steps],
        "missing": [text.as_dict() for text in found.missing],
    }


def _criterion(one: Criterion) -> _Tree:
    words = {
        "id": one.id,
        "stage": STAGES[one.stage].as_dict(),
        "label": one.label.as_dict(),
        "evidence": one.evidence.as_dict(),
    }
    return words | {"holds": one.holds, "path": one.path, "rows": list(one.rows)}


def _finding(one: Finding) -> _Tree:
    return {
        "id": one.id,
        "label": one.label.as_dict() if one.label else None,
        "text": one.text.as_dict(),
        "path": one.path,
        "rows": list(one.rows),
    }


def _sources(compact: Compact) -> _Tree:
    every = dict(compact.sources) | {key: s for a in compact.agreements for key, s in a.sources.items()}
    return {
        key: {"title": s.title, "kind": s.kind, "published": s.published, "address": s.address, "note": s.note}
        | {"cite": {lang: s.cite(lang) for lang in ("zh", "en")}}
        for key, s in every.items()
    }


def _number(value: float) -> float | None:
    """JSON knows no NaN: undefined is null."""
    return float(value) if math.isfinite(value) else None

"""The result as one plain document (成果文件): what report, tables and workbench show, JSON-able, unrounded."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jinghe import __version__
from jinghe.compact import Compact
from jinghe.contest import Award, Flag
from jinghe.contract import Light
from jinghe.diagnosis import STAGES, Criterion, Diagnosis, Finding
from jinghe.errors import DataError, problem
from jinghe.exhibit import Section
from jinghe.labels import Text
from jinghe.operation import Assessment, Unsettled
from jinghe.panel import PanelReading
from jinghe.report.doubts import show_confirmations, show_doubts
from jinghe.report.outlook import document_forecast
from jinghe.report.scores import document_places, document_scores, plain_number
from jinghe.report.standing import show_standing
from jinghe.sharing import Settlement, SigningSheet
from jinghe.simulation import Check, Run

__all__ = ["SCHEMA", "document_settlements", "make_document", "read_document"]

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
        assessment: scores, ranks, settlements, lights and flags of the period; its own sections come first.
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
        found = assessment.standing.uncertainty if assessment.standing else None
        scores = document_scores(compact, scores=assessment.scores, ranking=assessment.ranking, uncertainty=found)
    sections = (*_show_contest(compact, assessment), *sections)
    settled = document_settlements(compact, done=assessment.settlements, undone=assessment.unsettled)
    return (
        head
        | keys
        | {"notes": [{"id": n.id, "kind": n.kind, "path": n.path, "text": n.text.as_dict()} for n in compact.notes]}
        | document_places(compact, assessment.period)
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


def _show_contest(compact: Compact, assessment: Assessment) -> Iterator[Section]:
    """The sections made of the contest's own results."""
    scores, standing, examination = assessment.scores, assessment.standing, assessment.examination
    if scores and standing:
        yield show_standing(compact, scores=scores, standing=standing)
    if assessment.confirmations:
        titles = {item.id: item.title for item in compact.items}
        yield show_confirmations(assessment.confirmations, titles=titles, region=compact.region)
    if scores and examination:
        yield show_doubts(examination, contest=scores.contest, region=compact.region)


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
    many = "1 choice" if number == 1 else f"{number} choices"
    return Text(f"待议，{number} 项条款未定，不结算", f"proposed, {many} open, not settled")


def _award(one: Award) -> _Tree:
    return {
        "prize": one.prize,
        "label": one.label.as_dict(),
        "code": one.jurisdiction,
        "amount": one.amount.fen,
        "unit": "fen",
        "ground": one.ground.as_dict(),
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


def _flag(one: Flag) -> _Tree:
    plain = {"code": one.code, "jurisdiction": one.jurisdiction, "indicator": one.indicator, "period": one.period}
    words = {"effect": plain_number(one.effect), "evidence": one.evidence.as_dict(), "strength": one.strength.as_dict()}
    return plain | words | {"p": one.p, "q": one.q, "power": one.power, "n": one.n}


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

"""Pages about the evidence: contracts, diagnosis, findings, sources and observations."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from jinghe_web.models import CaseResult, Observation
from jinghe_web.queries.lights import count_lights, light_wall
from jinghe_web.queries.notes import cited_sources, notes_at

__all__ = [
    "contracts_page",
    "diagnosis_page",
    "evidence_page",
    "find_observations",
    "findings_page",
    "observation_filters",
    "sources_page",
]

Tree = dict[str, Any]
PER_PAGE = 40
_LONG = 30  # rows from which a table is folded
_FILTERS = ("jurisdiction", "indicator", "period", "source")


def contracts_page(document: Tree) -> Tree:
    """The light wall with every contract's duty and history."""
    return {
        "wall": light_wall(document),
        "light_counts": count_lights(document["contracts"]),
        "notes": notes_at(document, "contracts"),
        "cited": cited_sources(document, document["contracts"]),
    }


def diagnosis_page(document: Tree) -> Tree:
    """The stage with its criteria, bottlenecks, profile and next steps."""
    return {"diagnosis": document["diagnosis"]}


def evidence_page(document: Tree) -> Tree | None:
    """The sections of the result, each cell beside its column; None where there is none."""
    sections = [part | {"tables": [_beside(part, table) for table in part["tables"]]} for part in document["sections"]]
    return {"sections": sections} if sections else None


def _beside(part: Tree, table: Tree) -> Tree:
    rows = [[{"value": v, "column": c} for v, c in zip(row, table["columns"], strict=True)] for row in table["rows"]]
    return table | {"rows": rows, "name": f"{part['id']}.{table['id']}", "is_long": len(rows) > _LONG}


def findings_page(document: Tree) -> Tree:
    """Flags on the data, problems and conversions met while reading, and all notes."""
    return {key: document[key] for key in ("flags", "problems", "coercions", "notes")}


def sources_page(result: CaseResult) -> Tree:
    """All sources, each with the number of observations that rest on it."""
    counts = dict(result.observations.order_by().values_list("source").annotate(Count("id")))
    sources = [
        source | {"id": key, "observations": counts.get(key, 0)} for key, source in result.document["sources"].items()
    ]
    return {"sources": sources, "notes": notes_at(result.document, "data", "region")}


def find_observations(result: CaseResult, *, wished: dict[str, str], page: str | None) -> Page[Observation]:
    """Find the observations that match every wished column; unknown columns are not looked at."""
    chosen = {name: wished[name] for name in _FILTERS if wished.get(name)}
    return Paginator(result.observations.filter(**chosen), PER_PAGE).get_page(page)


def observation_filters(result: CaseResult, *, wished: dict[str, str]) -> list[Tree]:
    """Return the filters with their choices and what is chosen now."""
    rows: QuerySet[Observation] = result.observations.order_by()
    return [
        {"name": name, "chosen": wished.get(name, ""), "choices": sorted(rows.values_list(name, flat=True).distinct())}
        for name in _FILTERS
    ]

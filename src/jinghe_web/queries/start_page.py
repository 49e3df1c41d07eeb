"""The start page: the whole case on one sheet."""

from __future__ import annotations

from typing import Any

from jinghe_web.queries.forecasts import runs_at_a_glance
from jinghe_web.queries.lights import count_lights, light_wall
from jinghe_web.queries.notes import notes_at
from jinghe_web.queries.ranking import ranking
from jinghe_web.queries.statements import list_statements
from jinghe_web.queries.tiles import tiles

__all__ = ["start_page"]

Tree = dict[str, Any]


def start_page(document: Tree) -> Tree:
    """Gather facts, map, ranks, lights, statements, forecast and diagnosis, each with the notes that belong there."""
    ranks, statements = ranking(document), list_statements(document)
    return {
        "first": ranks["rows"][0] if ranks["rows"] else None,
        "told_apart": sum(row["low"] == row["high"] for row in ranks["rows"]),
        "ranking": ranks,
        "tiles": tiles(document),
        "light_counts": count_lights(document["contracts"]),
        "wall": light_wall(document),
        "statements": statements,
        "featured": max(statements, key=lambda one: one["pays"], default=None),
        "forecast": document["forecast"],
        "glance": runs_at_a_glance(document),
        "diagnosis": document["diagnosis"],
        "criteria_counts": _count(document["diagnosis"]["criteria"]),
        "rank_notes": notes_at(document, "contest"),
        "contract_notes": notes_at(document, "contracts"),
        "agreement_notes": notes_at(document, "agreements"),
        "forecast_notes": notes_at(document, "simulate"),
    }


def _count(criteria: list[Tree]) -> dict[str, int]:
    found = [item["holds"] for item in criteria]
    return {"holds": found.count(True), "fails": found.count(False), "open": found.count(None)}

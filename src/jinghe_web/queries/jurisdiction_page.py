"""One jurisdiction: how its score is made, what it promised, what it owes."""

from __future__ import annotations

from typing import Any

from jinghe_web.queries.lights import count_lights, light_wall
from jinghe_web.queries.notes import cited_sources, notes_at
from jinghe_web.queries.ranking import ranking
from jinghe_web.queries.statements import list_statements

__all__ = ["jurisdiction_page"]

Tree = dict[str, Any]


def jurisdiction_page(document: Tree, code: str) -> Tree | None:
    """Gather everything about one jurisdiction; None when it is not in the contest."""
    ranks = ranking(document)
    row = next((item for item in ranks["rows"] if item["code"] == code), None)
    if row is None:
        return None
    place = next(item for item in document["jurisdictions"] if item["code"] == code)
    wall = light_wall(document, code=code)
    statements = [own for one in list_statements(document) if (own := _own_lines(one, code))["lines"]]
    working = _drawn(row["working"], top=ranks["rows"][0]["score"] or 1.0, start=0.0, document=document)
    return {
        "place": place,
        "row": row,
        "ranking": ranks,
        "neighbours": sorted({b if a == code else a for a, b in document["borders"] if code in (a, b)}),
        "working": working,
        "items": _items(working),
        "item_notes": [
            note for node in _counting(working) for note in notes_at(document, f"contest.indicators.{node}")
        ],
        "weight_notes": notes_at(document, "contest.weights"),
        "wall": wall,
        "light_counts": count_lights(wall["rows"]),
        "statements": statements,
        "featured": max(statements, key=lambda one: abs(one["net"]), default=None),
        "awards": [award for award in document["awards"] if award["code"] == code],
        "flags": [flag for flag in document["flags"] if flag["jurisdiction"] == code],
        "cited": cited_sources(document, [working, wall["rows"], [s["lines"] for s in statements]]),
    }


def _drawn(part: Tree, *, top: float, start: float, document: Tree) -> Tree:
    """Add to each part where its bar stands: bars of children follow one another inside their parent's."""
    children, at = [], start
    for child in part["children"]:
        children.append(_drawn(child, top=top, start=at, document=document))
        at += child["contribution"] or 0.0
    return part | {
        "children": children,
        "bar_x": f"{max(start, 0.0) / top * 100:.2f}",
        "bar_width": f"{max(part['contribution'] or 0.0, 0.0) / top * 100:.2f}",
        "notes": notes_at(document, f"contest.indicators.{part['node']}"),
    }


def _counting(part: Tree) -> list[str]:
    """The nodes of a working that count joint items."""
    return ([part["node"]] if part["items"] else []) + [node for child in part["children"] for node in _counting(child)]


def _items(part: Tree) -> list[Tree]:
    return part["items"] + [item for child in part["children"] for item in _items(child)]


def _own_lines(statement: Tree, code: str) -> Tree:
    lines = [line for line in statement["lines"] if code in (line["payer"], line["payee"]) and line["amount"]]
    net = next((row["amount"] for row in statement["net"] if row["party"] == code), 0)
    return {
        "number": statement["number"],
        "title": statement["title"],
        "period": statement["period"],
        "lines": lines,
        "net": net,
    }

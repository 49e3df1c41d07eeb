"""The schematic map: one tile a contestant, lines between those that share a border."""

from __future__ import annotations

from typing import Any

__all__ = ["tiles"]

Tree = dict[str, Any]
_WIDE, _TALL, _GAP = 138, 72, 14
_SHADES = 5


def tiles(document: Tree) -> Tree:
    """Place every contestant that has a tile; shade 1–5 by score, equal steps between lowest and highest."""
    scores = {row["code"]: row for row in document["scores"]}
    places = [p for p in document["jurisdictions"] if p["code"] in scores and p["column"] is not None]
    if not places:
        return {"tiles": [], "lines": [], "width": 0, "height": 0}
    left, top = min(p["column"] for p in places), min(p["row"] for p in places)
    spots = {
        p["code"]: ((p["column"] - left) * (_WIDE + _GAP) + 1, (p["row"] - top) * (_TALL + _GAP) + 1) for p in places
    }
    values = [row["score"] for row in scores.values() if row["score"] is not None]
    return {
        "tiles": [_tile(p, scores[p["code"]], spots[p["code"]], (min(values), max(values))) for p in places],
        "lines": [_line(spots[a], spots[b]) for a, b in document["borders"] if a in spots and b in spots],
        "width": max(x for x, _ in spots.values()) + _WIDE + 1,
        "height": max(y for _, y in spots.values()) + _TALL + 1,
        "wide": _WIDE,
        "tall": _TALL,
    }


def _tile(place: Tree, row: Tree, spot: tuple[int, int], ends: tuple[float, float]) -> Tree:
    low, high = ends
    depth = (row["score"] - low) / (high - low) if row["score"] is not None and high > low else 0.0
    return {
        "code": place["code"],
        "name": place["name"],
        "x": spot[0],
        "y": spot[1],
        "shade": min(int(depth * _SHADES), _SHADES - 1) + 1,
    } | {key: row[key] for key in ("score", "rank", "low", "high")}


def _line(a: tuple[int, int], b: tuple[int, int]) -> Tree:
    middle = (_WIDE / 2, _TALL / 2)
    return {"x1": a[0] + middle[0], "y1": a[1] + middle[1], "x2": b[0] + middle[0], "y2": b[1] + middle[1]}

"""Ranks with their uncertainty, ready to draw: one strip of cells a contestant."""

from __future__ import annotations

from typing import Any

__all__ = ["CELL", "in_order", "ranking"]

Tree = dict[str, Any]
CELL = 24  # width of one rank on the strip


def in_order(document: Tree) -> list[Tree]:
    """Return the score rows, first rank first."""
    return sorted(document["scores"], key=lambda row: (row["rank"], row["code"]))


def ranking(document: Tree) -> Tree:
    """Prepare the rank table: axis, and for every contestant its strip, interval frame and branch contributions.

    A cell's opacity is P(rank = k); the stack's widths are contributions as parts of the highest score.
    """
    rows, contest = in_order(document), document["contest"] or {"nodes": [], "root": ""}
    names = {place["code"]: place["name"] for place in document["jurisdictions"]}
    top = max((row["score"] or 0.0 for row in rows), default=1.0) or 1.0
    return {
        "width": len(rows) * CELL,
        "axis": [{"rank": k + 1, "x": k * CELL + CELL / 2} for k in range(len(rows))],
        "branches": [node for node in contest["nodes"] if node["parent"] == contest["root"]],
        "rows": [_row(row, names[row["code"]], top) for row in rows],
    }


def _row(row: Tree, name: Tree, top: float) -> Tree:
    return row | {
        "name": name,
        "cells": [
            {"rank": k + 1, "x": k * CELL + 1, "chance": p, "opacity": f"{0.05 + 0.8 * p:.3f}"}
            for k, p in enumerate(row["probability"])
        ],
        "frame_x": (row["low"] - 1) * CELL + 1,
        "frame_width": (row["high"] - row["low"] + 1) * CELL - 2,
        "dot": (row["rank"] - 0.5) * CELL,
        "stack": _stack(row["working"]["children"], top),
    }


def _stack(parts: list[Tree], top: float) -> list[Tree]:
    bars, at = [], 0.0
    for number, part in enumerate(parts, start=1):
        width = max(part["contribution"] or 0.0, 0.0) / top * 100
        bars.append(
            {
                "label": part["label"],
                "contribution": part["contribution"],
                "x": f"{at:.2f}",
                "width": f"{width:.2f}",
                "series": number,
            }
        )
        at += width
    return bars

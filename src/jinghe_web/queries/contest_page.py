"""The contest: its tree and weights, the ranks, every figure of every contestant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jinghe_web.queries.notes import notes_at
from jinghe_web.queries.ranking import in_order, ranking

__all__ = ["contest_page"]

Tree = dict[str, Any]


def contest_page(document: Tree) -> Tree | None:
    """Gather the rules of the contest, its outcome, and the matrix of figures; None where there is no contest."""
    contest = document["contest"]
    if contest is None:
        return None
    leaves = [node for node in contest["nodes"] if not any(other["parent"] == node["id"] for other in contest["nodes"])]
    units = {item["id"]: item for item in contest["indicators"]}
    return {
        "tree": list(_walk(contest, parent=None, level=0, weight=1.0)),
        "units": units,
        "ranking": ranking(document),
        "leaves": [leaf | {"unit": units.get(leaf["id"], {}).get("unit", "")} for leaf in leaves],
        "matrix": _matrix(document, leaves),
        "dropped": contest["dropped"],
        "awards": document["awards"],
        "notes": notes_at(document, "contest"),
    }


def _matrix(document: Tree, leaves: list[Tree]) -> list[Tree]:
    """Raw and normalised figures, a row for each contestant; a column keeps one number of digits."""
    rows = {row["code"]: _cells(row["working"]) for row in in_order(document)}
    digits = {leaf["id"]: _digits([cells.get(leaf["id"]) for cells in rows.values()]) for leaf in leaves}
    return [
        {
            "code": code,
            "cells": [
                cells[leaf["id"]] | {"digits": digits[leaf["id"]]} if leaf["id"] in cells else None for leaf in leaves
            ],
        }
        for code, cells in rows.items()
    ]


def _digits(cells: list[Tree | None]) -> int:
    largest = max((abs(cell["raw"]) for cell in cells if cell and cell["raw"] is not None), default=0.0)
    return 0 if largest >= 1000 else 2 if largest >= 1 else 4


def _walk(contest: Tree, *, parent: str | None, level: int, weight: float) -> Iterator[Tree]:
    """Yield the nodes below `parent` with their level and their weight in the whole (product down the tree)."""
    units = {item["id"]: item for item in contest["indicators"]}
    for node in contest["nodes"]:
        if node["parent"] == parent:
            whole = weight * (1.0 if parent is None else node["weight"])
            yield node | {"level": level, "whole": whole, "indicator": units.get(node["id"])}
            yield from _walk(contest, parent=node["id"], level=level + 1, weight=whole)


def _cells(part: Tree) -> dict[str, Tree]:
    """Leaves of a working by node."""
    if not part["children"]:
        return {part["node"]: part}
    return {key: leaf for child in part["children"] for key, leaf in _cells(child).items()}

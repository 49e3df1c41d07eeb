"""The light wall: every contract with its light now and the spans of its earlier lights."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

__all__ = ["count_lights", "light_wall"]

Tree = dict[str, Any]
_URGENT = ("red", "yellow", "green", "grey")
COLOURS = ("green", "yellow", "red", "grey")


def count_lights(contracts: list[Tree]) -> list[Tree]:
    """Count contracts by light, in fixed order."""
    found = Counter(contract["colour"] for contract in contracts)
    return [{"colour": colour, "count": found[colour]} for colour in COLOURS]


def light_wall(document: Tree, *, code: str | None = None) -> Tree:
    """Prepare the wall: years on a scale of 0–1000, and for each contract its spans and due date, what is late first.

    Args:
        document: the result.
        code: only the contracts that this jurisdiction leads or takes part in.
    """
    contracts = [c for c in document["contracts"] if code is None or code in (c["lead"], *c["participants"])]
    today = date.fromisoformat(document["lights_on"])
    days = [date.fromisoformat(h["on"]) for c in contracts for h in c["history"]]
    dues = [date.fromisoformat(c["due"]) for c in contracts if c["due"]]
    first = date(min([*days, *dues, today]).year, 1, 1)
    last = date(max([*days, *dues, today]).year + 1, 1, 1)

    def at(day: date) -> float:
        return round(1000 * (day - first).days / (last - first).days, 1)

    step = max(1, (last.year - first.year) // 6)
    return {
        "years": [{"year": year, "x": at(date(year, 1, 1))} for year in range(first.year, last.year, step)],
        "today": {"on": document["lights_on"], "x": at(today)},
        "rows": [_row(contract, today, at) for contract in sorted(contracts, key=lambda c: _URGENT.index(c["colour"]))],
    }


def _row(contract: Tree, today: date, at: Any) -> Tree:
    starts = [date.fromisoformat(h["on"]) for h in contract["history"]]
    ends = [*starts[1:], today][: len(starts)]
    spans = [
        {
            "colour": h["colour"],
            "on": h["on"],
            "reason": h["reason"],
            "x": at(start),
            "width": max(at(end) - at(start), 0),
        }
        for h, start, end in zip(contract["history"], starts, ends, strict=True)
    ]
    return contract | {"spans": spans, "due_x": at(date.fromisoformat(contract["due"])) if contract["due"] else None}

"""Recompute a statement line from its trace alone (独立复核): it reads the JSON, not the code that wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from jinghe.errors import JingheError, Problem, problem
from jinghe.units import Period, convert, read_number

__all__ = ["recompute", "verify"]


def verify(trace: Mapping[str, Any]) -> list[Problem]:
    """Recompute a line's trace and list what disagrees; nothing when the line follows from it.

    Checked: every printed figure against the exact value used, the clause's formula, its terms and ceilings,
    the amounts rounded together and the rounding.

    Args:
        trace: a line's trace as JSON data (`Trace.as_dict`, or `result.json`).
    Returns:
        Problems `trace-disagrees` and `trace-unreadable`.
    """
    try:
        found = [*_inputs(trace), *(p for child in trace["children"] for p in _inputs(child))]
        exact, parts = recompute(trace)
        stated = [Fraction(part) for part in trace["parts"]]
        place = trace["place"]
        pairs = [("exact", exact, Fraction(trace["exact"])), ("parts", parts, sorted(stated))]
        pairs += [("place", exact, stated[place]), ("rounded", _round(stated)[place], trace["rounded"])]
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError, JingheError) as error:
        return [problem("trace-unreadable", found=f"{type(error).__name__} {error}".splitlines()[0])]
    return found + [_disagree(name, mine, theirs) for name, mine, theirs in pairs if mine != theirs]


def recompute(trace: Mapping[str, Any]) -> tuple[Fraction, list[Fraction]]:
    """Recompute the exact amount of a line, fen, and the sorted amounts it was rounded with."""
    given: dict[str, list[Any]] = {}
    for item in trace["inputs"]:
        given.setdefault(item["name"], []).append(item)
    block = trace["block"]
    if block == "rank_transfer":
        return _rank(trace, given)
    if block == "share_fixed":
        base = sum(_fractions(given["base"]), Fraction(0))
        shares = _fractions(given["share"] + given.get("other", []))
        parts = [_modify(trace, share * base) for share in shares]
        return parts[0], sorted([*parts, base - sum(parts)])
    if block == "step_table":
        amounts = [_step(x, given) for x in _fractions(given["value"])]
    else:
        amounts = _fractions(given["amount"])
    exact = _modify(trace, sum(amounts, Fraction(0)))
    return exact, [exact]


def _rank(trace: Mapping[str, Any], given: Mapping[str, list[Any]]) -> tuple[Fraction, list[Fraction]]:
    """Give each party the mean of the places it ties for, or its own place."""
    sign = 1 if given["best"][0]["value"] == "highest" else -1
    scores = [sign * score for score in _fractions(given["score"])]
    gets, pays = ([Fraction(x) for x in given[key][0]["value"]] for key in ("gets", "pays"))
    net = []
    for i, score in enumerate(scores):
        better = sum(other > score for other in scores)
        ties = [j for j, other in enumerate(scores) if other == score]
        at = range(better, better + len(ties))
        if given["ties"][0]["value"] == "listed":
            at = range(better + ties.index(i), better + ties.index(i) + 1)
        places = [_at(gets, p) - _at(pays, len(scores) - 1 - p) for p in at]
        net.append(sum(places, Fraction(0)) / len(places))
    codes = [item["detail"]["jurisdiction"] for item in given["score"]]
    pays_in = trace["payer"] in codes
    own = net[codes.index(trace["payer"] if pays_in else trace["payee"])]
    side = [abs(x) for x in net if (x < 0) is pays_in]
    return _modify(trace, -own if pays_in else own), sorted(_modify(trace, x) for x in side)


def _step(x: Fraction, given: Mapping[str, list[Any]]) -> Fraction:
    edges, amounts = ([Fraction(v) for v in given[key][0]["value"]] for key in ("edges", "amounts"))
    mode = given["mode"][0]["value"]
    total = Fraction(0)
    for low, high, amount in zip(edges, [*edges[1:], None], amounts, strict=True):
        top = x if high is None else min(x, high)
        if mode == "marginal":
            total += amount * max(Fraction(0), top - low)
        elif low < x and (high is None or x <= high):
            total = amount * (x - edges[0] if mode == "whole" else 1)
    return total


def _modify(trace: Mapping[str, Any], amount: Fraction) -> Fraction:
    for child in trace["children"]:
        given = {item["name"]: item["value"] for item in child["inputs"]}
        if child["block"] == "cap":
            amount = min(amount, Fraction(given["ceiling"]))
        else:
            start, period = date.fromisoformat(given["start"]), Period.of(trace["period"])
            last = (start.year + int(Fraction(given["years"])), start.month, start.day)
            inside = start <= period.start and (period.last.year, period.last.month, period.last.day) < last
            amount = amount if inside else Fraction(0)
    return amount


def _round(parts: Sequence[Fraction]) -> list[int]:
    """Hamilton's method; what is missing to a whole total competes last."""
    total = -(-sum(parts) // 1)
    wanted = [*parts, total - sum(parts)]
    floors = [part.numerator // part.denominator for part in wanted]
    by_remainder = sorted(range(len(wanted)), key=lambda i: floors[i] - wanted[i])
    for i in by_remainder[: total - sum(floors)]:
        floors[i] += 1
    return floors


def _inputs(trace: Mapping[str, Any]) -> list[Problem]:
    """Compare each printed figure with the value used."""
    found = []
    for item in trace["inputs"]:
        if item["kind"] != "observation":
            continue
        reading = read_number(item["detail"]["printed"])
        value = convert(reading.value or Fraction(0), reading.unit or item["detail"]["unit"], item["unit"])
        if value != Fraction(item["value"]):
            found.append(_disagree(item["name"], value, item["value"]))
    return found


def _fractions(items: Sequence[Mapping[str, Any]]) -> list[Fraction]:
    return [Fraction(item["value"]) for item in items]


def _at(table: Sequence[Fraction], place: int) -> Fraction:
    return table[place] if 0 <= place < len(table) else Fraction(0)


def _disagree(name: str, mine: object, theirs: object) -> Problem:
    shown = [", ".join(map(str, x)) if isinstance(x, list) else str(x) for x in (mine, theirs)]
    return problem("trace-disagrees", found=shown[1], expected=shown[0], part=name)

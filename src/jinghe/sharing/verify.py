"""Recompute a line from its trace alone (独立复核): it reads the JSON, not the code that wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from jinghe import games
from jinghe.errors import JingheError, Problem, problem
from jinghe.units import Period, convert, read_number, read_share

__all__ = ["recompute", "verify"]

_Tree = Mapping[str, Any]
_ZERO = Fraction(0)
_FAULTS = (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError, AttributeError, StopIteration, JingheError)


def verify(trace: _Tree) -> list[Problem]:
    """Recompute a line's trace and list what disagrees; nothing when the line follows from it.

    Checked: every printed figure and term against the exact value used, every clause it rests on, the clause's formula,
    what each term, ceiling and condition gave, the amounts rounded together and the rounding.

    Args:
        trace: a line's trace as JSON data (`Trace.as_dict`, or `result.json`).
    Returns:
        Problems `trace-disagrees` and `trace-unreadable`.
    """
    try:
        found = [*_inputs(trace), *_steps(trace)]
        exact, parts = recompute(trace)
        stated = [Fraction(part) for part in trace["parts"]]
        place = trace["place"]
        pairs = [("exact", exact, Fraction(trace["exact"])), ("parts", parts, _gathered(trace, stated))]
        pairs += [("place", exact, stated[place]), ("rounded", _round(stated)[place], trace["rounded"])]
        pairs += [("party", True, _is_party(trace))]
        pairs += [
            (child["block"], given, Fraction(child["exact"])) for child, given, _ in _changes(trace, _value(trace))
        ]
    except _FAULTS as error:
        return [problem("trace-unreadable", found=f"{type(error).__name__} {error}".splitlines()[0])]
    return found + _compare(pairs)


def recompute(trace: _Tree) -> tuple[Fraction, list[Fraction]]:
    """Recompute the exact amount of a line, fen, and what its parts must be: all of them, or the whole they divide."""
    value = _modified(trace, _value(trace))
    exact = -value if trace["outcome"] == "reversed" else value
    if trace["block"].startswith("share_"):
        return exact, [abs(_whole(trace))]
    if trace["block"] == "rank_transfer":
        side = [x for x in _rank(trace).values() if (x < 0) is (trace["outcome"] == "reversed")]
        return exact, sorted(abs(_modified(trace, x)) for x in side)
    return exact, [exact]


def _is_party(trace: _Tree) -> bool:
    """The party concerned pays or is paid; only a condition that failed moves its amount to another."""
    sides = (trace["payer"], trace["payee"])
    if trace["block"] in ("rank_transfer", "equalise_piecewise"):
        return bool(sides[trace["outcome"] != "reversed"] == trace["seat"])
    return not trace["seat"] or trace["seat"] in sides or any(c["block"] == "tranche" for c in trace["children"])


def _gathered(trace: _Tree, parts: list[Fraction]) -> list[Fraction]:
    if trace["block"].startswith("share_"):
        return [sum(parts, _ZERO)]
    return sorted(parts) if trace["block"] != "equalise_piecewise" else [parts[trace["place"]]]


def _value(trace: _Tree) -> Fraction:
    """What the clause's formula gives for the party concerned, before anything changes it."""
    block, given = trace["block"], _given(trace)
    if block == "rank_transfer":
        return _rank(trace)[trace["seat"]]
    if block == "equalise_piecewise":
        return _curve(trace)[trace["seat"]]
    if block.startswith("share_"):
        return _share(trace, given)
    if block in ("recover_first", "settle_up"):
        return _carried(trace, given)
    if block == "elig_list":
        return Fraction(trace["seat"] in _plain(trace, "listed"))
    if block in ("base_growth", "elig_threshold"):
        return _mean_based(block, given)
    count = 1 if block == "total" else max(len(row) for row in given.values())
    if block == "total":
        return sum(given["value"], _ZERO)
    rows = ({key: row[k if len(row) > 1 else 0] for key, row in given.items()} for k in range(count))
    return sum((_formula(trace, row) for row in rows), _ZERO)


def _formula(trace: _Tree, f: Mapping[str, Fraction]) -> Fraction:
    """The formula of a block for one figure of each input."""
    block = trace["block"]
    if block == "step_table":
        return _step(f["value"], trace)
    if block == "true_up":
        by_price = _plain(trace, "basis") == "contract_unit_price"
        return f["advance"] - (f["quantity"] * f["price"] if by_price else f["actual"])
    if block in _PLAIN:
        return Fraction(_PLAIN[block](f))
    parts = [key.removeprefix("now.") for key in f if key.startswith("now.")]
    if block == "weighted_ratio":
        ratios = [f[f"weights.{p}"] * f[f"now.{p}"] / f[f"base.{p}"] for p in parts]
        return Fraction(f.get("factor", 1) * sum(ratios))
    falls = {p: f[f"weights.{p}"] * (f[f"before.{p}"] - f[f"now.{p}"]) for p in parts}
    if block == "percent_drop":
        return Fraction(sum(100 * fall / f[f"before.{p}"] for p, fall in falls.items()))
    return sum(falls.values(), _ZERO) if block == "delta_weighted" else _unknown(block)


_PLAIN: Mapping[str, Callable[[Mapping[str, Fraction]], Any]] = {
    "accumulate": lambda f: f["amount"],
    "base_level": lambda f: f["value"] * max(_ZERO, f["rate"] - f.get("above", 0)) * f.get("factor", 1),
    "gap": lambda f: f["rate"] * (f["reference"] - f["value"]),
    "equalise_linear": lambda f: f["rate"] * (f["reference"] - f["value"]),
    "class_change": lambda f: (
        ((f["now"] < f["before"]) - (f["now"] > f["before"])) * f["gain"]
        if f["now"] <= f["standard"]
        else -f["failing"]
    ),
    "load_charge": lambda f: max(_ZERO, f["value"] - f["target"]) * f["flow"] * f["rate"],
    "inverse_capacity": lambda f: f["people"] / f["capacity"] * f.get("reference", 1),
    "clawback": lambda f: f["amount"] * (int(f["failed"] >= 1) if not 0 < f["failed"] < 1 else f["partial"]),
    "min_endowment": lambda f: max(_ZERO, f["share"] * f["reference"] - f["value"]),
}


def _unknown(block: str) -> Fraction:
    raise KeyError(block)


def _mean_based(block: str, given: Mapping[str, list[Fraction]]) -> Fraction:
    if block == "base_growth":
        return max(_ZERO, sum(given["now"], _ZERO) - sum(given["base"], _ZERO) / len(given["base"]))
    mean = sum(given["values"], _ZERO) / len(given["values"])
    return Fraction(mean >= given["least"][0] if "least" in given else mean <= given["most"][0])


def _whole(trace: _Tree) -> Fraction:
    given = _given(trace)
    costs = [x for key, row in given.items() if key.split(".")[0] == "costs" for x in row]
    return sum(costs if trace["block"] == "share_river" else given["base"], _ZERO)


def _share(trace: _Tree, given: Mapping[str, list[Fraction]]) -> Fraction:
    whole = _whole(trace)
    if trace["block"] == "share_fixed":
        return given["share"][0] * whole
    points = [*given["point"], *given.get("other", [])]
    if trace["block"] != "share_points":
        _check_points(trace, [float(x) for x in points], whole)
    return whole * points[0] / sum(points, _ZERO)


def _check_points(trace: _Tree, points: list[float], whole: Fraction) -> None:
    """The party's points must be those that the named rule gives it, in whatever scale."""
    rule, given = _plain(trace, "rule"), _given(trace)
    found: Any
    rows = [float(x) for key, row in given.items() if key.split(".")[0] in ("claims", "costs") for x in row]
    if trace["block"] == "share_game":
        worth = [float(x) for x in _plain(trace, "worth")]
        named = {"shapley": games.shapley, "nucleolus": games.nucleolus, "tau": games.tau, "gately": games.gately}
        named |= {"per-capita-nucleolus": games.per_capita_nucleolus, "equal-surplus": games.equal_surplus}
        found = named[rule](games.Game(tuple(map(str, range(len(points)))), np.array([0.0, *worth])))
    elif trace["block"] == "share_river":
        rivers = {"LRS": games.local_responsibility, "UES": games.upstream_equal, "DES": games.downstream_equal}
        found = rivers[rule](rows)
    else:
        found = games.CLAIMS_RULES[rule][1](rows, estate=float(whole)) if whole else rows
    place = int(next(item["detail"]["place"] for item in trace["inputs"] if item["name"] == "point"))
    mine, theirs = float(found[place]) / (float(sum(found)) or 1), points[0] / sum(points)
    if abs(mine - theirs) > 1e-8:  # points are rationals near the floats of the games
        raise ValueError(f"{rule} gives {mine}, not {theirs}")


def _carried(trace: _Tree, given: Mapping[str, list[Fraction]]) -> Fraction:
    before, months = given["carried"], Period.of(trace["period"]).months
    if trace["block"] == "settle_up":
        due = before[2] + months >= 12 * given["window"][0]
        return Fraction(due) * max(_ZERO, before[0] + sum(given["paid"]) - before[1] - sum(given["granted"]))
    base, owed = sum(given["base"], _ZERO), given["investment"][0] - before[0]
    first = min(base, owed)
    return first + (given["share"][0] * (base - first) if before[1] < 12 * given["years"][0] else 0)


def _step(x: Fraction, trace: _Tree) -> Fraction:
    edges, amounts = ([Fraction(v) for v in _plain(trace, key)] for key in ("edges", "amounts"))
    mode = _plain(trace, "mode")
    total = _ZERO
    for low, high, amount in zip(edges, [*edges[1:], None], amounts, strict=True):
        top = x if high is None else min(x, high)
        if mode == "marginal":
            total += amount * max(_ZERO, top - low)
        elif low < x and (high is None or x <= high):
            total = amount * (x - edges[0] if mode == "whole" else 1)
    return total


def _columns(trace: _Tree, name: str) -> dict[str, Fraction]:
    """The figures of one input by party, the months of each added."""
    found: dict[str, Fraction] = {}
    for item in trace["inputs"]:
        if item["name"] == name:
            code = item["detail"].get("jurisdiction", "")
            found[code] = found.get(code, _ZERO) + Fraction(item["value"])
    return found


def _rank(trace: _Tree) -> dict[str, Fraction]:
    """Give each party the mean of the places it ties for, or its own place."""
    sign = 1 if _plain(trace, "best") == "highest" else -1
    scores = {code: sign * score for code, score in _columns(trace, "score").items()}
    gets, pays = ([Fraction(x) for x in _plain(trace, key)] for key in ("gets", "pays"))
    net = {}
    for code, score in scores.items():
        better = sum(other > score for other in scores.values())
        ties = [key for key, other in scores.items() if other == score]
        first = better + ties.index(code) if _plain(trace, "ties") == "listed" else better
        at = range(first, first + (1 if _plain(trace, "ties") == "listed" else len(ties)))
        places = [_at(gets, p) - _at(pays, len(scores) - 1 - p) for p in at]
        net[code] = sum(places, _ZERO) / len(places)
    return net


def _curve(trace: _Tree) -> dict[str, Fraction]:
    values, references = _columns(trace, "value"), _columns(trace, "reference")
    rows = [[Fraction(x) for x in _plain(trace, key)] for key in ("edges", "squares", "slopes", "constants")]
    pieces = list(zip(pairwise([*rows[0], Fraction(10**9)]), *rows[1:], strict=True))
    raw, below = {}, set()
    for code, value in values.items():
        reference = references.get(code, references.get("", _ZERO))
        x = abs(1 - value / reference)
        raw[code] = reference * sum((x * (a * x + b) + c for (low, high), a, b, c in pieces if low < x <= high), _ZERO)
        below |= {code} if value < reference else set()
    need, surplus = (sum((x for code, x in raw.items() if (code in below) is up), _ZERO) for up in (True, False))
    return {code: x if code in below else -x * need / (surplus or 1) for code, x in raw.items()}


def _modified(trace: _Tree, amount: Fraction) -> Fraction:
    return [amount, *(after for _, _, after in _changes(trace, amount))][-1]


def _changes(trace: _Tree, amount: Fraction) -> Iterator[tuple[_Tree, Fraction, Fraction]]:
    """Yield each term, ceiling and condition, what it gives by itself, and the amount after it."""
    for child in trace["children"]:
        g = {item["name"]: item["value"] for item in child["inputs"]}
        match child["block"]:
            case "cap" | "cap_party":
                amount = given = min(max(amount, -Fraction(g["ceiling"])), Fraction(g["ceiling"]))
            case "cap_cumulative":
                left = max(_ZERO, Fraction(g["ceiling"]) - Fraction(g["used"]))
                amount = given = min(max(amount, -Fraction(g["used"])), left)
            case "floor":
                amount = given = max(amount, Fraction(g["least"]))
            case "in_kind_credit":
                amount = given = max(_ZERO, amount - Fraction(g["credit"]))
            case "tranche":
                met = Fraction(g["holds"]) if "holds" in g else 1 - Fraction(g["fails"])
                given = met if child["outcome"] == "passed" else 1 - met
                amount *= given
            case "term" | "term_extend":
                given = Fraction(_inside(g, Period.of(trace["period"])))
                amount *= given
            case other:
                raise KeyError(other)
        yield child, given, amount


def _inside(g: _Tree, period: Period) -> bool:
    start = date.fromisoformat(g["start"])
    ends = [start.year + int(Fraction(g["years"]))]
    if "more" in g and Fraction(g["ceiling"]) > Fraction(g["used"]):
        ends.append(ends[0] + int(Fraction(g["more"])))
    last = (ends[-1], start.month, start.day)
    return start <= period.start and (period.last.year, period.last.month, period.last.day) < last


def _round(parts: Sequence[Fraction]) -> list[int]:
    """Hamilton's method; what is missing to a whole total competes last."""
    total = -(-sum(parts) // 1)
    wanted = [*parts, total - sum(parts)]
    floors = [part.numerator // part.denominator for part in wanted]
    by_remainder = sorted(range(len(wanted)), key=lambda i: floors[i] - wanted[i])
    for i in by_remainder[: total - sum(floors)]:
        floors[i] += 1
    return floors


def _steps(trace: _Tree) -> Iterator[Problem]:
    """Recompute every clause whose result went in, and compare it with what was used."""
    for part in (trace, *trace["children"]):
        results = {(step["clause"], step["seat"]): step for step in part["steps"]}
        for step in results.values():
            yield from _inputs(step)
            yield from _steps(step)
            yield from _compare([("step", _modified(step, _value(step)), Fraction(step["exact"]))])
        for item in part["inputs"]:
            if item["kind"] == "clause":
                step = results[item["detail"]["clause"], item["detail"]["jurisdiction"]]
                yield from _compare([(item["name"], Fraction(step["exact"]), Fraction(item["value"]))])


def _inputs(trace: _Tree) -> Iterator[Problem]:
    """Compare each printed figure or term with the value used; a refund may count as none where it is agreed so."""
    for item in (item for part in (trace, *trace["children"]) for item in part["inputs"]):
        if item["kind"] == "parameter" and item["unit"] != "list":
            yield from _compare([(item["name"], _term(item), item["value"])])
        elif item["kind"] == "observation":
            reading = read_number(item["detail"]["printed"])
            unit = reading.unit or item["detail"]["unit"]
            unit = unit.split("/", 1)[0] if item["unit"] == "分" else unit  # money per something
            value = convert(reading.value or _ZERO, unit, item["unit"])
            value = max(value, _ZERO) if item["detail"].get("negative") == "zero" else value
            yield from _compare([(item["name"], value, Fraction(item["value"]))])


def _term(item: _Tree) -> str | list[str]:
    """What a printed term says, as JSON: a day, a choice, a number or several."""
    words, unit = item["detail"]["printed"], item["detail"]["unit"]
    if unit in ("choice", "date"):
        return str(words)
    numbers = [str(_number(one, unit, item["unit"])) for one in words.split(", ")]
    return numbers if isinstance(item["value"], list) else numbers[0]


def _number(words: str, unit: str, wanted: str) -> Fraction:
    if unit == "share":
        return read_share(words)
    if "/" in words and wanted != "分":
        return Fraction(words)
    reading = read_number(words)
    value = reading.value or _ZERO
    return convert(value, reading.unit or unit.split("/", 1)[0], "分") if wanted == "分" else value


def _given(trace: _Tree) -> dict[str, list[Fraction]]:
    """The numbers of a trace's inputs by name."""
    found: dict[str, list[Fraction]] = {}
    for item in trace["inputs"]:
        if isinstance(item["value"], str) and item["unit"] not in ("choice", "date"):
            found.setdefault(item["name"], []).append(Fraction(item["value"]))
    return found


def _plain(trace: _Tree, name: str) -> Any:
    return next(item["value"] for item in trace["inputs"] if item["name"] == name)


def _at(table: Sequence[Fraction], place: int) -> Fraction:
    return table[place] if 0 <= place < len(table) else _ZERO


def _compare(pairs: Iterable[tuple[str, Any, Any]]) -> list[Problem]:
    return [_disagree(name, mine, theirs) for name, mine, theirs in pairs if mine != theirs]


def _disagree(name: str, mine: object, theirs: object) -> Problem:
    shown = [", ".join(map(str, x)) if isinstance(x, list) else str(x) for x in (mine, theirs)]
    return problem("trace-disagrees", found=shown[1], expected=shown[0], part=name)

"""Recompute a whole statement from its JSON alone (整单复核): every line, and what the lines add up to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from jinghe.errors import Problem, problem
from jinghe.sharing.verify import verify

__all__ = ["verify_statement"]

_Tree = Mapping[str, Any]
_Pair = tuple[str, Any, Any]
_FAULTS = (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError, AttributeError)


def verify_statement(statement: _Tree) -> list[Problem]:
    """Recompute a whole statement and list what disagrees: lines, nets, pool, what is carried on, and the digest.

    Whatever moves an amount is recomputed; the digest catches the rest: a day, a vintage, a word.

    Args:
        statement: as JSON data (`Settlement.as_dict`, or `result.json`).
    Returns:
        Problems `trace-disagrees` and `trace-unreadable`; nothing when the statement stands.
    """
    try:
        faults = [problem for line in statement["lines"] for problem in verify(line["trace"])]
        return [*faults, *(_disagree(*pair) for pair in _pairs(statement) if pair[1] != pair[2])]
    except _FAULTS as error:
        return [problem("trace-unreadable", found=f"{type(error).__name__} {error}".splitlines()[0])]


def _pairs(statement: _Tree) -> Iterator[_Pair]:
    """What must agree: its name, what it should be, what the statement says."""
    net: dict[str, int] = {}
    for line in statement["lines"]:
        yield from _line(line, statement)
        net[line["payer"]] = net.get(line["payer"], 0) - line["amount"]
        net[line["payee"]] = net.get(line["payee"], 0) + line["amount"]
    stated = {item["party"]: item["amount"] for item in statement["net"]}
    yield "net", sorted(net.items()), sorted(stated.items())
    yield "sum", 0, sum(stated.values())
    if pool := statement["pool"]:
        left = net[pool["party"]]
        yield "pool", (left, not left), (pool["balance"], pool["balanced"])
    rest = {key: value for key, value in statement.items() if key != "digest"}
    words = json.dumps(rest, sort_keys=True, ensure_ascii=False)
    yield "digest", hashlib.sha256(words.encode()).hexdigest(), statement["digest"]


def _line(line: _Tree, statement: _Tree) -> Iterator[_Pair]:
    trace, sums = line["trace"], statement["carry"]["sums"]
    for name in ("payer", "payee", "clause"):
        yield name, trace[name], line[name]
    yield "amount", trace["rounded"], line["amount"]
    for part in _walk(trace):
        yield "period", statement["period"], part["period"]
    for child in (one for one in trace["children"] if one["block"] == "cap_cumulative"):
        used = next(item["value"] for item in child["inputs"] if item["name"] == "used")
        carried = sums[f"{child['clause']}@{child['seat']}"][0]
        yield "carry", Fraction(used) + Fraction(child["exact"]), Fraction(carried)


def _walk(trace: _Tree) -> Iterator[_Tree]:
    yield trace
    for part in (*trace["steps"], *trace["children"]):
        yield from _walk(part)


def _disagree(name: str, mine: object, theirs: object) -> Problem:
    return problem("trace-disagrees", found=theirs, expected=mine, part=name)

"""Pools of comparable contestants (同类分组): only like is ranked with like, each pool on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from jinghe.contest.spec import read_list, read_map, unknown
from jinghe.errors import CompactError, Problem, RuleError, attempt, problem
from jinghe.labels import Text
from jinghe.region import Region

__all__ = ["Pool", "PoolRule", "assign_pools", "check_pools", "find_neutrality", "read_pools"]

_REST = "rest"


@dataclass(frozen=True, slots=True)
class PoolRule:
    """Who is in a pool (分组规则): the members of a group, listed codes, or, with neither, the rest."""

    id: str
    group: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool with its members of one day (同类组), in the order of the contestants."""

    id: str
    label: Text
    codes: tuple[str, ...]

    @property
    def neutrality(self) -> float:
        """What a credit that both of a pair get is worth in this pool; see `find_neutrality`."""
        return find_neutrality(len(self.codes))


def read_pools(tree: Any) -> tuple[PoolRule, ...]:
    """Read `contest.pools`: pool → a group id, a list of codes, or `rest`. Raises CompactError with every fault.

    >>> read_pools({"north": "north_circle", "others": "rest"})[1]
    PoolRule(id='others', group='', codes=())
    """
    faults: list[Problem] = []
    rules = []
    for key, value in read_map(tree, path="contest.pools").items():
        if isinstance(value, Mapping) or value is None or value == []:
            faults.append(problem("pool-members", f"contest.pools.{key}", found=value))
        elif isinstance(value, str):
            rules.append(PoolRule(str(key), group="" if value == _REST else value))
        else:
            rules.append(PoolRule(str(key), codes=tuple(str(code) for code in read_list(value))))
    if sum(not rule.group and not rule.codes for rule in rules) > 1:
        faults.append(problem("pool-rest", "contest.pools"))
    if faults:
        raise CompactError(faults)
    return tuple(rules)


def check_pools(rules: Sequence[PoolRule], *, region: Region, codes: Sequence[str], on: date) -> list[Problem]:
    """List what keeps contestants from being in exactly one pool; a pool of one is a warning."""
    faults: list[Problem] = []
    members = {rule.id: _find_members(rule, region, codes, on, faults) for rule in rules}
    strange = {p.place.path.rsplit(".", 1)[1] for p in faults}
    taken = [code for found in members.values() for code in found]
    for code in dict.fromkeys(code for code in taken if taken.count(code) > 1):
        homes = ", ".join(name for name, found in members.items() if code in found)
        faults.append(problem("pool-overlap", "contest.pools", found=code, pools=homes))
    left = [code for code in codes if code not in taken]
    for rule in rules:
        if not rule.group and not rule.codes:
            members[rule.id], left = tuple(left), []
    if left and rules:
        faults.append(problem("pool-unassigned", "contest.pools", found=", ".join(left)))
    for name, found in members.items():
        if len(found) < 2 and name not in strange:
            code = "pool-single" if found else "pool-empty"
            faults.append(problem(code, f"contest.pools.{name}", pool=name, on=on, found=", ".join(found) or "—"))
    return faults


def assign_pools(rules: Sequence[PoolRule], *, region: Region, codes: Sequence[str], on: date) -> tuple[Pool, ...]:
    """Put every contestant into its pool; without rules there are none.

    Args:
        rules: the pools.
        region: groups and names; partial members of a group count as members.
        codes: the contestants.
        on: the day whose memberships count.
    Returns:
        The pools in the order of the rules.
    Raises:
        RuleError: an unknown group or code, an empty pool, a contestant in two pools or in none.
    """
    faults = [p for p in check_pools(rules, region=region, codes=codes, on=on) if p.level == "error"]
    if faults:
        raise RuleError(faults)
    members = {rule.id: _find_members(rule, region, codes, on, []) for rule in rules}
    taken = {code for found in members.values() for code in found}
    rest = tuple(code for code in codes if code not in taken)
    return tuple(
        Pool(
            rule.id,
            region.group(rule.group).name if rule.group else Text.of(rule.id),
            members[rule.id] if rule.group or rule.codes else rest,
        )
        for rule in rules
    )


def find_neutrality(n: int) -> float:
    """The share of a joint credit's face value that it is worth in ranks, when both of a pair get it: (n − 2)/(n − 1).

    Both partners gain q on the n − 2 others and nothing on each other, so that the mean lead over a rival rises by
    q (n − 2)/(n − 1). In a pool of two it is worth nothing; across pools it keeps its value. NaN for fewer than two.

    Source: derived here, to first order; by simulation at q = 0.2: n = 11 0.0573 against 0.0553, n = 2 exactly 0.

    >>> find_neutrality(2), find_neutrality(11)
    (0.0, 0.9)
    """
    return (n - 2) / (n - 1) if n > 1 else float("nan")


def _find_members(
    rule: PoolRule, region: Region, codes: Sequence[str], on: date, faults: list[Problem]
) -> tuple[str, ...]:
    path = f"contest.pools.{rule.id}"
    group = attempt(faults, region.group, rule.group, path=path) if rule.group else None
    inside = group.codes(on) if group else rule.codes
    odd = partial(unknown, "contest-choice", choices=codes, path=path)
    faults += [odd(code) for code in rule.codes if code not in codes]
    return tuple(code for code in codes if code in inside)

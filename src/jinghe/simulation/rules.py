"""The contest as the model reads it (竞赛读取): weights, pools and funds in force, and what it cannot express."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np

from jinghe.compact import Compact
from jinghe.contest import Contest, Node, Prize, assign_pools
from jinghe.contest.aggregate import MEANS
from jinghe.errors import Problem, problem
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.simulation.draws import Array
from jinghe.simulation.setting import Fund, Index
from jinghe.units import convert

__all__ = [
    "COLLABORATION",
    "GROWTH",
    "find_unexpressed",
    "read_funds",
    "read_groups",
    "read_pools",
    "read_revenue",
    "read_weights",
]

GROWTH, COLLABORATION = "growth", "collab"  # how the ids of the branches begin that the model knows
_PRIZES = ("top", "bands")
_SCHEMES = ("given", "equal")
_NO_VALUE = Text(
    "竞赛奖金未计入：面板中没有参赛地区的一般公共预算收入（budget_revenue），无从折算。",
    "The funds of the contest are left out: the panel has no budget_revenue of the contestants to value them by.",
)


def find_unexpressed(contest: Contest, *, pools: Index) -> Iterator[Problem]:
    """Name every rule of the contest that the model cannot express.

    It adds up branches with fixed weights (means of other kinds to first order, at equal scores) and gives funds by
    rank within pools; so relative aggregates, weights found from figures, prizes by chance or by confidence sets, and a
    prize of one pool or across several are refused.
    """
    for node, depth in _above(contest.root, 1):
        found = contest.steps.mean(node.id, depth=depth)
        if found not in MEANS:
            yield _unexpressed(f"contest.steps[aggregate].{node.id}", found, MEANS)
        scheme = contest.steps.weighing.find(node.id)
        if scheme not in _SCHEMES and node.id not in contest.steps.weighing.judgements:
            yield _unexpressed(f"contest.steps[weigh].{node.id}", scheme, _SCHEMES)
    for prize in contest.prizes:
        path = f"contest.prizes[{prize.id}]"
        if prize.amount and prize.rule not in _PRIZES:
            yield _unexpressed(f"{path}.rule", prize.rule, _PRIZES)
        if prize.amount and pools.any():
            yield problem("prize-pools", path, prize=prize.id, found=prize.pool or "—", pools=int(pools.max()) + 1)


def _unexpressed(path: str, found: str, known: Sequence[str]) -> Problem:
    return problem("rule-unexpressed", path, found=found, known=", ".join(known))


def _above(node: Node, depth: int) -> Iterator[tuple[Node, int]]:
    """The nodes above the branches that the model knows, with their depth; the root is one."""
    if depth == 1 or any(one.id.startswith((GROWTH, COLLABORATION)) for one in node.walk()):
        yield node, depth
        for child in node.children:
            if child.children and not child.id.startswith((GROWTH, COLLABORATION)):
                yield from _above(child, depth + 1)


def read_weights(contest: Contest, word: str, days: Sequence[date]) -> Array:
    """Effective weight of the topmost nodes whose id begins with `word`, by day: the product down from the root."""

    def gather(node: Node, share: float, weights: dict[str, float]) -> float:
        if node.id.startswith(word):
            return share
        return sum(gather(child, share * weights[child.id], weights) for child in node.children)

    return np.array([gather(contest.root, 1.0, contest.weights_on(day)) for day in days])


def read_pools(compact: Compact, codes: tuple[str, ...], day: date) -> Index:
    """Who is ranked with whom: the contest's pools, else the groups of kind pool; shape (n,), numbered from 0.

    Raises RuleError for pools that do not hold every contestant once.
    """
    contest = compact.need_contest()
    if not contest.pools:
        return read_groups(compact, codes, "pool", day, rest=True)
    pools = assign_pools(contest.pools, region=compact.region, codes=codes, on=day)
    return np.array([next(k for k, pool in enumerate(pools) if code in pool.codes) for code in codes], dtype=np.int64)


def read_groups(compact: Compact, codes: tuple[str, ...], kind: str, day: date, *, rest: bool) -> Index:
    """Number of the first group of a kind that each belongs to; the others are one group of their own, or −1."""
    groups = [group.codes(day) for group in compact.region.groups if group.kind == kind]
    found = [next((k for k, members in enumerate(groups) if code in members), -1) for code in codes]
    if rest:
        order = {k: at for at, k in enumerate(dict.fromkeys(found))}
        return np.array([order[k] for k in found], dtype=np.int64)
    return np.array(found, dtype=np.int64)


def read_revenue(panel: Panel, codes: Sequence[str]) -> Array:
    """Budget revenue of the last year known, CNY, shape (n,); NaN where there is none."""
    last: dict[str, Observation] = {}
    for o in panel.observations:
        if o.indicator == "budget_revenue" and len(o.period) == 4:
            known = last.setdefault(o.jurisdiction, o)
            last[o.jurisdiction] = max(known, o, key=lambda one: (one.period, *one.precedence))
    found = np.full(len(codes), np.nan)
    for i, code in enumerate(codes):
        if code in last and last[code].value > 0:
            found[i] = float(convert(Fraction(last[code].value), last[code].unit, "元"))
    return found


def read_funds(contest: Contest, revenue: Array, *, fund_value: float) -> tuple[tuple[Fund, ...], tuple[Text, ...]]:
    """Special funds relative to a city's mean yearly revenue, as officials value them (`fund_value`)."""
    prizes = [prize for prize in contest.prizes if prize.amount]
    known = revenue[np.isfinite(revenue)]
    if not prizes or not len(known):
        return (), (_NO_VALUE,) if prizes else ()
    mean = 100 * float(known.sum()) / len(known)
    funds = tuple(fund for prize in prizes for fund in _cut(prize, fund_value * prize.amount.fen / mean))
    shares = "、".join(f"{prize.amount.fen / mean:.2%}" for prize in prizes)
    zh = f"假定：竞赛奖金按各市年均一般公共预算收入（{len(known)} 市有数）折算，分别为 {shares}。"
    en = f"Assumption: the funds count as shares of a city's mean revenue (known for {len(known)}): {shares}."
    return funds, (Text(zh, en),)


def _cut(prize: Prize, worth: float) -> Iterator[Fund]:
    """Bands as a sum of funds for the first so many: what a place has more than the places of the next band."""
    bands = prize.bands or ((prize.top, Fraction(1)),)
    firsts = [0, *(last for last, _ in bands)]
    places = [float(share) / (last - first) for (last, share), first in zip(bands, firsts, strict=False)]
    for (last, _), (own, below) in zip(bands, pairwise([*places, 0.0]), strict=True):
        yield Fund(last, worth * (own - below) * last)

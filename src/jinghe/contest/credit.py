"""Who gets the credit for joint items (协同事项分计)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.credit_rule import CreditRule
from jinghe.contest.division import Stake, divide
from jinghe.contest.register import JointItem
from jinghe.labels import Text

__all__ = ["Credits", "ItemCredit", "credit_items", "share_item"]


@dataclass(frozen=True, slots=True)
class ItemCredit:
    """What one contestant gets for one item (分计): credit = points × share.

    `rule` is the one that was applied; `inflation` is the sum of all shares of the item (1 when nothing counts twice).
    """

    id: str
    title: Text
    status: str
    jurisdiction: str
    points: float
    share: float
    credit: float
    rule: str
    source: str
    inflation: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Credits:
    """Credit of all contestants (分计结果), shape (n,).

    `fallback` names items that fell back to equal shares, `unclaimed` those without a contestant, `unconfirmed` those
    that only one side claims. `inflation` = Σ credit / Σ points: where it is not 1, the totals of the contestants must
    not be added up.
    """

    codes: tuple[str, ...]
    totals: NDArray[np.float64]
    items: tuple[ItemCredit, ...]
    fallback: tuple[str, ...] = ()
    unclaimed: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    inflation: float = 1.0


def share_item(
    item: JointItem, *, rule: CreditRule | str, codes: Sequence[str], on: date | None = None
) -> tuple[str, dict[str, float]]:
    """Split one item among the contestants that take part, by `divide`; equally where the rule lacks what it needs.

    The province and parties from outside get no credit and leave the others' undiminished (Assumption: ours); only a
    contract is taken as it is written. Who prints no contribution beside others who do has contributed nothing.

    Args:
        item: the joint item.
        rule: the rule, or its name.
        codes: the contestants.
        on: the day on which a negotiated schedule is read; default: the item's own last day.
    Returns:
        The rule that was applied, and the share of each contestant that takes part.

    >>> given = (("A", 3.0), ("B", 1.0))
    >>> road = JointItem("r", None, "unknown", "A", ("B", "P"), "", Text.of("r"), "", "", "started", given, "s")
    >>> share_item(road, rule="contribution", codes=("A", "B"))
    ('contribution', {'A': 0.75, 'B': 0.25})
    """
    stake, terms = Stake.of(item, codes=codes, on=on), CreditRule.of(rule)
    if not stake.parties:
        return terms.kind, {}
    shares = divide(stake, rule=terms)
    if shares is None:
        return "equal", divide(stake, rule=CreditRule("equal")) or {}
    return terms.kind, shares


def credit_items(
    items: Iterable[JointItem],
    *,
    rule: CreditRule | str,
    codes: Sequence[str],
    points: Mapping[str, float] | None = None,
    on: date | None = None,
) -> Credits:
    """Credit joint items to contestants: credit_i = Σ_items points(status) · factor · φ_i.

    Args:
        items: the joint items to be credited; one that is only claimed (`standing`), or that nobody confirmed though
            the rule has a `mirror_penalty`, earns nothing and is named.
        rule: the rule or its name, see `share_item`.
        codes: the contestants, in order.
        points: points per status; a status without points earns none. Default: every item earns 1.
        on: the day on which a negotiated schedule is read.
    Returns:
        Totals of shape (n,), every item's split, what fell back, what nobody could claim, and the inflation.
    Source: Moulin (2002), Axiomatic cost and surplus sharing: equal and proportional shares; Shapley (1953). Which rule
    keeps which property is a table in docs/methods.md.
    """
    lines: list[ItemCredit] = []
    fallback, unclaimed, unconfirmed = [], [], []
    given, terms = 0.0, CreditRule.of(rule)
    for item in items:
        applied, shares = share_item(item, rule=terms, codes=codes, on=on)
        if item.standing == "claimed" or (terms.mirror_penalty is not None and not item.standing):
            unconfirmed.append(item.id)
            continue
        worth = (1.0 if points is None else points.get(item.status, 0.0)) * item.factor
        if not shares:
            unclaimed.append(item.id)
            continue
        if applied != terms.kind:
            fallback.append(item.id)
        given += worth
        total = sum(shares.values())
        lines += [
            ItemCredit(item.id, item.title, item.status, code, worth, share, worth * share, applied, item.source, total)
            for code, share in shares.items()
        ]
    totals = np.array([sum(line.credit for line in lines if line.jurisdiction == code) for code in codes], dtype=float)
    inflation = float(totals.sum() / given) if given > 0 else 1.0
    return Credits(tuple(codes), totals, tuple(lines), tuple(fallback), tuple(unclaimed), tuple(unconfirmed), inflation)

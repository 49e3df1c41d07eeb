"""What a joint item counts once its partners have reported it (互认): claimed, confirmed or adjudicated."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from jinghe.contest.mirror.claims import Claim, find_discrepancy, gather_claims
from jinghe.contest.register import JointItem

__all__ = ["Confirmation", "confirm_items"]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Where an item stands (认定结果): `value` is the agreed one, `factor` what is left of its points.

    `standing` is claimed (one side only, or nobody), confirmed (at least two partners) or adjudicated (ruled upon).
    `silent` names the partners that have not reported.
    """

    item: str
    standing: str
    value: float | None
    discrepancy: float | None
    factor: float
    reporters: tuple[str, ...]
    silent: tuple[str, ...]


def confirm_items(
    items: Sequence[JointItem], *, claims: Iterable[Claim], penalty: float, codes: Collection[str]
) -> tuple[tuple[JointItem, ...], tuple[Confirmation, ...]]:
    """Hold the partners' reports of every item against each other.

    Confirmed: at least two partners report; agreed value x̄ = their mean, factor = max(0, 1 − κ d) with the discrepancy
    d of `find_discrepancy`, so that the item counts x̄ − κ d x̄. Adjudicated: the latest ruling stands, factor 1, or 0
    when it rules the item to be nothing. Otherwise claimed: it waits, and `credit_items` counts nothing.
    Against an honest partner, overstating by a share δ moves the value by δ/2 and the penalty by κ δ: it does not pay
    for κ ≥ 1/2. What partners overstate together is not seen here.

    Args:
        items: the register.
        claims: reports and rulings.
        penalty: κ ≥ 0.
        codes: the contestants; reports of others confirm nothing.
    Returns:
        The items with `standing` and `factor` set, and one confirmation each, in the order of the register.
    """
    claims = tuple(claims)
    gathered, _ = gather_claims(claims)
    rulings = {claim.item: claim for claim in sorted(claims, key=lambda c: c.vintage) if claim.kind == "ruling"}
    found = []
    for item in items:
        partners = tuple(code for code in item.parties if code in codes)
        reports = {code: value for code, value in gathered.get(item.id, {}).items() if code in partners}
        found.append(_confirm(item, partners, reports, rulings.get(item.id), penalty))
    pairs = zip(items, found, strict=True)
    return tuple(replace(item, standing=one.standing, factor=one.factor) for item, one in pairs), tuple(found)


def _confirm(
    item: JointItem, partners: tuple[str, ...], reports: dict[str, float], ruling: Claim | None, penalty: float
) -> Confirmation:
    values = tuple(reports.values())
    gap = find_discrepancy(values) if len(values) > 1 else None
    silent = tuple(code for code in partners if code not in reports)
    if ruling is not None:
        factor = float(ruling.value > 0)
        return Confirmation(item.id, "adjudicated", ruling.value, gap, factor, tuple(reports), silent)
    if gap is None:
        return Confirmation(item.id, "claimed", None, None, 0.0, tuple(reports), silent)
    agreed = sum(values) / len(values)
    factor = max(0.0, 1 - penalty * gap) if agreed > 0 else 0.0
    return Confirmation(item.id, "confirmed", agreed, gap, factor, tuple(reports), silent)

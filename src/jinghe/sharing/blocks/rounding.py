"""Rounding to fen (尾差处理, round.largest_remainder): one amount, the parts of one total, or many totals at once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.errors import RuleError, problem
from jinghe.units import Money, apportion

__all__ = ["apportion_rows", "round_parts"]

_LARGEST = 2**63


def round_parts(parts: Sequence[Fraction]) -> list[Money]:
    """Round exact amounts to fen by largest remainder (最大余额法), ties to the earlier part.

    A fraction of a fen in the total stays with the payer: it competes as one more part, last in order.

    Args:
        parts: exact amounts ≥ 0, fen.
    Returns:
        One amount per part, each within 1 fen of the exact one; a whole total is kept exactly.
    Source: Balinski & Young, Fair Representation (1982), Hamilton's method.

    >>> [part.fen for part in round_parts([Fraction(10, 3)] * 3)]
    [4, 3, 3]
    """
    if all(part.denominator == 1 for part in parts):
        return [Money(int(part)) for part in parts]
    whole = -(-sum(parts) // 1)
    return apportion(Money(whole), [*parts, whole - sum(parts)])[: len(parts)]


def apportion_rows(totals: ArrayLike, *, weights: ArrayLike) -> NDArray[np.int64]:
    """Split many totals to the fen at once, as `units.apportion` does one (批量分摊).

    In whole numbers throughout: q = T · w div W, remainder T · w mod W; the fen left over go to the largest
    remainders, ties to the earlier party.

    Args:
        totals: (N,) amounts ≥ 0, fen.
        weights: (N, P) whole weights ≥ 0, not all 0 in a row.
    Returns:
        (N, P) amounts, fen; each row sums to its total.
    Raises:
        RuleError: a total times its largest weight does not fit in 63 bits, or a row cannot be split.
    Source: Balinski & Young (1982), Hamilton's method.

    >>> apportion_rows([100, 10], weights=[[1, 1, 1], [6, 6, 88]]).tolist()
    [[34, 33, 33], [1, 0, 9]]
    """
    given, parts = np.asarray(totals, dtype=np.int64), np.asarray(weights, dtype=np.int64)
    sums = parts.sum(axis=1)
    sound = (given >= 0) & (parts >= 0).all(axis=1) & (sums > 0)
    if not sound.all() or int(given.max(initial=0)) * int(parts.max(initial=0)) >= _LARGEST:
        raise RuleError([problem("agreement-rows-unfit", total=given.max(initial=0), weight=parts.max(initial=0))])
    quotients, remainders = np.divmod(given[:, None] * parts, sums[:, None])
    missing = given - quotients.sum(axis=1)
    places = np.empty_like(parts)
    order = np.argsort(-remainders, axis=1, kind="stable")
    np.put_along_axis(places, order, np.arange(parts.shape[1])[None, :], axis=1)
    amounts: NDArray[np.int64] = quotients + (places < missing[:, None])
    return amounts

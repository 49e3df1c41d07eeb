"""The operations sharing rules are made of (运算): each formula is written once, over these, for two evaluators.

`EXACT` computes in fractions, for statements; `ARRAYS` in float64, one number per replication, for the simulator. What
numbers do by themselves (+ − × and whole constants) is written as such in the formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from jinghe.errors import RuleError, problem

__all__ = ["ARRAYS", "EXACT", "Number", "Ops", "clip", "equals", "total"]

Number = Any  # a Fraction, or a float64 array of one number per replication; never both in one computation


class Ops(Protocol):
    """What an evaluator can do with numbers beyond + − × (运算接口). `is_exact`: one fraction, not many floats."""

    is_exact: bool

    def number(self, value: Fraction) -> Number:
        """Turn an exact value into a number of this evaluator."""

    def lesser(self, a: Number, b: Number) -> Number:
        """Return min(a, b)."""

    def greater(self, a: Number, b: Number) -> Number:
        """Return max(a, b)."""

    def exceeds(self, a: Number, b: Number) -> Number:
        """Return 1 where a > b, else 0."""

    def choose(self, test: Number, a: Number, b: Number) -> Number:
        """Return a where the test is not 0, else b."""

    def divide(self, a: Number, b: Number) -> Number:
        """Return a / b. Raises RuleError where b is 0."""

    def pick(self, table: Sequence[Number], place: Number) -> Number:
        """Return the entry of a table at a place counted from 0."""


class _Exact:
    is_exact = True

    def number(self, value: Fraction) -> Number:
        return value

    def lesser(self, a: Number, b: Number) -> Number:
        return min(a, b)

    def greater(self, a: Number, b: Number) -> Number:
        return max(a, b)

    def exceeds(self, a: Number, b: Number) -> Number:
        return int(a > b)

    def choose(self, test: Number, a: Number, b: Number) -> Number:
        return a if test else b

    def divide(self, a: Number, b: Number) -> Number:
        if not b:
            raise RuleError([problem("agreement-divisor-zero")])
        return Fraction(a) / b

    def pick(self, table: Sequence[Number], place: Number) -> Number:
        return table[int(place)]


class _Arrays:
    is_exact = False

    def number(self, value: Fraction) -> Number:
        return float(value)

    def lesser(self, a: Number, b: Number) -> Number:
        return np.minimum(a, b)

    def greater(self, a: Number, b: Number) -> Number:
        return np.maximum(a, b)

    def exceeds(self, a: Number, b: Number) -> Number:
        return np.greater(a, b) * 1.0

    def choose(self, test: Number, a: Number, b: Number) -> Number:
        return np.where(test, a, b)

    def divide(self, a: Number, b: Number) -> Number:
        if not np.all(b):
            raise RuleError([problem("agreement-divisor-zero")])
        return a / b

    def pick(self, table: Sequence[Number], place: Number) -> Number:
        return np.asarray(table)[np.asarray(place).astype(np.int64)]


EXACT: Ops = _Exact()
ARRAYS: Ops = _Arrays()


def clip(x: Number, low: Number, high: Number, *, ops: Ops) -> Number:
    """Return x inside [low, high]; where low exceeds high, high.

    >>> clip(Fraction(7), 0, 5, ops=EXACT)
    5
    """
    return ops.lesser(ops.greater(x, low), high)


def equals(a: Number, b: Number, *, ops: Ops) -> Number:
    """Return 1 where a = b, else 0."""
    return 1 - ops.exceeds(a, b) - ops.exceeds(b, a)


def total(items: Sequence[Number]) -> Number:
    """Return the sum; of nothing 0."""
    return items[0] if len(items) == 1 else sum(items)  # the 0 it starts from joins fractions and arrays alike

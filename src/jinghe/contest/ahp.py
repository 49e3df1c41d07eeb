"""Weights from pairwise judgements (层次分析法, AHP) and how consistent the judgements are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from jinghe.contest.spec import read_list
from jinghe.errors import CompactError, problem

__all__ = ["INDEX", "Judgement", "judge", "read_judgements"]

INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)  # mean CI of random matrices of order 1 … 10
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Judgement:
    """Weights that sum to 1, and the consistency ratio CR (判断结果); below 0.1 the judgements are held consistent."""

    weights: tuple[float, ...]
    ratio: float


def judge(matrix: Sequence[Sequence[float]]) -> Judgement:
    """Weigh by pairwise judgements: A w = λ w for the largest λ, CI = (λ − n)/(n − 1), CR = CI / RI(n).

    Args:
        matrix: A, n × n, a_ij > 0 says how many times as important i is as j; a_ji = 1/a_ij, a_ii = 1; n ≤ 10.
    Returns:
        Weights and CR; CR is 0 for n ≤ 2.
    Raises:
        CompactError: not square, more than 10, not positive (`ahp-shape`), or not reciprocal (`ahp-reciprocal`).
    Source: Saaty (1980), The Analytic Hierarchy Process; RI as commonly tabled from it.

    >>> judge([[1, 3], [1 / 3, 1]]).weights
    (0.75, 0.25)
    """
    n = len(matrix)
    path = "contest.steps[weigh].judgements"
    if not 1 <= n <= len(INDEX) or any(len(row) != n for row in matrix) or min(map(min, matrix)) <= 0:
        raise CompactError([problem("ahp-shape", path, rows=n, most=len(INDEX))])
    a = np.array(matrix, dtype=float)
    worst = np.unravel_index(np.abs(np.log(a * a.T)).argmax(), a.shape)
    if abs(a[worst] * a.T[worst] - 1) > _TOLERANCE:
        i, j = (int(k) for k in worst)
        raise CompactError(
            [problem("ahp-reciprocal", path, i=i + 1, j=j + 1, first=f"{a[i, j]:g}", second=f"{a[j, i]:g}")]
        )
    values, vectors = np.linalg.eig(a)
    top = int(values.real.argmax())
    weights = np.abs(vectors[:, top].real)
    ratio = float((values[top].real - n) / (n - 1) / INDEX[n - 1]) if n > 2 else 0.0
    return Judgement(tuple((weights / weights.sum()).tolist()), max(ratio, 0.0))


def read_judgements(value: Any, *, path: str) -> tuple[tuple[float, ...], ...]:
    """Read a square of judgements; fractions such as "1/3" are read exactly. Raises CompactError.

    >>> read_judgements([[1, 2], ["1/2", 1]], path="")
    ((1.0, 2.0), (0.5, 1.0))
    """
    try:
        rows = tuple(tuple(float(Fraction(str(cell))) for cell in read_list(row)) for row in read_list(value))
    except (ValueError, ZeroDivisionError, OverflowError):
        raise CompactError([problem("ahp-number", path, found=value)]) from None
    try:
        judge(rows)
    except CompactError as error:
        raise CompactError(p.at(path=path) for p in error.problems) from None
    return rows

"""Does a tie depend on something (矩阵置换检验): QAP and MRQAP, by relabelling the actors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, Problem, problem

__all__ = ["Effect", "regress_ties"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effect:
    """One regressor's coefficient, its t and the two-sided p by permutation (矩阵回归系数)."""

    name: str
    coefficient: float
    t: float
    p: float


def regress_ties(
    ties: _Array, *, on: Mapping[str, _Array], permutations: int = 2000, seed: int = 0
) -> tuple[Effect, ...]:
    """Regress a symmetric matrix of ties on other matrices, with p values that allow for the dependence of ties.

    Double semi-partialling: each regressor is cleared of the others, its residual matrix is relabelled at random, and
    the t of the observed coefficient is held against those of the relabelled ones;
    p = (1 + #{|t_π| ≥ |t|}) / (1 + π). With one regressor this is the simple QAP test.

    Args:
        ties: (n, n), symmetric; the diagonal is not read.
        on: regressors (n, n), symmetric, by name.
        permutations: random relabellings.
        seed: of the relabellings.
    Returns:
        One effect per regressor, in their order; the intercept is left out.
    Raises:
        DataError: a matrix of another size (`matrix-shape`), one without variation (`matrix-constant`).
    Source: Dekker, Krackhardt & Snijders, Psychometrika 72 (2007) 563–581.
    """
    n = len(ties)
    _check({"ties": ties, **on}, n)
    upper = np.triu_indices(n, k=1)
    y, columns = ties[upper], np.stack([matrix[upper] for matrix in on.values()], axis=1)
    rng = np.random.default_rng(seed)
    relabelled = [rng.permutation(n) for _ in range(permutations)]
    effects = []
    for at, name in enumerate(on):
        others = np.column_stack([np.ones(len(y)), np.delete(columns, at, axis=1)])
        residual = columns[:, at] - others @ np.linalg.lstsq(others, columns[:, at], rcond=None)[0]
        coefficient, t = _fit(y, others, residual)
        square = np.zeros((n, n))
        square[upper] = residual
        square += square.T
        drawn = np.array([_fit(y, others, square[np.ix_(order, order)][upper])[1] for order in relabelled])
        p = (1 + int((np.abs(drawn) >= abs(t) - 1e-12).sum())) / (1 + permutations)
        effects.append(Effect(name, coefficient, t, p))
    return tuple(effects)


def _fit(y: _Array, others: _Array, column: _Array) -> tuple[float, float]:
    """Coefficient and t of the last column of the regression of y on `others` and `column`."""
    design = np.column_stack([others, column])
    inverse = np.linalg.pinv(design.T @ design)
    beta = inverse @ (design.T @ y)
    rest = y - design @ beta
    variance = float(rest @ rest) / max(len(y) - design.shape[1], 1) * inverse[-1, -1]
    return float(beta[-1]), float(beta[-1] / np.sqrt(variance)) if variance > 0 else float("nan")


def _check(matrices: Mapping[str, _Array], n: int) -> None:
    faults: list[Problem] = []
    for name, matrix in matrices.items():
        if matrix.shape != (n, n):
            faults.append(problem("matrix-shape", name=name, found=f"{matrix.shape}", expected=f"{n} × {n}"))
        elif np.ptp(matrix[np.triu_indices(n, k=1)]) == 0:
            faults.append(problem("matrix-constant", name=name))
    if faults:
        raise DataError(faults)

"""Do the items of a scale hang together? (信度): α, ω_t, item–rest correlations, α without each item."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem
from jinghe.survey.responses import Responses, take_items

__all__ = ["Reliability", "find_alpha", "find_loadings", "find_omega", "measure_reliability", "score_reliability"]

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reliability:
    """How reliable a sum of items is (信度); `alpha_low` and `alpha_high` are Feldt's 95 % interval."""

    items: tuple[str, ...]
    n: int
    means: tuple[float, ...]
    sds: tuple[float, ...]
    alpha: float
    alpha_low: float
    alpha_high: float
    omega: float
    loadings: tuple[float, ...]
    item_rest: tuple[float, ...]
    alpha_without: tuple[float, ...]

    @property
    def is_heywood(self) -> bool:
        """Whether a loading exceeds the SD of its item, which a true factor cannot: ω is then unsafe."""
        return any(loading**2 > sd**2 * (1 + 1e-9) for loading, sd in zip(self.loadings, self.sds, strict=True))


def find_alpha(covariance: _Floats) -> float:
    """Return Cronbach's α = k/(k − 1) · (1 − tr S / 1ᵀS1); NaN for one item or when the sum never varies.

    >>> x = np.array([[5, 4, 5], [4, 4, 4], [3, 2, 3], [5, 5, 4], [2, 3, 2.0]])
    >>> round(find_alpha(np.cov(x, rowvar=False)), 6)
    0.913636
    """
    k, whole = len(covariance), float(covariance.sum())
    return k / (k - 1) * (1 - float(np.trace(covariance)) / whole) if k > 1 and whole > 0 else math.nan


def find_loadings(covariance: _Floats) -> _Floats:
    """Return the loadings of one common factor, in the units of the items.

    Three items: exact, λ_i = √(s_ij s_ik / s_jk). More: maximum likelihood on the correlations (statsmodels), times the
    SDs. Two items leave loadings open: NaN; so does an item that never varies or, with three, a covariance of no or
    mixed sign.
    """
    k, sds = len(covariance), np.sqrt(np.diagonal(covariance))
    if k < 3 or not (sds > 0).all():
        return np.full(k, np.nan)
    if k == 3:
        a, b, c = covariance[0, 1], covariance[0, 2], covariance[1, 2]
        squares = np.array([a * b / c, a * c / b, b * c / a]) if a * b * c > 0 else np.full(3, np.nan)
        return np.asarray(np.sqrt(squares) * np.where(np.array([c, b, a]) < 0, -1, 1))
    from statsmodels.multivariate.factor import Factor

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # statsmodels warns where an item is all factor (Heywood); the loadings stand
        fitted = Factor(corr=covariance / np.outer(sds, sds), n_factor=1, method="ml", nobs=1000).fit(maxiter=500)
    loadings = fitted.loadings[:, 0] * sds
    return np.asarray(loadings * (1 if loadings.sum() >= 0 else -1))


def find_omega(covariance: _Floats, loadings: _Floats) -> float:
    """Return McDonald's ω_t = (Σλ)² / ((Σλ)² + Σψ), ψ_i = s_ii − λ_i².

    A loading above its item's SD (Heywood case) makes ψ_i negative; it is kept so, and told (`Reliability.is_heywood`).

    >>> x = np.array([[5, 4, 5], [4, 4, 4], [3, 2, 3], [5, 5, 4], [2, 3, 2.0]])
    >>> s = np.cov(x, rowvar=False)
    >>> round(find_omega(s, find_loadings(s)), 6)
    0.940323
    """
    common = float(loadings.sum()) ** 2
    unique = float((np.diagonal(covariance) - loadings**2).sum())
    return common / (common + unique) if common + unique > 0 else math.nan


def score_reliability(data: _Floats, *, items: tuple[str, ...] = ()) -> Reliability:
    """Measure the reliability of an n × k table without gaps.

    Raises:
        DataError: fewer than two items, or fewer than three respondents.
    """
    n, k = data.shape
    if n < 3 or k < 2:
        raise DataError([problem("survey-repetition-small", found=f"{n} × {k}")])
    from scipy.special import fdtri

    s = np.cov(data, rowvar=False)
    alpha, loadings = find_alpha(s), find_loadings(s)
    f = [float(fdtri(n - 1, (n - 1) * (k - 1), p)) for p in (0.975, 0.025)]
    own, whole = np.diagonal(s), float(s.sum())
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = (s.sum(1) - own) / np.sqrt(own * np.maximum(whole - 2 * s.sum(1) + own, 0))
    without = [find_alpha(np.delete(np.delete(s, at, 0), at, 1)) for at in range(k)]
    return Reliability(
        items=items or tuple(map(str, range(1, k + 1))),
        n=n,
        means=tuple(data.mean(0).tolist()),
        sds=tuple(data.std(0, ddof=1).tolist()),
        alpha=alpha,
        alpha_low=1 - (1 - alpha) * f[0],
        alpha_high=1 - (1 - alpha) * f[1],
        omega=find_omega(s, loadings),
        loadings=tuple(loadings.tolist()),
        item_rest=tuple(rest.tolist()),
        alpha_without=tuple(without),
    )


def measure_reliability(responses: Responses, name: str) -> Reliability:
    """Measure the reliability of a scale, over the respondents who answered all its items; reversed items are turned.

    Raises:
        DataError: no such scale.
    """
    scale = responses.instrument.scale(name)
    if scale is None:
        known = ", ".join(scale.id for scale in responses.instrument.scales) or "—"
        raise DataError([problem("survey-item-unknown", name, found=name, known=known)])
    data = take_items(responses, name)
    return score_reliability(data[~np.isnan(data).any(1)], items=scale.items)

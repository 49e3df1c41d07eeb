"""How far each reporter can be relied upon (上报者的偏差与精度), from all joint items at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.mirror.claims import Claim, gather_claims

__all__ = ["Estimate", "Reporters", "estimate_items", "fit_reporters"]

_Array = NDArray[np.float64]
_ROUNDS, _LEAST, _FAR = 200, 1e-9, 40.0  # of the search for ln s²: rounds, smallest step, bounds


@dataclass(frozen=True, slots=True, eq=False)
class Reporters:
    """Bias and accuracy of every reporter (上报者画像), in log points; all arrays (n,), NaN where nothing is known.

    `bias` is against the median reporter, `error` its standard error, `deviation` the standard deviation of what is
    left, `reports` the number of items mirrored by somebody else. `left_out` counts reports that could not be used.
    """

    codes: tuple[str, ...]
    bias: _Array
    error: _Array
    deviation: _Array
    reports: NDArray[np.int64]
    left_out: int = 0

    def find_p(self) -> _Array:
        """Two-sided p of no bias, (n,): t = bias/error, df = (reports − 1)/2, as a difference tells of two."""
        from scipy.special import stdtr

        t = np.full(self.bias.shape, np.nan)
        np.divide(self.bias, self.error, out=t, where=self.error > 0)
        return np.asarray(2 * stdtr(np.maximum((self.reports - 1) / 2, 1.0), -np.abs(t)))


class Estimate(NamedTuple):
    """The best estimate of a joint item (最优估计): value in its unit, standard error in log points."""

    item: str
    value: float
    error: float


class _Reports(NamedTuple):
    """Log reports of the items that at least two reported, flat: value, reporter and item of each."""

    y: _Array
    who: NDArray[np.intp]
    what: NDArray[np.intp]
    codes: tuple[str, ...]
    items: tuple[str, ...]
    left_out: int


def fit_reporters(claims: Iterable[Claim], *, spread: float = 1.0) -> Reporters:
    """Fit bias and accuracy of every reporter by shrunken maximum likelihood.

    ln x_ik = ln x_k + b_i + e_ik, e_ik ~ N(0, s_i²), with x_k free (profiled out, as REML does):
    ℓ = −½ Σ_ik ln s_i² − ½ Σ_k ln Σ_i s_i⁻² − ½ Σ_ik (y_ik − b_i − m_k)²/s_i² − ½ Σ_i (ln s_i² − mean)²/τ².
    For two reporters of an item this is d = b_i − b_j + e, Var(e) = s_i² + s_j². The last term keeps small variances
    from collapsing to 0. The b are known up to a constant; the median reporter is put at 0.

    Args:
        claims: reports of joint items; only positive values of items that at least two reported are used.
        spread: τ, the prior standard deviation of ln s_i². Assumption: 1.
    Returns:
        The reporters in order of code. What partners inflate together does not show here.
    Source: ten Cate (2007), CPB Memorandum 179, and (2012) on accuracies from mirror data; likelihood and shrinkage are
    ours.
    """
    data = _flatten(claims)
    n = len(data.codes)
    if not data.y.size:
        return Reporters((), np.empty(0), np.empty(0), np.empty(0), np.empty(0, dtype=np.int64), data.left_out)
    bias, logs = _maximise(data, spread)
    weights = np.exp(-logs)
    variance = np.maximum(np.diag(np.linalg.pinv(_information(data, weights), hermitian=True)), 0.0)
    contrasts = len(data.y) - len(data.items)
    variance = variance * contrasts / max(contrasts - n + 1, 1)  # the biases were fitted, too
    variance = variance + (np.pi / 2 - 1) * variance.mean() / max(n - 1, 1)  # and so was the median
    counts = np.bincount(data.who, minlength=n)
    error = np.sqrt(variance * (1 + 3 / counts))  # and the weights: calibrated by simulation, see docs/methods.md
    return Reporters(data.codes, bias - np.median(bias), error, np.exp(logs / 2), counts, data.left_out)


def estimate_items(claims: Iterable[Claim], *, reporters: Reporters) -> tuple[Estimate, ...]:
    """Estimate every mirrored item from its reports, x_k* = exp(Σ w_i (y_ik − b_i)/Σ w_i), w_i = s_i⁻².

    For two reporters w = s_j²/(s_i² + s_j²) of the first, as between two rulers of known accuracy. The standard error
    is (Σ w_i)^(−½).
    """
    data = _flatten(claims)
    index = {code: k for k, code in enumerate(reporters.codes)}
    rows = np.array([index[code] for code in data.codes], dtype=np.intp)
    if not data.y.size:
        return ()
    weights = reporters.deviation[rows][data.who] ** -2.0
    total = np.bincount(data.what, weights)
    centre = np.bincount(data.what, weights * (data.y - reporters.bias[rows][data.who])) / total
    rows_of = zip(data.items, np.exp(centre).tolist(), (total**-0.5).tolist(), strict=True)
    return tuple(Estimate(item, value, error) for item, value, error in rows_of)


def _flatten(claims: Iterable[Claim]) -> _Reports:
    gathered, strange = gather_claims(claims)
    positive = {item: {code: x for code, x in row.items() if x > 0} for item, row in gathered.items()}
    mirrored = {item: row for item, row in positive.items() if len(row) > 1}
    items = tuple(sorted(mirrored))
    codes = tuple(sorted({code for row in mirrored.values() for code in row}))
    index = {code: k for k, code in enumerate(codes)}
    flat = [(np.log(x), index[code], k) for k, item in enumerate(items) for code, x in sorted(mirrored[item].items())]
    y, who, what = zip(*flat, strict=True) if flat else ((), (), ())
    left_out = len(strange) + sum(map(len, gathered.values())) - len(flat)
    return _Reports(np.array(y, dtype=float), np.array(who, int), np.array(what, int), codes, items, left_out)


def _maximise(data: _Reports, spread: float) -> tuple[_Array, _Array]:
    """Maximise over u = ln s², the biases profiled out, by Fisher scoring with halved steps; returns both, (n,)."""
    n = len(data.codes)
    centring = (np.eye(n) - 1 / n) / spread**2
    gaps = data.y - (np.bincount(data.what, data.y) / np.bincount(data.what))[data.what]
    logs = np.full(n, np.log(max(gaps.var(), 1e-8)))
    bias, loss, slope, curve = _profile(data, logs, centring)
    for _ in range(_ROUNDS):
        step, size = np.linalg.solve(curve, slope), 1.0
        while size > _LEAST:
            there = np.clip(logs - size * step, -_FAR, _FAR)
            found = _profile(data, there, centring)
            if found[1] <= loss:
                break
            size /= 2
        else:
            break
        moved, logs = float(np.abs(there - logs).max()), there
        bias, loss, slope, curve = found
        if moved < _LEAST:
            break
    return bias, logs


def _profile(data: _Reports, logs: _Array, centring: _Array) -> tuple[_Array, float, _Array, _Array]:
    """The best biases at u = ln s², and there −ℓ, its slope in u, and the expected curvature."""
    n, weights = len(logs), np.exp(-logs)
    w = weights[data.who]
    total = np.bincount(data.what, w)
    part = w / total[data.what]

    def centre(values: _Array) -> _Array:
        return values - np.bincount(data.what, part * values)[data.what]

    pull = np.bincount(data.who, w * centre(data.y), minlength=n)
    bias = np.linalg.pinv(_information(data, weights), hermitian=True) @ pull
    squares = w * centre(data.y - bias[data.who]) ** 2
    loss = np.bincount(data.who, minlength=n) @ logs + np.log(total).sum() + squares.sum() + logs @ centring @ logs
    slope = np.bincount(data.who, 1 - part - squares, minlength=n) / 2 + centring @ logs
    parts = np.zeros((len(data.items), n))
    parts[data.what, data.who] = part
    curve = parts.T @ parts / 2 + np.diag(np.bincount(data.who, 1 - 2 * part, minlength=n)) / 2 + centring
    return bias, float(loss) / 2, slope, curve


def _information(data: _Reports, weights: _Array) -> _Array:
    """Fisher information of the biases: Σ_k [diag(w) − w wᵀ / Σ w]; its null space is the constant."""
    design = np.zeros((len(data.items), len(data.codes)))
    design[data.what, data.who] = weights[data.who]
    information: _Array = np.diag(design.sum(axis=0)) - design.T @ (design / design.sum(axis=1, keepdims=True))
    return information

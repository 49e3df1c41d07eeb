"""What is measured of each replication (逐次指标): cooperation, gaming, stages, surplus, who loses (reference §4.7)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from jinghe.simulation.choice import State
from jinghe.simulation.design import Design, numbers_of
from jinghe.simulation.draws import Array

__all__ = ["MEASURES", "RECORDS", "STAGES", "correlate", "find_stage", "measure", "mid_ranks"]

RECORDS = (
    "growth", "cooperation", "dressing", "trust", "output", "measured", "joint", "contribution", "score", "gain",
    "promoted", "earned", "surplus",
)  # fmt: skip
"""What is recorded of every city and year; shape (R, T, n)."""

MEASURES = (
    "cooperation", "growth_effort", "trust", "output", "window_dressing_share", "goodhart_gap", "rank_validity",
    "selectivity", "standards", "stage", "regress_events", "years_to_advance", "surplus", "participation_violations",
    "theil", "survival", "wrong_winner", "imbalance",
)  # fmt: skip
"""What is measured of every replication; NaN where it is undefined."""

_ROUNDING = 1e-20  # of the sum of squares: less is no variation
STAGES = {"transition": (0.3, 0.0, 0.2), "advanced": (0.6, 0.6, 0.5)}  # above these mean T, S and joint effort/a₀


def find_stage(design: Design, state: State, cooperation: Array) -> Array:
    """(14) The stage reached, never imposed: 0 initial, 1 transition, 2 advanced; shape (R,).

    Advanced: mean trust > 0.6, standards > 0.6, joint effort > 0.5 a₀; transition: trust > 0.3, joint effort > 0.2 a₀.
    """
    trust = state.trust.sum(axis=1) / max(state.trust.shape[1], 1)
    effort = cooperation.mean(axis=1) / design.unit
    above = [
        (trust > low_trust) & (state.standards[:, 0] > low_standards) & (effort > low_effort)
        for low_trust, low_standards, low_effort in STAGES.values()
    ]
    return np.where(above[1], 2.0, np.where(above[0], 1.0, 0.0))


def measure(design: Design, records: Mapping[str, Array]) -> Array:
    """Measure every replication: shape (R, K) in the order of `MEASURES`.

    Goodhart gap = 1 − slope of true joint output (times k_q) on the measured indicator; rank validity = Spearman of
    last score
    and contribution; selectivity = correlation of joint effort with the own share in θ; survival = last joint effort
    above
    the threshold of transition; wrong winner = share of last year's promoted who are not among the k largest
    contributors.
    """
    last = {name: records[name][:, -1] for name in RECORDS}
    cooperation, dressing = last["cooperation"].mean(axis=1), last["dressing"].mean(axis=1)
    stage, k = records["stage"], design.numbers[-1, 0]
    advanced = np.where((stage == 2).any(axis=1), 1.0 + (stage == 2).argmax(axis=1), np.nan)
    found = {
        "cooperation": cooperation,
        "growth_effort": records["growth"].mean(axis=(1, 2)),
        "trust": last["trust"].mean(axis=1),
        "output": records["output"].mean(axis=(1, 2)),
        "window_dressing_share": _divide(dressing, cooperation + dressing),
        "goodhart_gap": 1 - _slope(_flat(records["measured"]), _kq(design) * _flat(records["joint"])),
        "rank_validity": correlate(mid_ranks(last["score"]), mid_ranks(last["contribution"])),
        "selectivity": _selectivity(design, records["pairs"]),
        "standards": records["standards"][:, -1],
        "stage": stage[:, -1],
        "regress_events": (np.diff(stage, axis=1) < 0).sum(axis=1).astype(float),
        "years_to_advance": advanced,
        "surplus": records["surplus"].mean(axis=(1, 2)),
        "participation_violations": (records["gain"].mean(axis=1) < 0).sum(axis=1).astype(float),
        "theil": _theil(design.theta * records["contribution"].mean(axis=1)),
        "survival": (cooperation > STAGES["transition"][2] * design.unit).astype(float),
        "wrong_winner": _wrong(design, last["promoted"], last["contribution"], k),
        "imbalance": np.abs(records["balance"]).max(axis=1),
    }
    return np.stack([found[name] for name in MEASURES], axis=1)


def correlate(x: Array, y: Array) -> Array:
    """Correlation in every row; NaN where either does not vary."""
    (x, u), (y, v) = (_centre(values) for values in (x, y))
    return _divide((x * y).sum(axis=1), np.sqrt(u * v))


def mid_ranks(values: Array) -> Array:
    """Mid-ranks in every row: equal values share their mean rank."""
    below = (values[:, :, None] > values[:, None, :]).sum(axis=-1)
    equal = (values[:, :, None] == values[:, None, :]).sum(axis=-1)
    return np.asarray(below + (equal + 1) / 2)


def _kq(design: Design) -> float:
    return float(numbers_of(design, 0).joint_measure)


def _selectivity(design: Design, efforts: Array) -> Array:
    share = design.theta[design.giver] / (design.theta[design.giver] + design.theta[design.partner])
    if not len(share) or np.ptp(share) == 0:
        return np.full(len(efforts), np.nan)
    return correlate(efforts, np.broadcast_to(share, efforts.shape))


def _theil(values: Array) -> Array:
    """Theil's T of values above zero: mean of (y/μ) log(y/μ)."""
    relative = _divide(values, np.broadcast_to(values.mean(axis=1, keepdims=True), values.shape))
    safe = np.where(relative > 0, relative, 1.0)
    return np.asarray(np.where((relative > 0).all(axis=1), (safe * np.log(safe)).mean(axis=1), np.nan))


def _wrong(design: Design, promoted: Array, contribution: Array, slots: float) -> Array:
    rivals = design.pools[:, None] == design.pools
    ahead = ((contribution[:, None, :] > contribution[:, :, None]) & rivals).sum(axis=-1)
    return _divide((promoted * (ahead >= slots)).sum(axis=1), promoted.sum(axis=1))


def _flat(values: Array) -> Array:
    return values.reshape(len(values), -1)


def _divide(above: Array, below: Array) -> Array:
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))


def _slope(x: Array, y: Array) -> Array:
    """Least-squares slope of y on x in every row."""
    x, square = _centre(x)
    return _divide((x * y).sum(axis=1), square)


def _centre(values: Array) -> tuple[Array, Array]:
    """Deviations from the mean of every row and their squares' sum, 0 where it is nothing but rounding."""
    moved = values - values.mean(axis=1, keepdims=True)
    square = (moved * moved).sum(axis=1)
    return moved, np.where(square > _ROUNDING * (values * values).sum(axis=1), square, 0.0)

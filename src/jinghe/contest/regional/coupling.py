"""Coupling coordination degree (耦合协调度): are two or more subsystems of a city both developed and in step?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jinghe.contest.regional.shaping import read_figures
from jinghe.errors import DataError, problem
from jinghe.labels import Text

__all__ = ["GRADES", "SCALE_WARNING", "Coupling", "couple", "couple_corrected", "grade"]

_Array = NDArray[np.float64]
SCALE_WARNING = Text(
    "耦合协调度取决于各子系统如何化为 0 至 1，不同尺度之间不可比；两个同样落后的地区也会得到高耦合度，不宜单独用于奖惩"
    "。",
    "The coupling coordination degree depends on how the subsystems were scaled to 0–1 and does not compare across "
    "scales; "
    "two equally poor subsystems are tightly coupled, so it is no reward metric by itself.",
)
_NAMES = {
    "极度失调": "extreme disorder",
    "严重失调": "severe disorder",
    "中度失调": "moderate disorder",
    "轻度失调": "mild disorder",
    "濒临失调": "on the verge of disorder",
    "勉强协调": "bare coordination",
    "初级协调": "primary coordination",
    "中级协调": "intermediate coordination",
    "良好协调": "good coordination",
    "优质协调": "quality coordination",
}
GRADES = tuple(Text(zh, en) for zh, en in _NAMES.items())


@dataclass(frozen=True, slots=True, eq=False)
class Coupling:
    """Coupling C, development T and coordination D = √(C T) (耦合度、发展度、协调度), each (n,), 0–1."""

    coupling: _Array
    development: _Array
    coordination: _Array


def couple(levels: ArrayLike, *, weights: ArrayLike | None = None) -> Coupling:
    """Couple k ≥ 2 subsystems in the traditional way, C = k (Π U_i)^(1/k) / Σ U_i.

    T = Σ a_i U_i, D = √(C T). C is 1 whenever the subsystems are equal, however poor.

    Args:
        levels: U, (n, k), each in (0, 1].
        weights: a, (k,), default 1/k; rescaled to sum to 1.
    Returns:
        C, T and D. See `SCALE_WARNING`.
    Raises:
        DataError: a level outside (0, 1], missing, or fewer than two subsystems.

    >>> couple([[0.4, 0.9]]).coupling.round(4).tolist()
    [0.9231]
    """
    u, a = _read(levels, weights)
    k = u.shape[1]
    return _combine(k * np.exp(np.log(u).mean(axis=1)) / u.sum(axis=1), u @ a)


def couple_corrected(levels: ArrayLike, *, weights: ArrayLike | None = None) -> Coupling:
    """Couple two subsystems by the corrected model, C = √([1 − (U₂ − U₁)] · U₁/U₂), U₂ the larger.

    Unlike the traditional C it spreads over (0, 1]. The form for more than two subsystems is not offered: it could not
    be read in the primary text.

    Args:
        levels: U, (n, 2), each in (0, 1].
        weights: a, (2,), default ½ each.
    Returns:
        C, T and D. See `SCALE_WARNING`.
    Raises:
        DataError: as `couple`, or more than two subsystems.
    Source: Wang, Kong, Ren, Zhi & Dai (2021), Journal of Natural Resources 36(3), 793–810, checked against its table 8.

    >>> couple_corrected([[0.4, 0.9]]).coupling.round(4).tolist()
    [0.4714]
    """
    u, a = _read(levels, weights)
    if u.shape[1] != 2:
        raise DataError([problem("coupling-two", "coupling", found=u.shape[1])])
    low, high = u.min(axis=1), u.max(axis=1)
    return _combine(np.sqrt((1 - (high - low)) * low / high), u @ a)


def grade(coordination: float) -> Text:
    """Name the class of a coordination degree, ten of width 0.1: (0.8, 0.9] is good coordination.

    Source: the usual ten classes, as in Acta Geographica Sinica 76(4), 2021, table 1.

    >>> grade(0.85).en, grade(0.9).en, grade(0.0).zh
    ('good coordination', 'good coordination', '极度失调')
    """
    return GRADES[min(max(int(np.ceil(coordination * 10 - 1e-9)) - 1, 0), 9)]


def _read(levels: ArrayLike, weights: ArrayLike | None) -> tuple[_Array, _Array]:
    u = np.atleast_2d(read_figures(levels, least=1, path="coupling"))
    if u.shape[1] < 2:
        raise DataError([problem("measure-few", "coupling", found=u.shape[1], least=2)])
    if (u <= 0).any() or (u > 1).any():
        raise DataError([problem("coupling-range", "coupling", found=f"{u.min():g} – {u.max():g}")])
    a = np.full(u.shape[1], 1.0) if weights is None else np.asarray(weights, dtype=float)
    return u, a / a.sum()


def _combine(coupling: _Array, development: _Array) -> Coupling:
    return Coupling(coupling, development, np.sqrt(coupling * development))

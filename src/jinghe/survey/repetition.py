"""Compare items within respondents (重复测量): F with its error term and ε, post hoc tests with theirs, Friedman."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem
from jinghe.labels import Text
from jinghe.survey.effect import Effect, adjust, find_dz, find_partial_eta
from jinghe.survey.responses import Responses
from jinghe.survey.spread import find_sd
from jinghe.survey.suppression import DEFAULT_K

__all__ = ["CORRECTIONS", "POSTHOC", "Contrast", "Repetition", "compare_within", "find_epsilon", "repeat_measures"]

CORRECTIONS: Mapping[str, Text] = {
    "gg": Text("Greenhouse–Geisser 校正", "Greenhouse–Geisser corrected"),
    "hf": Text("Huynh–Feldt 校正", "Huynh–Feldt corrected"),
    "none": Text("设球形成立，未校正", "sphericity assumed, uncorrected"),
}
POSTHOC: Mapping[str, Text] = {
    "unpooled": Text(
        "每对各用自身差值的误差（配对 t 检验，df = n − 1）", "each pair's own error (paired t, df = n − 1)"
    ),
    "pooled": Text(
        "各对共用方差分析的误差均方（df = (k − 1)(n − 1)）", "the pooled MS error of the ANOVA (df = (k − 1)(n − 1))"
    ),
}
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One pair of items (配对比较): first minus second."""

    first: int
    second: int
    difference: float
    t: float
    df: float
    p: float
    p_adjusted: float
    effect: Effect


@dataclass(frozen=True, slots=True)
class Repetition:
    """A comparison of k items within n respondents (重复测量方差分析).

    `squares` are SS_condition, SS_error; `p` is corrected as `correction` says; `friedman` is (χ², df, p, Kendall's W).
    """

    items: tuple[str, ...]
    n: int
    means: tuple[float, ...]
    sds: tuple[float, ...]
    squares: tuple[float, float]
    f: float
    df: tuple[float, float]
    epsilon: tuple[float, float]
    p_uncorrected: float
    correction: str
    p: float
    effect: Effect
    contrasts: tuple[Contrast, ...]
    posthoc: str
    adjustment: str
    friedman: tuple[float, float, float, float]

    @property
    def corrected_df(self) -> tuple[float, float]:
        """Both df times the ε that `correction` names."""
        factor = {"gg": self.epsilon[0], "hf": self.epsilon[1]}.get(self.correction, 1.0)
        return self.df[0] * factor, self.df[1] * factor


def find_epsilon(data: _Floats) -> tuple[float, float]:
    """Return ε of Greenhouse–Geisser and of Huynh–Feldt (at most 1) of an n × k table.

    With S the covariance of the items, doubly centred to C: ε_GG = (tr C)² / ((k − 1) Σ C²);
    ε_HF = (n(k − 1)ε − 2) / ((k − 1)(n − 1 − (k − 1)ε)). NaN where the items never differ within a respondent.

    Source: Greenhouse & Geisser 1959; Huynh & Feldt 1976.
    """
    n, k = data.shape
    s = np.cov(data, rowvar=False)
    c = s - s.mean(0) - s.mean(1)[:, None] + s.mean()
    square = float((c**2).sum())
    if square <= 1e-24 * max(1.0, float((s**2).sum())):
        return math.nan, math.nan
    gg = float(np.trace(c) ** 2 / ((k - 1) * square))
    below = (k - 1) * (n - 1 - (k - 1) * gg)
    return gg, min(1.0, (n * (k - 1) * gg - 2) / below) if below > 0 else 1.0


def repeat_measures(
    data: _Floats,
    *,
    items: Sequence[str] = (),
    correction: str = "gg",
    posthoc: str = "unpooled",
    adjustment: str = "holm",
) -> Repetition:
    """Compare k measurements of the same n respondents.

    F = [SS_condition / (k − 1)] / [SS_error / ((k − 1)(n − 1))], SS_error the interaction of item and respondent.

    Args:
        data: n × k numbers, none missing.
        items: their names.
        correction: `gg` (default), `hf` or `none`: the ε by which both df are multiplied.
        posthoc: `unpooled` (default) or `pooled`: the error term of the pairs.
        adjustment: `holm` (default), `bh` or `none`, over the pairs.
    Raises:
        DataError: fewer than two items or respondents, or an unknown choice.
    """
    for key, value, known in (("correction", correction, CORRECTIONS), ("posthoc", posthoc, POSTHOC)):
        if value not in known:
            raise DataError([problem("choice-unknown", key, found=value, expected=", ".join(known))])
    if data.shape[1] < 2 or len(data) < 2:
        raise DataError([problem("survey-repetition-small", found=f"{len(data)} × {data.shape[1]}")])
    from scipy.special import fdtrc

    n, k = data.shape
    centred = data - data.mean()
    rows, columns = centred.mean(1), centred.mean(0)
    condition = float(n * (columns**2).sum())
    error = float(((centred - rows[:, None] - columns) ** 2).sum())
    df = (float(k - 1), float((k - 1) * (n - 1)))
    f = condition / df[0] / (error / df[1]) if error > 1e-12 * max(1.0, condition) else math.nan
    epsilon = find_epsilon(data) if k > 2 else (1.0, 1.0)
    factor = {"gg": epsilon[0], "hf": epsilon[1]}.get(correction, 1.0)
    return Repetition(
        items=tuple(items) or tuple(map(str, range(1, k + 1))),
        n=n,
        means=tuple(data.mean(0).tolist()),
        sds=tuple(data.std(0, ddof=1).tolist()),
        squares=(condition, error),
        f=f,
        df=df,
        epsilon=epsilon,
        p_uncorrected=float(fdtrc(*df, f)),
        correction=correction,
        p=float(fdtrc(df[0] * factor, df[1] * factor, f)),
        effect=find_partial_eta(f, df),
        contrasts=_contrasts(data, error / df[1], posthoc, adjustment),
        posthoc=posthoc,
        adjustment=adjustment,
        friedman=_friedman(data),
    )


def _contrasts(data: _Floats, mean_square: float, posthoc: str, adjustment: str) -> tuple[Contrast, ...]:
    from scipy.special import stdtr

    n, k = data.shape
    pairs = list(combinations(range(k), 2))
    gaps = [data[:, i] - data[:, j] for i, j in pairs]
    pooled = posthoc == "pooled"
    errors = [math.sqrt(2 * mean_square / n) if pooled else find_sd(gap) / math.sqrt(n) for gap in gaps]
    df = float((k - 1) * (n - 1)) if pooled else float(n - 1)
    t = [float(gap.mean()) / error if error > 0 else math.nan for gap, error in zip(gaps, errors, strict=True)]
    p = [float(2 * stdtr(df, -abs(x))) for x in t]
    adjusted = adjust(p, method=adjustment)
    return tuple(
        Contrast(i, j, float(gap.mean()), t[at], df, p[at], adjusted[at], find_dz(gap))
        for at, ((i, j), gap) in enumerate(zip(pairs, gaps, strict=True))
    )


def _friedman(data: _Floats) -> tuple[float, float, float, float]:
    """χ² corrected for ties, df, p and Kendall's W, by scipy; undefined for two items or when nobody ranks them."""
    from scipy.stats import friedmanchisquare

    n, k = data.shape
    if k < 3 or not (data != data[:, :1]).any():
        return (math.nan,) * 4
    found = friedmanchisquare(*data.T)
    return float(found.statistic), float(k - 1), float(found.pvalue), float(found.statistic) / (n * (k - 1))


def compare_within(
    responses: Responses,
    items: Sequence[str],
    *,
    correction: str = "gg",
    posthoc: str = "unpooled",
    adjustment: str = "holm",
    k: int = DEFAULT_K,
) -> Repetition:
    """Compare items within the respondents who answered all of them; see `repeat_measures`.

    Raises:
        DataError: fewer than k did, or as `repeat_measures`.
    """
    data = np.column_stack([responses.values(name) for name in items])
    whole = data[~np.isnan(data).any(1)]
    if len(whole) < k:
        raise DataError([problem("survey-too-few", ", ".join(items), found=len(whole), k=k)])
    return repeat_measures(whole, items=items, correction=correction, posthoc=posthoc, adjustment=adjustment)

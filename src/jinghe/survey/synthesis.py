"""Synthetic answers (合成作答): made to published sizes, means and SDs, to run the tool where no data are open.

What comes out is not data: it is marked as synthetic wherever it is shown, and only what was asked for holds in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import DataError, problem
from jinghe.recalc import Printed, grim, read_printed
from jinghe.survey.instrument import Instrument
from jinghe.survey.responses import Responses, blank_column

__all__ = ["shape_counts", "split_sums", "synthesise"]

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]


def shape_counts(n: int, mean: str, sd: str, *, scale: tuple[int, int]) -> tuple[int, ...]:
    """Find how many gave which answer so that n whole-number answers print this mean and SD.

    The counts nearest (Σ|c − e| least) to the maximum-entropy shape e_v ∝ exp(av + bv²) with this mean and SD, by
    integer programming; the first feasible sum nearest to n · mean is taken.

    Raises:
        DataError: no n answers on the scale have this mean and SD.

    >>> counts = shape_counts(284, "4.54", "0.68", scale=(1, 5))
    >>> x = np.repeat(np.arange(1, 6), counts)
    >>> len(x), round(x.mean(), 2), round(x.std(ddof=1), 2)
    (284, np.float64(4.54), np.float64(0.68))
    """
    answers = np.arange(scale[0], scale[1] + 1, dtype=np.float64)
    wanted, spread = read_printed(mean), read_printed(sd)
    shape = n * _entropy_shape(answers, float(wanted.value), float(spread.value))
    for total in sorted(grim(wanted, n).sums, key=lambda s: (abs(s - n * wanted.value), s)):
        found = _nearest_counts(answers, shape, n, total, spread)
        if found is not None:
            return found
    raise DataError([problem("survey-shape-impossible", found=f"n={n}, M={mean}, SD={sd}, {scale[0]}–{scale[1]}")])


def _entropy_shape(answers: _Floats, mean: float, sd: float) -> _Floats:
    """The flattest distribution with this mean and SD, or nearly so."""
    from scipy.optimize import minimize
    from scipy.special import logsumexp

    x = (answers - mean) / max(sd, 1e-9)

    def dual(at: _Floats) -> float:
        return float(logsumexp(at[0] * x + at[1] * x**2) - at[1])

    a, b = minimize(dual, np.array([0.0, -0.5]), method="Nelder-Mead", options={"maxiter": 4000}).x
    power = a * x + b * x**2
    return np.asarray(np.exp(power - logsumexp(power)))


def _nearest_counts(answers: _Floats, shape: _Floats, n: int, total: int, sd: Printed) -> tuple[int, ...] | None:
    """Solve min Σd subject to d ≥ |c − e|, Σc = n, Σvc = S, Q within the rounding of SD²; c whole."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    m, centre = len(answers), total * total / n
    low, high = (max(0.0, float(end)) ** 2 * (n - 1) + centre for end in sd.bounds)
    one, none, eye = np.ones(m), np.zeros(m), np.eye(m)
    rows = np.vstack([np.hstack(pair) for pair in ((one, none), (answers, none), (answers**2, none))])
    rows = np.vstack([rows, np.hstack([eye, -eye]), np.hstack([eye, eye])])
    floor = [n, total, low + 1e-6, *np.full(m, -np.inf), *shape]
    ceiling = [n, total, high - 1e-6, *shape, *np.full(m, np.inf)]
    found = milp(
        np.concatenate([none, one]),
        integrality=np.concatenate([one, none]),
        bounds=Bounds(0, np.inf),
        constraints=LinearConstraint(rows, floor, ceiling),
    )
    return None if found.x is None else tuple(round(value) for value in found.x[:m])


def split_sums(sums: _Ints, *, parts: int, scale: tuple[int, int], rng: np.random.Generator) -> _Ints:
    """Split every sum into `parts` whole-number answers on a scale, as even as they can be, in random order."""
    base, rest = np.divmod(sums, parts)
    answers = base[:, None] + (np.arange(parts) < rest[:, None])
    answers = rng.permuted(answers, axis=1)
    if answers.min(initial=scale[0]) < scale[0] or answers.max(initial=scale[1]) > scale[1]:
        raise DataError([problem("survey-shape-impossible", found=f"{parts} × {scale[0]}–{scale[1]}")])
    return np.asarray(answers)


def synthesise(instrument: Instrument, recipe: Mapping[str, Any], *, seed: int) -> Responses:
    """Make synthetic answers from a recipe.

    Args:
        instrument: the questionnaire.
        recipe: `groups: {item: {code: n}}` (one background question), `means: {item: {code: {mean, sd}}}` per group,
            `sums: {scale: {code: {mean, sd}}}` split over the scale's items, `patterns: {items, rows: [{answers, n}],
            sum, sd}` (rows as given, the rest constant; sum of the first item, SD of the rest), `counts: {item: {code:
            n}}` over everybody; of several options each is drawn by itself, and who drew none takes the one named in
            `otherwise: {item: code}`.
        seed: of the draws.
    Returns:
        Answers marked synthetic, without days and times. What the recipe does not name stays blank.
    """
    rng = np.random.Generator(np.random.Philox(seed))
    (by, sizes), *_ = recipe["groups"].items()
    codes = [choice.code for choice in instrument.options(by)]
    group = np.repeat([codes.index(str(code)) for code in sizes], [int(n) for n in sizes.values()])
    n = len(group)
    answers: dict[str, NDArray[Any]] = {item.id: blank_column(instrument, item, n) for item in instrument.questions()}
    answers[by] = group
    members = {str(code): np.flatnonzero(group == codes.index(str(code))) for code in sizes}
    for name, wanted in (recipe.get("means") or {}).items():
        for code, rows in members.items():
            ends = instrument.ends(name) or (1, 5)
            answers[name][rows] = _drawn(wanted[code], len(rows), ends, rng) - ends[0]
    for name, wanted in (recipe.get("sums") or {}).items():
        for code, rows in members.items():
            _fill_scale(instrument, name, answers, rows, wanted[code], rng)
    if recipe.get("patterns"):
        _fill_patterns(instrument, recipe["patterns"], answers, n, rng)
    for name, wanted in (recipe.get("counts") or {}).items():
        _fill_counts(instrument, name, answers, wanted, rng)
    for name, code in (recipe.get("otherwise") or {}).items():
        at = [choice.code for choice in instrument.options(name)].index(str(code))
        answers[name][~answers[name].any(1), at] = True
    blank = np.full(n, np.nan)
    days = np.full(n, "NaT", dtype="datetime64[D]")
    return Responses(instrument, answers, days, blank, np.zeros(n, dtype=np.int64), synthetic=True)


def _drawn(wanted: Mapping[str, str], n: int, ends: tuple[int, int], rng: np.random.Generator) -> _Ints:
    counts = shape_counts(n, str(wanted["mean"]), str(wanted["sd"]), scale=ends)
    return np.asarray(rng.permutation(np.repeat(np.arange(ends[0], ends[1] + 1), counts)))


def _fill_scale(
    instrument: Instrument,
    name: str,
    answers: dict[str, NDArray[Any]],
    rows: _Ints,
    wanted: Mapping[str, str],
    rng: np.random.Generator,
) -> None:
    scale, ends = instrument.scale(name), instrument.ends(name) or (0, 0)
    items = scale.items if scale else ()
    each = instrument.ends(items[0]) or (1, 5)
    parts = split_sums(_drawn(wanted, len(rows), ends, rng), parts=len(items), scale=each, rng=rng)
    for at, item in enumerate(items):
        answers[item][rows] = parts[:, at] - each[0]


def _fill_patterns(
    instrument: Instrument,
    wanted: Mapping[str, Any],
    answers: dict[str, NDArray[Any]],
    n: int,
    rng: np.random.Generator,
) -> None:
    """Rows as given, the rest constant rows that bring the first item to its sum, with a set SD."""
    items: Sequence[str] = wanted["items"]
    low, high = instrument.ends(items[0]) or (1, 5)
    given = np.repeat([row["answers"] for row in wanted["rows"]], [int(row["n"]) for row in wanted["rows"]], axis=0)
    left = n - len(given)
    mean = f"{(int(wanted['sum']) - int(given[:, 0].sum())) / left:.9f}"  # so fine that one sum alone has it
    rest = np.repeat(np.arange(low, high + 1), shape_counts(left, mean, str(wanted["sd"]), scale=(low, high)))
    rows = rng.permutation(np.vstack([given, np.repeat(rest[:, None], len(items), axis=1)]))
    for at, item in enumerate(items):
        answers[item] = rows[:, at] - low


def _fill_counts(
    instrument: Instrument,
    name: str,
    answers: dict[str, NDArray[Any]],
    wanted: Mapping[Any, Any],
    rng: np.random.Generator,
) -> None:
    codes, n = [choice.code for choice in instrument.options(name)], len(answers[name])
    numbered = {codes.index(str(code)): int(count) for code, count in wanted.items()}
    if answers[name].ndim == 2:
        for at, count in numbered.items():
            answers[name][rng.permutation(n)[:count], at] = True
        return
    drawn = np.repeat(list(numbered), list(numbered.values()))
    answers[name][rng.permutation(n)[: len(drawn)]] = drawn

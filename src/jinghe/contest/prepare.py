"""The steps on figures (数值各步): screen, denominate, impute, treat, in the order in which the rules list them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.impute import OBSERVED, Filled, History, fill
from jinghe.contest.sift import sift
from jinghe.contest.steps import Steps
from jinghe.contest.treat import Treatment, find_treatment
from jinghe.contest.tree import Tree

__all__ = ["Context", "Prepared", "denominate", "prepare", "treat_columns"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What the chain may need besides the figures (计分链的其他输入).

    `denominators`: leaf → (n,). `groups`: row numbers of each group, for imputation. `history`: other periods, for
    latest and linear. `reference`: the row of the reference city. `base` and `weigh_base`: figures of the base
    windows after denomination, shape (b, m), rows being cities × periods; None means the figures themselves.
    """

    denominators: Mapping[str, _Array] = field(default_factory=dict)
    groups: Sequence[Sequence[int]] = ()
    history: History | None = None
    reference: int | None = None
    base: _Array | None = None
    weigh_base: _Array | None = None


def denominate(figures: _Array, *, tree: Tree, denominators: Mapping[str, _Array]) -> _Array:
    """Divide columns by their denominators (除以规模): x / d; a denominator that is missing or not positive gives NaN.

    Args:
        figures: shape (n, m).
        tree: names the columns.
        denominators: leaf → shape (n,), or (b,) for figures of b rows.
    Returns:
        Shape (n, m); columns without a denominator are unchanged.
    """
    found = figures.copy()
    for leaf, below in denominators.items():
        k = tree.leaves.index(leaf)
        found[:, k] = np.divide(figures[:, k], below, out=np.full(len(figures), np.nan), where=below > 0)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What the steps on figures made (各步数值): `made` by step, and how; see `Stages`."""

    made: Mapping[str, _Array]
    filled: Filled
    treatments: tuple[Treatment, ...]
    fit: NDArray[np.bool_]
    covered: NDArray[np.bool_]


def prepare(raw: _Array, *, tree: Tree, steps: Steps, context: Context) -> Prepared:
    """Run the steps on figures in the order of `steps.order`; each takes what the one before it leaves.

    Args:
        raw: shape (n, m), NaN where missing.
        tree: names the columns.
        steps: the settings.
        context: denominators, groups, history and base window; with a base window the treatments are found on it.
    Returns:
        The matrix after every step, the imputation, the treatments, and which cities and leaves passed the screen.
    """
    made: dict[str, _Array] = {}
    figures, filled = raw, Filled(raw, np.full(raw.shape, OBSERVED, dtype=np.int64))
    treatments = tuple(Treatment() for _ in tree.leaves)
    fit, covered = np.ones(len(raw), dtype=bool), np.ones(raw.shape[1], dtype=bool)
    for step in steps.order:
        if step == "screen":
            fit, covered = sift(figures, steps=steps)
            figures = np.where(fit[:, None] & covered, figures, np.nan)
        elif step == "denominate":
            figures = denominate(figures, tree=tree, denominators=context.denominators)
        elif step == "impute":
            filled = _fill(figures, steps, context)
            figures = filled.values
        else:
            sample = figures if context.base is None else context.base
            treatments = tuple(_find_treatment(sample[:, k], leaf, steps) for k, leaf in enumerate(tree.leaves))
            figures = treat_columns(figures, treatments=treatments)
        made[step] = figures
    return Prepared(made, filled, treatments, fit, covered)


def treat_columns(figures: _Array, *, treatments: Sequence[Treatment]) -> _Array:
    """Treat every column of a matrix (n, m) in its own way."""
    if all(one.form == "none" for one in treatments):
        return figures
    return np.column_stack([one.apply(figures[:, k]) for k, one in enumerate(treatments)])


def _fill(figures: _Array, steps: Steps, context: Context) -> Filled:
    return fill(
        figures,
        method=steps.imputation,
        groups=context.groups,
        history=context.history,
        otherwise=steps.otherwise,
        draws=steps.draws,
        seed=steps.seed,
    )


def _find_treatment(sample: _Array, leaf: str, steps: Steps) -> Treatment:
    """An indicator with ends of its own is not treated: its scale is guarded, and a logarithm would move its ends."""
    fixed = steps.scaling(leaf) == "target" or (
        leaf in steps.goalposts and steps.scaling(leaf) in ("goalposts", "efficacy")
    )
    return Treatment() if steps.outliers is None or fixed else find_treatment(sample, rule=steps.outliers)

"""From the panel to the chain (取数): the figure matrix of a period and all else the chain needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.contest import Contest
from jinghe.contest.impute import History
from jinghe.contest.measure import Evidence, Inputs, Measured, measure, read_series
from jinghe.contest.prepare import Context, denominate
from jinghe.contest.tree import Tree
from jinghe.errors import DataError, RuleError, problem
from jinghe.region import Region
from jinghe.units import Period

__all__ = ["Figures", "gather", "make_context"]

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The figures of one period (一期数值): the matrix (n, m), what each cell was read from, and denominators."""

    tree: Tree
    matrix: _Array
    measured: Mapping[str, Measured]
    denominators: Mapping[str, _Array]

    @property
    def denominated(self) -> _Array:
        """The matrix after division."""
        return denominate(self.matrix, tree=self.tree, denominators=self.denominators)


def gather(contest: Contest, *, inputs: Inputs) -> Figures:
    """Measure every leaf of the tree, and read the denominators; their observations join the evidence.

    Raises:
        DataError: a figure's unit does not convert.
    """
    tree = Tree.of(contest.root)
    measured = {leaf: measure(contest.indicator(leaf), inputs=inputs) for leaf in tree.leaves}
    below: dict[str, _Array] = {}
    for leaf, series in contest.steps.denominators.items():
        read = read_series(series, inputs=inputs, period=contest.indicator(leaf).period)
        pairs = zip(measured[leaf].evidence, read.evidence, strict=True)
        evidence = tuple(Evidence(a.observations + b.observations, a.items) for a, b in pairs)
        measured[leaf], below[leaf] = replace(measured[leaf], evidence=evidence), read.values
    return Figures(tree, np.column_stack([measured[leaf].values for leaf in tree.leaves]), measured, below)


def make_context(contest: Contest, *, figures: Figures, inputs: Inputs, region: Region) -> Context:
    """Prepare what the chain needs besides the figures of the period: groups, other periods, base windows.

    Raises:
        RuleError: a base window holds no figure (`base-empty`).
    """
    steps, codes = contest.steps, inputs.codes
    groups = [region.group(name).codes(inputs.period.last) for name in steps.groups]
    return Context(
        denominators=figures.denominators,
        groups=[[codes.index(code) for code in members if code in codes] for members in groups],
        history=_recall(contest, inputs) if steps.imputation in ("latest", "linear") else None,
        reference=codes.index(steps.reference) if steps.reference in codes else None,
        base=_pool(contest, inputs, steps.base, "normalise"),
        weigh_base=_pool(contest, inputs, steps.weighing.base, "weigh"),
    )


def _pool(contest: Contest, inputs: Inputs, window: tuple[str, ...], step: str) -> _Array | None:
    if not window:
        return None
    periods = [replace(inputs, period=Period.of(name)) for name in window]
    blocks = [gather(contest, inputs=one).denominated for one in periods]
    empty = [name for name, block in zip(window, blocks, strict=True) if np.isnan(block).all()]
    if empty:
        path = f"contest.steps[{step}].base"
        raise RuleError(problem("base-empty", path, period=name) for name in empty)
    return np.vstack(blocks)


def _recall(contest: Contest, inputs: Inputs) -> History:
    """Figures of all other periods of the same length, as they enter the imputation."""
    order = contest.steps.order
    names = {item.period for item in inputs.panel.observations}
    periods = sorted(p for p in map(_read, names) if p and p.months == inputs.period.months and p != inputs.period)
    found = [gather(contest, inputs=replace(inputs, period=period)) for period in periods]
    divided = order.index("denominate") < order.index("impute")
    blocks = [one.denominated if divided else one.matrix for one in found]
    times = np.array([period.start.toordinal() for period in periods], dtype=float)
    shape = (0, len(inputs.codes), len(contest.root.leaves))
    return History(times, np.stack(blocks) if blocks else np.empty(shape), float(inputs.period.start.toordinal()))


def _read(name: str) -> Period | None:
    try:
        return Period.of(name)
    except DataError:
        return None

"""Aggregates up the indicator tree, and their exact split back down (合成与分解)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jinghe.contest.doubt import weigh_in_favour
from jinghe.contest.indicator import Node
from jinghe.contest.outrank import copeland, grey, promethee, topsis
from jinghe.contest.tree import Tree
from jinghe.errors import JingheError, RuleError, problem

__all__ = [
    "AGGREGATIONS",
    "MEANS",
    "Synthesis",
    "aggregate",
    "aggregate_tree",
    "average",
    "combine",
    "decompose",
    "penalise",
]

MEANS = ("arithmetic", "geometric", "harmonic", "generalised")
AGGREGATIONS = (*MEANS, "mazziotta_pareto", "topsis", "grey", "promethee", "copeland", "benefit_of_doubt")

_POWERS = {"arithmetic": 1.0, "geometric": 0.0, "harmonic": -1.0}

_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Synthesis:
    """Parameters of the aggregates (合成参数).

    `scale` is where the worst and the best possible share of a relative aggregate are put; `power` is p of the
    generalised mean, `distinguishing` ρ of the grey relation, `preference` (q, p) of PROMETHEE II.
    """

    scale: tuple[float, float] = (1.0, 100.0)
    power: float = 2.0
    distinguishing: float = 0.5
    preference: tuple[float, float] | None = None


def average(
    children: Sequence[_Array], weights: Sequence[_Array | float], *, method: str, power: float = 2.0
) -> _Array:
    """Average children that are present: f⁻¹(Σ w_k f(x_k) / Σ w_k).

    f(x) = x (arithmetic), ln x (geometric), 1/x (harmonic), xᵖ (generalised; p = 0 is the geometric mean). A missing
    child is left out cell by cell, so its weight goes to the others of the same parent.

    Args:
        children: k arrays of shape (n,) or (d, n), NaN where missing.
        weights: k weights, floats or arrays of shape (d, 1).
        method: one of `MEANS`.
        power: p of the generalised mean.
    Returns:
        Shape (n,) or (d, n); NaN where nothing with a weight is present.
    Raises:
        RuleError: a child is not positive and p ≤ 0, or negative and p is not 1 (`mean-positive`).

    >>> average([np.array([1.0, 4.0]), np.array([3.0, np.nan])], [0.5, 0.5], method="arithmetic").tolist()
    [2.0, 4.0]
    """
    p = _POWERS.get(method, power)
    _check_sign(children, method, p)
    total: _Array | float = 0.0
    mass: _Array | float = 0.0
    for child, weight in zip(children, weights, strict=True):
        present = ~np.isnan(child)
        term = child if p == 1 else np.log(child) if p == 0 else child**p
        total = total + weight * np.where(present, term, 0.0)
        mass = mass + weight * present
    mean = np.full(np.shape(total), np.nan)
    np.divide(total, mass, out=mean, where=np.asarray(mass) > 0)
    return mean if p == 1 else np.exp(mean) if p == 0 else np.asarray(mean ** (1 / p))


def penalise(children: Sequence[_Array], weights: Sequence[_Array | float]) -> _Array:
    """Take the arithmetic mean less a penalty for imbalance (Mazziotta–Pareto): M − S²/M = M (1 − cv²).

    S² = Σ w_k (x_k − M)² / Σ w_k over the children that are present.

    Raises:
        RuleError: a child is not positive (`mean-positive`): the penalty would turn into a reward.
    Source: Mazziotta & Pareto (2016), Social Indicators Research 127, the form for indicators where more is better.

    >>> penalise([np.array([90.0, 100.0]), np.array([110.0, 100.0])], [0.5, 0.5]).tolist()
    [99.0, 100.0]
    """
    _check_sign(children, "mazziotta_pareto", 0.0)
    mean = average(children, weights, method="arithmetic")
    spread = average([(child - mean) ** 2 for child in children], weights, method="arithmetic")
    return np.asarray(mean - spread / mean)


def combine(
    children: Sequence[_Array], weights: Sequence[_Array | float], *, method: str, synthesis: Synthesis
) -> _Array:
    """Aggregate the children of one node by any of `AGGREGATIONS`.

    The relative ones are put on the scale [a, b]: a + (b − a) s with s = C (TOPSIS), γ (grey relation), (φ + 1)/2
    (PROMETHEE II), (c/(n − 1) + 1)/2 (Copeland); the benefit of the doubt is b · score, on a scale that starts near 0.

    Args:
        children: k arrays of shape (n,) or (d, n).
        weights: k weights, floats or arrays of shape (d, 1); the benefit of the doubt takes no notice of them.
        method: one of `AGGREGATIONS`.
        synthesis: the parameters.
    Returns:
        Shape (n,) or (d, n).
    Raises:
        RuleError: see `average`.
    """
    if method in MEANS:
        return average(children, weights, method=method, power=synthesis.power)
    if method == "mazziotta_pareto":
        return penalise(children, weights)
    figures = np.stack(np.broadcast_arrays(*children), axis=-1)
    shares = np.stack(np.broadcast_arrays(*(np.asarray(weight, dtype=float) for weight in weights)), axis=-1)
    if figures.ndim == 2 and shares.ndim == 1:
        return _relate(figures, shares, method=method, synthesis=synthesis)
    draws = max(shares.shape[0] if shares.ndim > 1 else 0, figures.shape[0] if figures.ndim == 3 else 0)
    if method == "benefit_of_doubt" and figures.ndim == 2:  # one program for all draws, as it reads no weights
        return np.broadcast_to(_relate(figures, shares, method=method, synthesis=synthesis), (draws, len(figures)))
    figures = np.broadcast_to(figures, (draws, *figures.shape[-2:]))
    shares = np.broadcast_to(shares.reshape(-1, shares.shape[-1]), (draws, shares.shape[-1]))
    rows = [_relate(f, s, method=method, synthesis=synthesis) for f, s in zip(figures, shares, strict=True)]
    return np.stack(rows)


def aggregate_tree(
    normalised: _Array,
    *,
    tree: Tree,
    weights: Mapping[str, _Array | float],
    aggregations: Mapping[str, str],
    synthesis: Synthesis = Synthesis(),
) -> dict[str, _Array]:
    """Compute every inner node from the columns of a normalised matrix.

    Args:
        normalised: shape (n, m) or (d, n, m), columns as `tree.leaves`, NaN where missing.
        tree: the compiled tree.
        weights: weight of each id among its siblings: floats, or arrays of shape (d, 1) for d draws at once.
        aggregations: one of `AGGREGATIONS` per inner node.
        synthesis: parameters of the aggregates.
    Returns:
        Inner node → shape (n,) or (d, n), the root last.
    Raises:
        RuleError: a figure does not suit the aggregate of its node, which is named.
    """
    found: dict[str, _Array] = {leaf: normalised[..., k] for k, leaf in enumerate(tree.leaves)}
    for node in tree.nodes:
        below = tree.children[node]
        try:
            found[node] = combine(
                [found[name] for name in below],
                [weights[name] for name in below],
                method=aggregations[node],
                synthesis=synthesis,
            )
        except JingheError as error:
            raise RuleError(p.at(path=f"contest.steps[aggregate].{node}") for p in error.problems) from None
    return {node: found[node] for node in tree.nodes}


def aggregate(
    root: Node,
    *,
    leaves: Mapping[str, _Array],
    weights: Mapping[str, _Array | float],
    methods: Mapping[str, str],
    synthesis: Synthesis = Synthesis(),
) -> dict[str, _Array]:
    """Compute every node of a tree from leaves given by name: `aggregate_tree` with leaves and root in the answer.

    Args:
        root: the tree.
        leaves: normalised values per leaf, shape (n,) or (d, n).
        weights: weight of each node among its siblings: floats, or arrays of shape (d, 1) for d draws at once.
        methods: one of `AGGREGATIONS` per inner node.
        synthesis: parameters of the aggregates.
    Returns:
        node → shape (n,) or (d, n), leaves and root included.
    """
    tree = Tree.of(root)
    columns = {leaf: leaves[leaf] for leaf in tree.leaves}
    matrix = np.stack(np.broadcast_arrays(*columns.values()), axis=-1)
    return columns | aggregate_tree(matrix, tree=tree, weights=weights, aggregations=methods, synthesis=synthesis)


def decompose(children: _Array, weights: _Array, *, method: str, floor: float, power: float = 2.0) -> _Array:
    """Split one mean into the parts of its children, so that the parts sum to the mean exactly.

    Arithmetic: part_k = w_k x_k. Any other mean M = f⁻¹(Σ w f(x)), above the floor b of the scale:
    part_k = w_k [b + Λ (f(x_k) − f(b))], Λ = (M − b) / (f(M) − f(b)), Λ = 1/f′(b) at M = b.
    The sum is b + Λ (f(M) − f(b)) = M. For f = ln, Λ is the logarithmic mean of M and b. Parts are never negative,
    since x_k ≥ b > 0. Weights are those of the children that are present, rescaled to sum to 1.

    Args:
        children: x, shape (k,), NaN where missing.
        weights: w, shape (k,).
        method: one of `MEANS`.
        floor: b > 0, the lower end of the scale; not used by the arithmetic split.
        power: p of the generalised mean.
    Returns:
        Shape (k,), 0 for missing children.
    Source: Ang, B. W. (2005), The LMDI approach to decomposition analysis, Energy Policy 33, additive form; the same
    with another f and the floor as reference is ours.

    >>> parts = decompose(np.array([1.0, 100.0]), np.array([0.5, 0.5]), method="geometric", floor=1.0)
    >>> [round(float(part), 9) for part in parts]
    [0.5, 9.5]
    """
    p = _POWERS.get(method, power)
    present = ~np.isnan(children) & (weights > 0)
    mass = weights[present].sum()
    share = np.where(present, weights, 0.0) / (mass if mass > 0 else 1.0)
    if p == 1:
        return np.where(present, share * np.where(present, children, 0.0), 0.0)
    logs = np.log(np.where(present, children, floor) / floor)
    steps = logs if p == 0 else np.expm1(p * logs)  # (f(x) − f(b)) up to a factor that cancels
    height = float(share @ steps)
    rise = np.expm1(height if p == 0 else np.log1p(height) / p)  # M/b − 1
    slope = floor * (rise / height if height else (1.0 if p == 0 else 1 / p))
    return np.asarray(share * (floor + slope * steps), dtype=float)


def _check_sign(children: Sequence[_Array], method: str, p: float) -> None:
    if p == 1:
        return
    least = min((float(np.nanmin(child, initial=np.inf)) for child in children), default=np.inf)
    if least < 0 or (least == 0 and p <= 0):
        raise RuleError([problem("mean-positive", "contest.steps[aggregate]", method=method, found=f"{least:g}")])


def _relate(values: _Array, weights: _Array, *, method: str, synthesis: Synthesis) -> _Array:
    low, high = synthesis.scale
    if method == "benefit_of_doubt":
        return high * weigh_in_favour(values).scores
    if method == "topsis":
        share = topsis(values, weights)
    elif method == "grey":
        share = grey(values, weights, distinguishing=synthesis.distinguishing)
    elif method == "promethee":
        share = (promethee(values, weights, preference=synthesis.preference) + 1) / 2
    else:
        rivals = max(int((~np.isnan(values).all(axis=1)).sum()) - 1, 1)
        share = (copeland(values, weights) / rivals + 1) / 2
    return np.asarray(low + (high - low) * share)

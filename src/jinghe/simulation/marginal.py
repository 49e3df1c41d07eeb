"""Chances of promotion and what moves them (晋升概率及其边际): exact by quadrature, sampled from imagined contests."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
from scipy.special import ndtr

from jinghe.simulation.draws import Array
from jinghe.simulation.setting import Network

__all__ = ["Marginals", "chance", "exact_marginals", "sampled_marginals"]


_NODES = np.linspace(-7.5, 7.5, 76)
_WEIGHTS = np.exp(-(_NODES**2) / 2) / sqrt(2 * pi) * (_NODES[1] - _NODES[0])


@dataclass(frozen=True, eq=False)
class Marginals:
    """How the chance of promotion moves with mean scores (边际晋升概率).

    `own`: ∂P_i/∂m_i, shape (…, n). `cross`: −∂P_i/∂m_j for each directed edge i→j, shape (…, 2M). An equal rise of all
    scores changes nothing, so `own` is the sum of the cross effects over all rivals.
    """

    own: Array
    cross: Array


def chance(means: Array, shift: Array, *, slots: int, spread: float) -> Array:
    """Exact chance of promotion when one official's mean score moves and the others stay.

    P_i(d) = ∫ φ(x) P(fewer than k rivals exceed m_i + d + σ x) dx: given the own noise the rivals are independent, and
    the number ahead is Poisson-binomial.

    Args:
        means: mean scores, shape (n,).
        shift: shifts d of the own mean, shape (n, g).
        slots: k.
        spread: σ, standard deviation of a score.
    Returns:
        Shape (n, g).
    """
    n = len(means)
    level = (means[:, None] + shift)[..., None] / spread + _NODES  # (n, g, nodes)
    ahead = ndtr(means[:, None, None, None] / spread - level)  # rival j exceeds i
    ahead[np.arange(n), np.arange(n)] = 0.0
    return np.asarray(sum(_count(ahead, slots)) @ _WEIGHTS, dtype=np.float64)


def exact_marginals(means: Array, network: Network, *, slots: int, spread: float) -> Marginals:
    """Differentiate the chance of promotion by trapezoid quadrature.

    −∂P_i/∂m_j = ∫ φ(x) φ(s − m_j/σ)/σ · P(exactly k−1 of the other rivals exceed s) dx, s = m_i/σ + x.

    Args:
        means: mean scores, shape (n,).
        network: whose cross effects are wanted.
        slots: k.
        spread: σ.
    Returns:
        Marginals of shapes (n,) and (2M,).
    """
    same = np.eye(len(means), dtype=bool)
    level = means[:, None] / spread + _NODES  # (i, nodes)
    gap = level - means[:, None, None] / spread  # (j, i, nodes)
    ahead = np.where(same[..., None], 0.0, ndtr(-gap))
    others = np.where(same[..., None, None], 0.0, ahead[:, None])  # (rival, left out j, i, nodes)
    density = np.exp(gap * gap * -0.5) * (1 / (sqrt(2 * pi) * spread))
    pairs = (density * _count(others, slots)[-1]) @ _WEIGHTS
    pairs = np.where(same, 0.0, pairs).T.copy()
    return Marginals(pairs.sum(axis=1), pairs[network.giver, network.partner])


def sampled_marginals(means: Array, draws: Array, network: Network, *, slots: int, spread: float) -> Marginals:
    """Estimate the marginals from imagined contests: the density of the own noise at the threshold rival.

    In each contest i's threshold is the k-th best rival; conditional on the rivals ∂P_i/∂m_i = φ((τ_i − m_i)/σ)/σ, and
    only the threshold rival's mean moves τ_i. The average over contests is unbiased.

    Args:
        means: believed mean scores, shape (R, n).
        draws: standard normals, shape (R, D, n).
        network: whose cross effects are wanted.
        slots: k.
        spread: σ.
    Returns:
        Marginals of shapes (R, n) and (R, 2M).
    Source: conditional Monte Carlo, Fu & Hu (1997); Lazear & Rosen (1981) for the contest.
    """
    n = means.shape[-1]
    scores = means[:, None, :] / spread + draws
    ordered = np.partition(scores, (n - slots - 1, n - slots), axis=-1)
    last_in, first_out = ordered[..., n - slots, None], ordered[..., n - slots - 1, None]
    is_in = scores >= last_in
    gap = np.where(is_in, first_out, last_in) - means[:, None, :] / spread
    density = np.exp(gap * gap * -0.5) * (1 / (sqrt(2 * pi) * spread * draws.shape[1]))
    of_in = np.where(is_in, density, 0.0)
    pairs = np.matmul(of_in.swapaxes(1, 2), (scores == first_out).astype(np.float64))
    pairs += np.matmul((density - of_in).swapaxes(1, 2), (scores == last_in).astype(np.float64))
    return Marginals(pairs.sum(axis=-1), pairs[:, network.giver, network.partner])


def _count(ahead: Array, slots: int) -> list[Array]:
    """P(exactly 0), …, P(exactly k−1) of independent events whose chances are stacked along the first axis."""
    found = [np.ones(ahead.shape[1:]), *(np.zeros(ahead.shape[1:]) for _ in range(slots - 1))]
    for chance_of_one in ahead:
        for count in range(slots - 1, 0, -1):
            found[count] += chance_of_one * (found[count - 1] - found[count])
        found[0] *= 1 - chance_of_one
    return found

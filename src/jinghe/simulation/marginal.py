"""Expected prizes (预期奖励): the chance to be among the first k, and what moves it, exact by quadrature."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np
from scipy.special import ndtr

from jinghe.simulation.draws import Array
from jinghe.simulation.kernel_prize import fewer_than
from jinghe.simulation.setting import Index, Network

__all__ = ["SHIFTS", "chances", "find_leads"]

SHIFTS = np.linspace(-4.0, 4.0, 17)  # own standing, in standard deviations of the score, at which prizes are tabulated
_STEPS, _TAIL = (0.2, 0.1), 8.0  # of the quadrature up to and beyond _MANY rivals: exact to 1e-11
_MANY = 30
_LARGE = 64  # in a larger pool every rival takes back the same share


def chances(means: Array, *, pools: Index, slots: int, spread: float, shifts: Array = SHIFTS) -> tuple[Array, Array]:
    """Exact chance to be among the first k of one's pool, and its slope, as the own mean score moves and others stay.

    P_i(d) = ∫ φ(s − m_i − d) P(fewer than k rivals exceed s) ds, all in units of σ: given a score s the rivals are
    independent and the number ahead is Poisson-binomial. Trapezoid rule, 5 nodes per standard deviation, 10 for many.

    Args:
        means: mean scores, shape (n,).
        pools: who is ranked with whom, shape (n,).
        slots: k.
        spread: σ, standard deviation of a score.
        shifts: shifts d of the own mean in units of σ, shape (g,), or (n, g) when each has its own.
    Returns:
        Chances, and slopes per unit of score, each of shape (n, g).
    """
    moved = np.broadcast_to(shifts, (len(means), shifts.shape[-1]))
    value, slope = np.ones(moved.shape), np.zeros(moved.shape)
    for pool in np.unique(pools):
        inside = np.flatnonzero(pools == pool)
        if len(inside) <= slots:
            continue  # everyone wins
        own = means[inside] / spread
        bound = np.ptp(own) + 2 * _TAIL  # farther off the chance is 0 or 1
        at = own[:, None] + np.clip(moved[inside], -bound, bound)
        step = _STEPS[len(inside) > _MANY]
        grid = np.arange(at.min() - _TAIL, at.max() + _TAIL + step, step)
        fewer = fewer_than(ndtr(own[:, None] - grid), slots)
        gap = grid - at[..., None]  # (i, g, node)
        density = np.exp(gap * gap * -0.5) * (step / sqrt(2 * pi))
        value[inside] = np.einsum("igs,is->ig", density, fewer)
        slope[inside] = np.einsum("igs,is->ig", density * gap, fewer) / spread
    return value, slope


def find_leads(means: Array, network: Network, *, pools: Index, slots: int, spread: float) -> Array:
    """Share of the pressure of all rivals that comes from the partner, (−∂P_i/∂m_j)/(∂P_i/∂m_i), shape (2M,).

    −∂P_i/∂m_j = ∫ φ(s − m_i) φ(s − m_j) P(exactly k−1 of the other rivals exceed s) ds. An equal rise of all scores
    changes
    nothing, so the shares of all rivals sum to 1; 0 where partners are ranked apart; 1/(n−1) in pools beyond 64.
    """
    leads = np.zeros(network.edges)
    for pool in np.unique(pools):
        inside = np.flatnonzero(pools == pool)
        if len(inside) <= slots:
            continue
        shares = _shares(means[inside] / spread, slots) if len(inside) <= _LARGE else None
        at = np.full(len(means), -1)
        at[inside] = np.arange(len(inside))
        both = (at[network.giver] >= 0) & (at[network.partner] >= 0)
        i, j = at[network.giver[both]], at[network.partner[both]]
        leads[both] = 1 / (len(inside) - 1) if shares is None else shares[i, j]
    return leads


def _shares(own: Array, slots: int) -> Array:
    grid = np.arange(own.min() - _TAIL, own.max() + _TAIL, _STEPS[len(own) > _MANY])
    ahead = ndtr(own[:, None] - grid)
    density = np.exp(-0.5 * (grid - own[:, None]) ** 2)
    pairs = np.zeros((len(own), len(own)))
    for i in range(len(own)):
        others = np.flatnonzero(np.arange(len(own)) != i)
        rest = fewer_than(ahead[others], slots)  # fewer than k among the rest, each of the others left out in turn
        exactly = rest - fewer_than(ahead[others], slots - 1) if slots > 1 else rest
        pairs[i, others] = (density[i] * density[others] * exactly).sum(axis=1)
    return np.asarray(pairs / pairs.sum(axis=1, keepdims=True))

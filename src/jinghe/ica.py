"""Institutional collective action (制度性集体行动, C1–C2): what cooperation seems worth to a jurisdiction.

Source: Feiock (2013), The institutional collective action framework; the two protectionist biases after theory row C2,
in the bounded-rational form of reference §1.7. All functions are elementwise: single numbers or arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["find_join_chance", "find_least_trust", "find_net_benefit", "perceive"]

_Values = NDArray[np.float64]


def perceive(local_first: float, barrier: float, standards: _Values) -> tuple[_Values, _Values]:
    """Distort benefits and costs by the two protectionist biases (地方本位、行政壁垒).

    m_b = 1 − l(1−S), m_c = 1 + h(1−S).

    Args:
        local_first: l, 0–1: the gain offered satisfies less than it should.
        barrier: h ≥ 0: risk and cost seem larger than they are.
        standards: S, 0–1, share of standards that are shared; S = 1 removes both biases.
    Returns:
        Factors on benefits and on costs.

    >>> perceive(0.5, 0.8, np.array([0.0, 1.0]))
    (array([0.5, 1. ]), array([1.8, 1. ]))
    """
    return 1 - local_first * (1 - standards), 1 + barrier * (1 - standards)


def find_net_benefit(
    *,
    benefit: float,
    friction: float,
    risk: float,
    trust: _Values,
    standards: _Values,
    local_first: float = 0.0,
    barrier: float = 0.0,
) -> _Values:
    """Find the perceived net benefit of cooperation (净收益): m_b B − m_c (F + ρ_c (1 − T)).

    Args:
        benefit: B, collective and selective benefit with central support.
        friction: F, transaction cost.
        risk: ρ_c, risk of coordination, division and defection at no trust.
        trust: T, 0–1.
        standards: S, 0–1.
        local_first: l; 0 with `barrier` 0 is plain institutional collective action.
        barrier: h.
    Returns:
        In the unit of B.

    >>> float(find_net_benefit(benefit=1.0, friction=0.3, risk=0.25, trust=np.array(0.6), standards=np.array(1.0)))
    0.6
    """
    gain, cost = perceive(local_first, barrier, standards)
    return np.asarray(gain * benefit - cost * (friction + risk * (1 - trust)))


def find_join_chance(net_benefit: _Values, *, tau: float) -> _Values:
    """Find the chance to join (加入概率): 1/(1 + exp(−NB/τ)), one half where cooperation is worth nothing.

    >>> float(find_join_chance(np.array(0.0), tau=0.05))
    0.5
    """
    return np.asarray(0.5 * (1 + np.tanh(net_benefit / (2 * tau))))


def find_least_trust(
    *, benefit: float, friction: float, risk: float, standards: _Values, local_first: float, barrier: float
) -> _Values:
    """Find the trust from which cooperation is worth joining (信任门槛): T_min = 1 − (m_b B/m_c − F)/ρ_c.

    Below 0 everybody joins, above 1 nobody. Args: as `find_net_benefit`; risk > 0.

    >>> x = find_least_trust(
    ...     benefit=0.5, friction=0.3, risk=0.25, standards=np.array(1.0), local_first=0.5, barrier=0.8
    ... )
    >>> round(float(x), 6)
    0.2
    """
    gain, cost = perceive(local_first, barrier, standards)
    return np.asarray(1 - (gain * benefit / cost - friction) / risk)

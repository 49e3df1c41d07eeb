"""The plain arrays both engines run on (方案数组): a setting with its expected prizes worked out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jinghe.simulation.draws import Array
from jinghe.simulation.marginal import SHIFTS
from jinghe.simulation.parameters import Numbers
from jinghe.simulation.setting import Setting

__all__ = ["Design", "make_design", "numbers_of"]


class Design(NamedTuple):
    """A set of rules as arrays (方案). T years, n cities, 2M directed edges, G regimes of rules, g of them by `regime`.

    `tilt` and `worth` are slope and value of expected promotion and of expected funds, (G, 2, n, 17); `lead` (G, 2M)
    the share
    of a partner in the pressure of all rivals, `spill` (G, n) the own effort that comes back as the rivals',
    `reference` (G, n)
    the mean scores of the certified equilibrium. `start` are efforts at the outset: growth, dressing, protection (3,
    n).
    """

    numbers: Array  # (T, K)
    scales: Array  # (T, 4)
    regime: NDArray[np.int64]  # (T,)
    floors: Array  # (T, 2M), efforts
    special: Array
    authority: Array
    powers: Array  # (T, n)
    settled: Array  # (T, n)
    payee: NDArray[np.int64]  # (K,)
    source: NDArray[np.int64]  # (K,)
    passed: Array  # (T, K)
    batches: Array  # (T,)
    theta: Array  # (n,)
    credit: Array  # (2M,)
    claim: Array
    same: Array  # 1 where both are in one circle
    sizes: Array  # (n,) members of the own circle, 0: in none
    rivals: Array  # (n,)
    partners: Array  # (n,) number of partners, at least 1
    pools: NDArray[np.int64]
    circles: NDArray[np.int64]
    giver: NDArray[np.int64]
    partner: NDArray[np.int64]
    reverse: NDArray[np.int64]
    first: NDArray[np.int64]  # (n + 1,): edges first[i]…first[i + 1] − 1 are those of i
    funds: Array  # (F, 2): top, worth
    tilt: Array
    worth: Array
    lead: Array
    spill: Array
    reference: Array
    start: Array  # (3, n)
    joint: Array  # (2M,) joint effort at the outset
    unit: float
    degree: float


def numbers_of(design: Design, t: int) -> Numbers:
    """The numbers of year t by name."""
    return Numbers(*design.numbers[t].tolist())


def make_design(setting: Setting) -> Design:
    """Lay out a setting as arrays; expected prizes are still empty (see `equilibrium.solve`)."""
    net, n, p = setting.network, setting.n, setting.parameters
    numbers, scales = setting.numbers, setting.scales
    regime = _regimes(np.hstack([numbers, scales, setting.powers, setting.settled]))
    count = int(regime.max()) + 1
    sizes = (setting.circles[:, None] == setting.circles).sum(axis=1) * (setting.circles >= 0)
    hoped = np.full(net.edges, p.willingness * setting.attention / net.degree)
    growth, joint, dressing = setting.efforts or (np.full(n, setting.attention), hoped, np.zeros(n))
    return Design(
        numbers=numbers,
        scales=scales,
        regime=regime,
        floors=setting.floors * setting.attention / net.degree,
        special=setting.special,
        authority=setting.authority,
        powers=setting.powers,
        settled=setting.settled,
        payee=setting.payee,
        source=setting.source,
        passed=setting.passed if len(setting.payee) else np.zeros((len(setting.periods), 0)),
        batches=setting.batches,
        theta=setting.theta,
        credit=setting.credit,
        claim=setting.claim,
        same=(_same(setting) & (setting.circles >= 0)[net.giver]).astype(float),
        sizes=sizes.astype(float),
        rivals=np.maximum((setting.pools[:, None] == setting.pools).sum(axis=1) - 1.0, 1.0),
        partners=np.maximum(net.partners, 1.0),
        pools=setting.pools,
        circles=setting.circles,
        giver=net.giver,
        partner=net.partner,
        reverse=net.reverse,
        first=np.searchsorted(net.giver, np.arange(n + 1)),
        funds=np.array([(fund.top, fund.worth) for fund in setting.funds], dtype=float).reshape(-1, 2),
        tilt=np.zeros((count, 2, n, len(SHIFTS))),
        worth=np.zeros((count, 2, n, len(SHIFTS))),
        lead=np.zeros((count, net.edges)),
        spill=np.zeros((count, n)),
        reference=np.zeros((count, n)),
        start=np.stack([growth, dressing, np.zeros(n)]).astype(float),
        joint=joint.astype(float),
        unit=float(setting.attention),
        degree=float(net.degree),
    )


def _same(setting: Setting) -> NDArray[np.bool_]:
    net, circles = setting.network, setting.circles
    return np.asarray(circles[net.giver] == circles[net.partner])


def _regimes(rows: Array) -> NDArray[np.int64]:
    """Number the years so that years with the same rules share their number, in order of first appearance."""
    _, seen, found = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(seen))
    return np.asarray(order[found.reshape(-1)], dtype=np.int64)

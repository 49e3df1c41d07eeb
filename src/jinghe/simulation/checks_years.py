"""Checks of what moves from year to year (动态自检): imitation, trust, standards, diffusion, tipping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import tanh

import numpy as np

from jinghe.labels import Text
from jinghe.simulation.checking import Check, hold, hold_exactly, run
from jinghe.simulation.draws import Array
from jinghe.simulation.limits import bass_share, orbit_drift, tipping_point
from jinghe.simulation.parameters import FIXED, IMITATE, LOGIT, NASH, Parameters
from jinghe.simulation.setting import Setting, make_setting

__all__ = ["check_years"]

_BARE = Parameters(
    prize=0.0,
    sharing=0.0,
    spillover=0.0,
    audit=0.0,
    turnover=0.0,
    gaming=0.0,
    friction=0.0,
    risk=0.0,
    local_first=0.0,
    barrier=0.0,
    progress=0.0,
    wear=0.0,
    choice=FIXED,
)


def check_years(*, seed: int, replications: int) -> Iterator[Check]:
    """REP, TRUST, STD, BASS, TIP."""
    yield from _imitation(seed, replications)
    yield _trust(seed, replications)
    yield _standards(seed)
    yield from _diffusion(seed, replications)
    yield _tipping(seed)


def _hold_efforts(setting: Setting, joint: Array, growth: float = 0.0) -> Setting:
    return replace(setting, efforts=(np.full(setting.n, growth), joint, np.zeros(setting.n)))


def _game(cooperators: int, n: int, years: int = 1, tau: float = 0.5) -> Setting:
    """Play all or nothing with everyone: cost 1, synergy 1.6, compensation 0.2, expected fine 0.2."""
    parameters = replace(
        _BARE,
        choice=IMITATE,
        sharing=1.0,
        joint_claim=1.0,
        joint_value=1.6,
        compensation=0.2,
        inspection=1.0,
        penalty=0.2e10,
        linear_cost=1.0,
        effort_cost=1e-10,
        tau=tau,
    )
    setting = replace(make_setting(parameters, n=n, years=years), attention=1.0)
    level = 1 / setting.network.degree
    joint = np.where(setting.network.giver < cooperators, level, 0.0)
    return _hold_efforts(replace(setting, floors=np.ones_like(setting.floors)), joint)


def _imitation(seed: int, replications: int) -> Iterator[Check]:
    n, cost, synergy, paid, fine = 20, 1.0, 1.6, 0.2, 0.2

    def earned(cooperators: int) -> Array:
        return np.asarray(run(_game(cooperators, n), seed=seed, replications=1).recorded("earned")[0, 0])

    alone, full = earned(1)[0] - earned(0)[0], earned(n)[0] - earned(n - 1)[-1]
    words = Text("合作的临界比例", "Critical share of cooperators")
    yield hold_exactly("REP", words, (cost - paid - fine) / synergy, float(-alone / (full - alone)))
    for cooperators in (5, 12):
        payoff = earned(cooperators)
        drift = cooperators * (n - cooperators) / (n - 1) / n * tanh((payoff[0] - payoff[-1]) / (2 * 0.5))
        played = run(_game(cooperators, n, years=2), seed=seed, replications=replications)
        share = (played.recorded("cooperation")[:, 1] > 0).mean(axis=1)
        case = f"{cooperators}/{n}"
        words = Text(f"一年后的合作比例，起点 {case}", f"Share of cooperators a year after {case}")
        yield hold("REP", words, cooperators / n + drift, share)
    words = Text("两群体复制动态：守恒量的漂移", "Replicator of two populations: drift of what is conserved")
    yield hold_exactly("REP", words, 0.0, orbit_drift((2.0, 1.0, 1.0, 2.0), start=(0.3, 0.4), years=40), within=1e-6)


def _trust(seed: int, replications: int) -> Check:
    up, down, keep = 0.35, 0.45, 0.5
    parameters = replace(
        _BARE,
        choice=LOGIT,
        levels=2,
        reach=1.0,
        tau=1.0,
        trust_up=up,
        trust_down=down,
        trust_norm=1.0,
        joint_value=0.0,
        effort_cost=1e-9,
        trust=0.4375,
        trust_spread=0.0,
    )
    setting = replace(
        make_setting(parameters, n=20, years=60, pairs=[(i, i + 1) for i in range(0, 20, 2)]), attention=1.0
    )
    settled = run(setting, seed=seed, replications=replications).recorded("trust")[:, 20:].mean(axis=(1, 2))
    words = Text("守约概率 0.5 时互信的稳态", "Stationary trust when promises are kept with chance 0.5")
    return hold("TRUST", words, up * keep / (up * keep + down * (1 - keep)), settled)


def _standards(seed: int) -> Check:
    setting = make_setting(replace(_BARE, standards_up=0.3, standards_down=0.1), n=3, years=200)
    effort = 0.5
    held = _hold_efforts(setting, np.full(setting.network.edges, effort / setting.network.degree))
    found = run(held, seed=seed, replications=1).measured("standards")[0]
    words = Text("标准存量的稳态，协同努力一半", "Stationary standards at half of the joint effort")
    return hold_exactly("STD", words, 0.3 * effort / (0.3 * effort + 0.1), float(found))


def _diffusion(seed: int, replications: int) -> Iterator[Check]:
    """Adoption doubles the yield of growth held at 1, so what is produced beyond 1 is the share of adopters."""
    n, years, p, q = 400, 121, 0.004, 0.012
    parameters = replace(_BARE, adoption=p, diffusion_region=q, innovation_gain=1.0)
    held = _hold_efforts(make_setting(parameters, n=n, years=years, pairs=()), np.zeros(0), growth=1.0)
    made = run(held, seed=seed, replications=max(replications // 8, 20)).recorded("contribution").mean(axis=2) - 1
    for t in (40, 80, 120):
        words = Text(f"第 {t} 年采纳者比例", f"Share of adopters after {t} years")
        yield hold("BASS", words, bass_share(t, p=p, q=q), made[:, t])


def _tipping(seed: int) -> Check:
    """The least common hope from which cooperation does not die out, trust and standards held: found by halving."""
    parameters = replace(
        _BARE,
        choice=NASH,
        sharing=1.0,
        joint_claim=0.5,
        joint_value=6.0,
        friction=0.4,
        adjustment=1.0,
        trust=0.8,
        trust_spread=0.0,
        trust_up=0.0,
        trust_down=0.0,
        standards=0.0,
        standards_up=0.0,
        standards_down=0.0,
    )
    low, high = 0.0, 2.0
    for _ in range(16):
        hope = (low + high) / 2
        setting = replace(make_setting(replace(parameters, willingness=hope), n=3, years=60), attention=1.0)
        grows = run(setting, seed=seed, replications=1).measured("cooperation")[0] > hope
        low, high = (low, hope) if grows else (hope, high)
    exact = tipping_point(friction=0.4, value=6.0 * 0.5, trust=0.8)
    words = Text("协同努力的临界值", "Critical mass of joint effort")
    return hold_exactly("TIP", words, exact, high, within=2.0 / 2**15)

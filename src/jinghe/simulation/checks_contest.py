"""Checks of contests (竞赛自检): tournaments, spillovers, ratio contests, sabotage, help, rank neutrality, joining."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy.optimize import brentq

from jinghe.labels import Text
from jinghe.simulation.checking import Check, hold, hold_exactly, run
from jinghe.simulation.draws import Array
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.limits import beta, credit_gain, neutrality, spillover_effort
from jinghe.simulation.parameters import ADDITIVE, FIXED, LOGIT, NASH, Parameters
from jinghe.simulation.ratio import RatioContest, solve_ratio
from jinghe.simulation.setting import Index, Setting, make_setting

__all__ = ["check_contests"]

_CONTESTS = ((2, 1), (3, 1), (11, 3), (21, 3))  # contestants, promotions
_SPILLOVER, _CREDIT, _STEP = 0.4, 0.2, 0.25
_YEARS = 40
_BARE = Parameters(sharing=0.0, spillover=0.0, choice=FIXED, audit=0.0, turnover=0.0)


def check_contests(*, seed: int, replications: int) -> Iterator[Check]:
    """LR2, LRn, ZHOU, TUL, TULh, CS, TEAM, SAB, HELP, NEUT, JOIN."""
    yield from _tournaments()
    yield from _played(seed, replications)
    yield from _ratios(seed, replications)
    yield from _sabotage()
    yield from _help(seed)
    yield from _neutral(seed, replications)
    yield _join(seed)


def _solved(setting: Setting) -> Array:
    return prepare(setting).equilibria[0].growth


def _tournaments() -> Iterator[Check]:
    for name, spillover in (("LRn", 0.0), ("ZHOU", _SPILLOVER)):
        for n, k in _CONTESTS:
            found = _solved(make_setting(replace(_BARE, promotion_slots=k, spillover=spillover), n=n))
            exact = spillover_effort(n, k, prize=1.0, effort_cost=1.0, noise=1.0, spillover=spillover)
            case = f"n={n}, k={k}, r={spillover:g}"
            words = Text(f"均衡努力，{case}", f"Equilibrium effort, {case}")
            yield hold_exactly("LR2" if name == "LRn" and n == 2 else name, words, exact, float(found.mean()))


def _winning(setting: Setting, efforts: Array, seed: int, replications: int) -> Array:
    """Share of years in which each is promoted at the given efforts, by replication."""
    fixed = (efforts, np.zeros(setting.network.edges), np.zeros(setting.n))
    played = run(replace(setting, efforts=fixed), seed=seed, replications=replications)
    return np.asarray(played.recorded("promoted").mean(axis=1))


def _played(seed: int, replications: int) -> Iterator[Check]:
    """Count promotions when one official works a little more, then less: V ΔP/(c Δa) is the best effort."""
    for name, spillover, n, k in (("LR2", 0.0, 2, 1), ("LRn", 0.0, 11, 3), ("ZHOU", _SPILLOVER, 11, 3)):
        setting = make_setting(replace(_BARE, promotion_slots=k, spillover=spillover), n=n, years=_YEARS, pairs=())
        base = np.full(n, beta(n, k) * (1 - spillover / (n - 1)))
        won = []
        for step in (_STEP, -_STEP):
            efforts = base.copy()
            efforts[0] += step
            won.append(_winning(setting, efforts, seed, replications)[:, 0])
        case = f"n={n}, k={k}, r={spillover:g}"
        words = Text(f"按实际晋升次数算的最优努力，{case}", f"Best effort by promotions counted, {case}")
        yield hold(name, words, float(base[0]), (won[0] - won[1]) / (2 * _STEP))


def _ratio_setting(
    r: float, n: int, *, theta: Array | None = None, linear: float = 1.0, circles: Index | None = None
) -> Setting:
    parameters = replace(
        _BARE,
        decisiveness=r,
        linear_cost=linear,
        effort_cost=1e-10,
        sharing=0.0 if theta is None else 1.0,
        promotion_slots=1,
    )
    setting = replace(make_setting(parameters, n=n, years=_YEARS, pairs=()), attention=1.0)
    setting = setting if theta is None else replace(setting, theta=theta)
    return setting if circles is None else replace(setting, circles=circles)


def _ratios(seed: int, replications: int) -> Iterator[Check]:
    for n, r in ((4, 1.0), (3, 1.2)):
        exact, words = (
            r * (n - 1) / n**2,
            Text(f"比率竞赛的努力，n={n}, r={r:g}", f"Effort in the ratio contest, n={n}, r={r:g}"),
        )
        yield hold_exactly("TUL", words, exact, float(_solved(_ratio_setting(r, n)).mean()))
    costs = np.array([1.0, 1.2, 1.5])
    uneven = _ratio_setting(1.0, 3, theta=1.5 - costs, linear=1.5)
    total = costs.sum()
    for i, cost in enumerate(costs):
        exact = 2 / total * (1 - 2 * cost / total)
        words = Text(f"成本不等时的努力，成本 {cost:g}", f"Effort when costs differ, cost {cost:g}")
        yield hold_exactly("TULh", words, exact, float(_solved(uneven)[i]))
    won = run(uneven, seed=seed, replications=replications).recorded("promoted").mean(axis=1)[:, 0]
    words = Text("成本最低者实际获胜的比例", "Share of contests the one with the lowest cost wins")
    yield hold("TULh", words, 1 - 2 * costs[0] / total, won)
    for a2, b2, exact in ((0.0, 0.0, 0.25), (0.4, -0.4, 0.3125)):
        contest = RatioContest(1.0, 1.0, np.zeros(2), 0.0, np.arange(2), -1.0, a2, -1.0, b2)
        words = Text(f"胜者、败者外部性 {a2:g}、{b2:g}", f"Spillovers to winner and loser {a2:g}, {b2:g}")
        yield hold_exactly("CS", words, exact, float(solve_ratio(contest).efforts.mean()))
    for size in (1, 3):
        circles = np.repeat(np.arange(3), size)
        found = _solved(_ratio_setting(1.0, 3 * size, circles=circles))
        words = Text(
            f"圈与圈竞赛，每圈 {size} 市：全圈努力", f"Circle against circle, {size} cities each: effort of a circle"
        )
        yield hold_exactly("TEAM", words, 2 / 9, float(found[circles == 0].sum()))


def _sabotage() -> Iterator[Check]:
    for n, k in ((2, 1), (11, 3)):
        parameters = replace(_BARE, choice=NASH, protection=1.0, protection_cost=2.0, promotion_slots=k)
        found = prepare(make_setting(parameters, n=n)).equilibria[0].protection
        words = Text(f"对竞争者的保护与拆台，n={n}", f"Protection against rivals, n={n}")
        yield hold_exactly("SAB", words, beta(n, k) / (2 * (n - 1)), float(found.mean()))


def _help(seed: int) -> Iterator[Check]:
    """The first helps the second, who alone gets the credit: not in a ranking, γ/c where the team is paid."""
    plain = replace(
        _BARE,
        choice=NASH,
        joint_form=ADDITIVE,
        joint_value=2.0,
        joint_credit=1.0,
        joint_measure=0.0,
        friction=0.0,
        risk=0.0,
        promotion_slots=1,
        gaming=0.0,
    )
    reward = 0.3
    for parameters, exact in ((plain, 0.0), (replace(plain, prize=0.0, team_prize=2 * reward), reward)):
        setting = replace(
            make_setting(parameters, n=2), credit=np.array([0.0, 1.0]), circles=np.zeros(2, dtype=np.int64)
        )
        found = run(setting, seed=seed, replications=2).recorded("cooperation")[:, 0, 0]
        words = (
            Text("只比名次时的互助", "Help under ranks")
            if not exact
            else Text("团队奖励下的互助", "Help under a team prize")
        )
        yield hold_exactly("HELP", words, exact, float(found.mean()))


def _neutral(seed: int, replications: int) -> Iterator[Check]:
    for n, k in _CONTESTS[:3]:
        setting = make_setting(replace(_BARE, promotion_slots=k), n=n, years=_YEARS)
        design, at = prepare(setting).design, 8
        worth = float(design.tilt[0, 0, 0, at] * (1 - design.lead[0, 0]))
        case = f"n={n}, k={k}"
        words = Text(f"双方各得一分的名次价值，{case}", f"Worth in rank of a credit to both partners, {case}")
        yield hold_exactly("NEUT", words, neutrality(n) * beta(n, k), worth)
        bare = make_setting(replace(_BARE, promotion_slots=k), n=n, years=_YEARS, pairs=())
        base, raised = np.full(n, 0.5), np.full(n, 0.5)
        raised[:2] += _CREDIT
        won = [_winning(bare, efforts, seed, replications)[:, 0] for efforts in (raised, base)]
        zh = f"双方各加 {_CREDIT:g} 个标准差后的晋升概率增量，{case}"
        words = Text(zh, f"Gain in promotion when both get {_CREDIT:g} s.d., {case}")
        yield hold("NEUT", words, credit_gain(n, k, credit=_CREDIT), won[0] - won[1])


def _join(seed: int) -> Check:
    """A project of all or nothing: the least weight of collaboration at which both join, found by halving."""
    n, k, cost, value, credit, measured, claim = 4, 2, 0.6, 1.0, 0.5, 2.0, 0.2
    parameters = replace(
        _BARE,
        choice=LOGIT,
        levels=2,
        reach=1.0,
        tau=1e-7,
        promotion_slots=k,
        joint_value=value,
        joint_credit=credit,
        trust=1.0,
        joint_measure=measured,
        joint_claim=claim,
        sharing=1.0,
        friction=cost - 0.5,
        risk=0.0,
        local_first=0.0,
        barrier=0.0,
        trust_spread=0.0,
        willingness=1.0,
        standards=0.0,
        measure_noise=1.0,
        standards_ease=0.0,
        gaming=0.0,
        structured=1,
    )

    def excess(weight: float) -> float:
        spread = np.hypot(weight, 1 - weight)
        rank = beta(n, k) / spread * neutrality(n) * ((1 - weight) * credit + weight * measured)
        return float(value * (rank + claim) - cost)

    low, high = 0.0, 1.0
    for _ in range(14):
        weight = (low + high) / 2
        setting = replace(
            make_setting(
                parameters, n=n, growth_weight=1 - weight, collaboration_weight=weight, pairs=[(0, 1), (2, 3)]
            ),
            attention=1.0,
        )
        joins = run(setting, seed=seed, replications=1).recorded("cooperation")[0, 0, 0] > 0
        low, high = (low, weight) if joins else (weight, high)
    exact = float(brentq(excess, 0.0, 1.0))
    words = Text("加入项目所需的最低协同权重", "Least weight of collaboration at which a project is joined")
    return hold_exactly("JOIN", words, exact, high, within=2**-13)

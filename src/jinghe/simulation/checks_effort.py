"""Checks of pay and of single choices (激励自检): residual claims, tasks, distortion, teams, logit, lags."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import exp, floor, log

import numpy as np

from jinghe.labels import Text
from jinghe.sharing import Agreement, Clause, DatedValue, Parameter, Party, Series
from jinghe.simulation.agreements import Rates, find_rates
from jinghe.simulation.checking import Check, hold, hold_exactly, run
from jinghe.simulation.draws import Array
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.limits import sharing_efficiency, sharing_effort
from jinghe.simulation.parameters import ADDITIVE, LOGIT, Parameters
from jinghe.simulation.setting import Setting, make_setting
from jinghe.units import Period

__all__ = ["check_efforts"]

_BARE = Parameters(prize=0.0, sharing=0.0, spillover=0.0, audit=0.0, turnover=0.0, gaming=0.0, friction=0.0, risk=0.0)
_SHARING = 0.4


def check_efforts(*, seed: int, replications: int) -> Iterator[Check]:
    """SHARE, SPLIT, HM, BAKER, HOLM, PGG, TEN."""
    yield from _share(seed, replications)
    yield from _split(seed)
    yield from _tasks()
    yield _distortion()
    yield from _teams(seed)
    yield from _public_good(seed, replications)
    yield _long_project(seed)


def _share(seed: int, replications: int) -> Iterator[Check]:
    played = run(make_setting(replace(_BARE, sharing=_SHARING), n=11, pairs=()), seed=seed, replications=replications)
    effort = sharing_effort(sharing=_SHARING, productivity=1.0, effort_cost=1.0)
    words = Text(f"无竞赛时的努力，s={_SHARING:g}", f"Effort without a contest, s={_SHARING:g}")
    yield hold("SHARE", words, effort, played.recorded("growth").mean(axis=(1, 2)))
    surplus = (played.recorded("output") - played.recorded("growth") ** 2 / 2).mean(axis=(1, 2)) / 0.5
    words = Text(f"相对最优的剩余，s={_SHARING:g}", f"Surplus relative to the first best, s={_SHARING:g}")
    yield hold("SHARE", words, sharing_efficiency(_SHARING), surplus)


def _split(seed: int) -> Iterator[Check]:
    """The second passes half of what its revenue grows on to the first, by an agreement: it works half as much."""
    part = Parameter("part", "share", Text("比例", "share"), (DatedValue(None, Fraction(1, 2), "1/2", ""),))
    base = Series("base", "budget_revenue", "host", "万元", Text("收入", "revenue"))
    bound = {"base": "base", "holder": "host", "shares": {"origin": "part"}}
    clause = Clause("c1", "share_fixed", Text("一", "1"), Text("五五分成", "5:5"), "", bound)
    parties = {role: Party(role, code) for role, code in (("origin", "1"), ("host", "2"))}
    agreement = Agreement(
        *("split", Text("分成", "split"), Text("", ""), "in_force", "money", parties, None, None, {}, {"part": part}),
        *({"base": base}, (clause,), ("origin", "host")),
    )
    found = find_rates(agreement, figures=_one_million, codes=("1", "2"), years=("2021",))
    rates = found.rates[0] if isinstance(found, Rates) else np.full((2, 2), np.nan)
    setting = make_setting(replace(_BARE, sharing=_SHARING), n=2, pairs=())
    agreed = replace(setting, settled=_SHARING * np.diagonal(rates)[None])
    played = run(agreed, seed=seed, replications=2).recorded("growth")[:, 0].mean(axis=0)
    for i, kept in enumerate((1.0, 0.5)):
        words = Text(f"协议下自留 {kept:g} 时的努力", f"Effort of who keeps {kept:g} of its growth by agreement")
        exact = sharing_effort(sharing=_SHARING, productivity=kept, effort_cost=1.0)
        yield hold_exactly("SPLIT", words, exact, float(played[i]))


def _one_million(_key: str, series: Series, _period: Period) -> float:
    return 1e6 if series.unit == "元" else 100.0


def _tasks() -> Iterator[Check]:
    """Holmström–Milgrom: the linear pay at which efforts of the engine give the principal most, risk counted."""
    value, cost, risk = np.array([1.0, 0.8]), np.array([[1.0, 0.5], [0.5, 1.0]]), np.diag([0.5, 4.0])
    parameters = replace(_BARE, gaming=1.0, substitution=0.5)
    exact = np.linalg.solve(np.eye(2) + cost @ risk, value)

    def surplus(pay: Array) -> float:
        found = prepare(
            make_setting(replace(parameters, pay_growth=float(pay[0]), pay_joint=float(pay[1])), n=1)
        ).equilibria[0]
        efforts = np.array([found.growth[0], found.dressing[0]])
        return float(value @ efforts - efforts @ cost @ efforts / 2 - pay @ risk @ pay / 2)

    best = _peak(surplus, np.array([0.7, 0.6]), 0.05)
    for k, task in enumerate((Text("可测任务", "measured task"), Text("次要任务", "second task"))):
        words = Text(f"多任务下的最优计酬，{task.zh}", f"Best pay with two tasks, {task.en}")
        yield hold_exactly("HM", words, float(exact[k]), float(best[k]))


def _distortion() -> Check:
    """Baker: pay on a measure that window dressing moves, too; f = (1, 0), g = (1, 0.7), ρ σ² = 0.3."""
    parameters = replace(_BARE, gaming=0.7)

    def surplus(pay: Array) -> float:
        both = replace(parameters, pay_growth=float(pay[0]), pay_joint=float(pay[0]))
        found = prepare(make_setting(both, n=1)).equilibria[0]
        return float(found.growth[0] - (found.growth[0] ** 2 + found.dressing[0] ** 2) / 2 - 0.3 * pay[0] ** 2 / 2)

    words = Text("指标可被粉饰时的最优计酬", "Best pay on a measure that can be dressed")
    return hold_exactly("BAKER", words, 1 / (1 + 0.7**2 + 0.3), float(_peak(surplus, np.array([0.5]), 0.05)[0]))


def _peak(surplus: Callable[[Array], float], near: Array, step: float) -> Array:
    """Where a quadratic is largest: its gradient and its second differences are exact."""
    size = len(near)
    unit = step * np.eye(size)
    gradient = np.array([(surplus(near + u) - surplus(near - u)) / (2 * step) for u in unit])
    second = np.empty((size, size))
    for i, u in enumerate(unit):
        for j, v in enumerate(unit):
            corners = surplus(near + u + v) - surplus(near + u - v) - surplus(near - u + v) + surplus(near - u - v)
            second[i, j] = corners / (4 * step**2)
    return near - np.linalg.solve(second, gradient)


def _teams(seed: int) -> Iterator[Check]:
    for n in (2, 5):
        together = replace(
            make_setting(replace(_BARE, team_prize=1.0), n=n, pairs=()), circles=np.zeros(n, dtype=np.int64)
        )
        words = Text(f"{n} 方平分总产出时的努力", f"Effort when {n} share the total equally")
        yield hold_exactly("HOLM", words, 1 / n, float(prepare(together).equilibria[0].growth.mean()))
    pair = replace(_BARE, sharing=1.0, joint_form=ADDITIVE, joint_value=2.0, joint_claim=0.5, local_first=0.0)
    found = run(make_setting(pair, n=2), seed=seed, replications=2).recorded("cooperation")[:, 0]
    words = Text("两方共建、各得一半时的努力", "Effort in a joint project of two who get half each")
    yield hold_exactly("HOLM", words, 0.5, float(found.mean()))


def _public(levels: float, *, rate: float, tau: float, n: int) -> Setting:
    """A public good of pairs: a unit costs 1 and returns `rate` to each side; hardly any quadratic cost."""
    parameters = replace(
        _BARE,
        choice=LOGIT,
        levels=levels,
        reach=1.0,
        tau=tau,
        sharing=1.0,
        joint_claim=0.5,
        joint_form=ADDITIVE,
        joint_value=4 * rate,
        local_first=0.0,
        linear_cost=1.0,
        effort_cost=1e-9,
    )
    return replace(make_setting(parameters, n=n, pairs=[(i, i + 1) for i in range(0, n, 2)]), attention=1.0)


def _public_good(seed: int, replications: int) -> Iterator[Check]:
    rate, tau, n = 0.6, 0.2, 40
    for levels, zh, en in (
        (2, "公共品：捐出的比例", "Public good: share that contributes"),
        (1001, "公共品：连续捐出额", "Public good, any amount"),
    ):
        played = run(_public(levels, rate=rate, tau=tau, n=n), seed=seed, replications=replications)
        k = (1 - rate) / tau
        exact = 1 / (1 + exp(k)) if levels == 2 else 1 / k - 1 / (exp(k) - 1)
        yield hold("PGG", Text(zh, en), exact, played.recorded("cooperation").mean(axis=(1, 2)))


def _long_project(seed: int) -> Check:
    """The longest wait at which a project is still begun: B (δ(1−h))^L ≥ cost."""
    benefit, cost, discount, hazard = 1.0, 0.3, 0.95, 0.2
    exact = floor(log(cost / benefit) / log(discount * (1 - hazard)))
    longest = -1
    for lag in range(11):
        parameters = replace(
            _BARE,
            choice=LOGIT,
            levels=2,
            reach=1.0,
            tau=1e-7,
            sharing=1.0,
            joint_claim=1.0,
            joint_form=ADDITIVE,
            trust=1.0,
            joint_value=2 * benefit,
            local_first=0.0,
            linear_cost=cost,
            effort_cost=1e-9,
            turnover=hazard,
            discount=discount,
            lag=lag,
        )
        setting = replace(make_setting(parameters, n=2), attention=1.0)
        begun = run(setting, seed=seed, replications=1).recorded("cooperation")[0, 0, 0] > 0
        longest = lag if begun else longest
    words = Text("官员仍愿开工的最长项目年限", "Longest wait for which a project is begun")
    return hold_exactly("TEN", words, exact, longest)

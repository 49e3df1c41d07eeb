"""From a compact to a setting (情景读取): weights in force, partners, contract floors, and what is assumed."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from jinghe.compact import Compact
from jinghe.contest import Contest, Node
from jinghe.contest.measure import Inputs, measure
from jinghe.contract import Contract
from jinghe.errors import RuleError, problem
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.simulation.draws import Array
from jinghe.simulation.parameters import Parameters, read_parameters
from jinghe.simulation.setting import Network, Setting, attention_unit
from jinghe.units import Period

__all__ = ["read_setting"]


_UNCALIBRATED = Text(
    "未校准：参数为设定值。各方案的差别只在所设参数附近成立，换一组参数可能改变方向，不可作为预测。",
    "Uncalibrated: parameters are assumed. How the rules differ holds near these values only and may turn with others; "
    "never read it as a prediction.",
)
_SCORE = Text(
    "假定：官员只对增长、协同两支作出反应，其余分支视为噪声；各支按其噪声标准差折算。",
    "Assumption: officials respond to the branches of growth and collaboration only; the others are noise to them, and "
    "every branch counts in units of its noise.",
)
_NO_GROWTH = Text(
    "考核中没有以 growth 开头的分支：官员得不到增长的名次激励。",
    "No branch of the contest begins with growth: officials have no incentive in rank to grow.",
)
_FLOORS = Text(
    "假定：契约要求的协同努力下限与执行力度为设定值，未公布。",
    "Assumption: the joint effort that contracts ask for and its enforcement are ours; they were not published.",
)
_FIRST_CUT = Text(
    "本模型暂不含：权限型契约、争议、扩散、税收分成协议的逐条结算；标准存量与互信为简式。",
    "Not in the model yet: authority contracts, disputes, diffusion, clause-by-clause settlement of agreements; "
    "standards and trust are in reduced form.",
)


def read_setting(compact: Compact, *, panel: Panel, attention: float | None = None) -> Setting:
    """Turn a compact into the arrays the model runs on.

    The score is the compact's own: the weights of its branches `growth…` and `collab…` in force on the last day of each
    year; what other branches measure is noise to the officials. Partners are cities with a common border, the city that
    leads a contract with its participants, and the parties of a registered joint item.

    Args:
        compact: the rules.
        panel: observations, read for output per head.
        attention: a₀ to keep, so that technology stays when a lever moves; default: this compact's own.
    Returns:
        The setting, with notes on all that is assumed.
    Raises:
        RuleError: unknown model or preset, slots that do not fit, every fault of the parameters.
    """
    plan = compact.simulate
    if plan.model != "cbc1":
        raise RuleError([problem("model-unknown", "simulate.model", found=plan.model)])
    codes = compact.region.contestants(compact.need_contest().level)
    parameters = read_parameters(plan.preset, plan.parameters)
    own_unit = attention_unit(parameters, n=len(codes))
    if plan.horizon < 1:
        raise RuleError([problem("parameter-range", "simulate.horizon", found=plan.horizon, low=1, high=1000)])
    years = [compact.in_force[0].year + t for t in range(plan.horizon)]
    days = [date(year, 12, 31) for year in years]
    network = Network.of(len(codes), _pairs(compact, codes))
    theta, theta_note = _productivity(compact, panel, codes)
    growth = _weights(compact.need_contest(), "growth", days)
    no_growth = () if growth.any() else (_NO_GROWTH,)
    return Setting(
        codes=codes,
        periods=tuple(str(year) for year in years),
        network=network,
        growth_weight=growth,
        collaboration_weight=_weights(compact.need_contest(), "collab", days),
        floors=np.stack([_floors(compact, codes, network, parameters, day) for day in days]),
        theta=theta,
        parameters=parameters,
        attention=attention or own_unit,
        notes=(
            *(_UNCALIBRATED, _SCORE, theta_note, _FLOORS, *no_growth),
            *(*_lonely(compact, codes, network), *_prolonged(compact, years), _FIRST_CUT),
        ),
    )


def _weights(contest: Contest, word: str, days: list[date]) -> Array:
    """Effective weight of the topmost nodes whose id begins with `word`: the product down from the root."""

    def gather(node: Node, share: float, weights: dict[str, float]) -> float:
        if node.id.startswith(word):
            return share
        return sum(gather(child, share * weights[child.id], weights) for child in node.children)

    return np.array([gather(contest.root, 1.0, contest.weights_on(day)) for day in days])


def _pairs(compact: Compact, codes: tuple[str, ...]) -> set[tuple[int, int]]:
    at = {code: i for i, code in enumerate(codes)}
    linked = [pair for pair in compact.region.borders if set(pair) <= set(codes)]
    linked += [(c.lead, other) for c in compact.contracts for other in c.participants]
    linked += [pair for item in compact.items for pair in combinations(item.parties, 2)]
    found = {(at[a], at[b]) for a, b in linked if a in at and b in at}
    return {(min(pair), max(pair)) for pair in found if pair[0] != pair[1]}


def _floors(compact: Compact, codes: tuple[str, ...], network: Network, parameters: Parameters, day: date) -> Array:
    """Joint effort asked of every directed edge on that day; a special contract goes before a packaged one."""
    floors = np.zeros(network.edges)
    for form, level in (("packaged", parameters.packaged_floor), ("special", parameters.special_floor)):
        for contract in compact.contracts:
            if contract.form == form and (contract.begin or day) <= day <= (contract.due or day):
                floors[_bound(contract, codes, network)] = level
    return floors


def _bound(contract: Contract, codes: tuple[str, ...], network: Network) -> NDArray[np.bool_]:
    """Edges a contract binds: lead and participants; among all participants when the lead is not a contestant.

    A contract that names no participant and whose lead is not a contestant is for everyone.
    """
    named = np.array([code in contract.participants or code == contract.lead for code in codes])
    if not contract.participants and contract.lead not in codes:
        named[:] = True
    leads = np.array([code == contract.lead for code in codes])
    inside = named[network.giver] & named[network.partner]
    starred = leads[network.giver] | leads[network.partner] | (not leads.any())
    return np.asarray(inside & starred)


def _productivity(compact: Compact, panel: Panel, codes: tuple[str, ...]) -> tuple[Array, Text]:
    """Output per head relative to the mean, from the year with the most figures; 1 where there is none."""
    contest = compact.need_contest()
    indicator = next((item for item in contest.indicators if item.id == "gdp_per_head"), None)
    if indicator is None:
        return np.ones(len(codes)), _no_theta(compact, codes)
    units = {item.id: item.unit for item in contest.indicators}
    wanted = {name for name, period in indicator.series if period is None}
    years = sorted({o.period for o in panel.observations if o.indicator in wanted and len(o.period) == 4})
    best, chosen = np.full(len(codes), np.nan), ""
    for year in years:
        inputs = Inputs(panel, (), codes, Period.of(year), contest.credit, units)
        values = measure(indicator, inputs=inputs).values
        if np.isfinite(values).sum() >= max(np.isfinite(best).sum(), 1):
            best, chosen = values, year
    missing = tuple(code for code, value in zip(codes, best, strict=True) if not np.isfinite(value))
    if len(missing) == len(codes):
        return np.ones(len(codes)), _no_theta(compact, codes)
    theta = np.where(np.isfinite(best), best / np.nanmean(best), 1.0)
    rest = _no_theta(compact, missing) if missing else Text("", "")
    zh = f"假定：各市一单位增长的财力含义按{chosen}年人均产出相对均值取值。{rest.zh}"
    en = f"Assumption: what a unit of growth is worth to a city follows its output per head of {chosen}. {rest.en}"
    return theta, Text(zh, en.strip())


def _no_theta(compact: Compact, codes: tuple[str, ...]) -> Text:
    names = {lang: compact.region.names(codes, lang) for lang in ("zh", "en")}
    return Text(
        f"以下地区无人均产出数据，取 1：{names['zh']}。",
        f"No output per head is known for these; 1 is taken: {names['en']}.",
    )


def _lonely(compact: Compact, codes: tuple[str, ...], network: Network) -> tuple[Text, ...]:
    alone = [code for i, code in enumerate(codes) if i not in network.giver]
    if not alone:
        return ()
    names = {lang: compact.region.names(alone, lang) for lang in ("zh", "en")}
    zh = f"以下地区没有接壤或登记的合作对象，协同努力与互信记为 0：{names['zh']}。"
    return (Text(zh, f"Without a neighbour or registered partner, joint effort and trust are 0: {names['en']}."),)


def _prolonged(compact: Compact, years: list[int]) -> tuple[Text, ...]:
    end = compact.in_force[1]
    if date(years[-1], 12, 31) < end:
        return ()
    return (
        Text(
            f"假定：契约于 {end} 届满后按原规则延续；有期限的任务到期即止。",
            f"Assumption: after the compact ends on {end} its rules go on; tasks with a due date end with it.",
        ),
    )

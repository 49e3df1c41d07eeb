"""From a compact to a setting (情景读取): weights in force, partners, contract floors, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.compact import Compact, Simulate
from jinghe.contest.measure import Inputs, measure
from jinghe.contract import FORMS, Contract
from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.simulation.agreements import find_rates, read_figures
from jinghe.simulation.draws import Array
from jinghe.simulation.parameters import Parameters, read_parameters
from jinghe.simulation.rules import (
    COLLABORATION,
    GROWTH,
    find_unexpressed,
    read_funds,
    read_groups,
    read_pools,
    read_revenue,
    read_weights,
)
from jinghe.simulation.setting import Network, Setting, attention_unit, make_setting
from jinghe.units import Period, read_date

__all__ = ["read_setting"]


_LONGEST = 1000  # years
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
_PROPORTION = Text(
    "假定：以下协议按各市自身增长一单位时的转移计入激励与收支（所依据的税收、产出等与该市一般公共预算收入同比例增长；"
    "只计当年，与增长无关的款项不影响选择，不计）：",
    "Assumption: of these agreements the money that a unit of a city's own growth moves counts in incentives and "
    "accounts (taxes, output and the like grow in proportion to budget revenue; later years and sums that do not "
    "depend on growth move no choice and are left out): ",
)
_CURVED = Text("，其中并非线性、按最近数据处的斜率计入的：", "; not linear, at their slope around the last figures: ")
_LEFT_OUT = Text("以下协议未计入推演：", "These agreements are left out of the simulation: ")


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
        The setting, with notes on all that is assumed and on every agreement that is left out.
    Raises:
        RuleError: unknown model or preset, slots that do not fit, no contestants, every fault of the parameters and of
            the platform's numbers; rules of the contest that the model cannot express; cities without partners.
    """
    plan, contest = compact.simulate, compact.need_contest()
    codes, parameters = compact.region.contestants(contest.level), _read_plan(plan)
    years = [compact.in_force[0].year + t for t in range(plan.horizon)]
    days = [date(year, 12, 31) for year in years]
    yearly = _read_platform(compact, parameters, days)
    own_unit = attention_unit(parameters, n=len(codes))
    pairs = sorted(_pairs(compact, codes))
    bare = make_setting(parameters, n=len(codes), years=len(days), pairs=pairs)
    network = bare.network
    theta, theta_note = _productivity(compact, panel, codes)
    growth, revenue = read_weights(contest, GROWTH, days), read_revenue(panel, codes)
    funds, fund_note = read_funds(contest, revenue, fund_value=parameters.fund_value)
    pools = read_pools(compact, codes, days[0])
    if faults := [*find_unexpressed(contest, pools=pools), *_apart(compact, codes, network)]:
        raise RuleError(faults)
    rates, agreed = _rates(compact, panel, codes, days)
    bound = {form: np.stack([_bound_by(compact, form, codes, network, day) for day in days]) for form in FORMS}
    floors = np.where(bound["special"] > 0, parameters.special_floor, bound["packaged"] * parameters.packaged_floor)
    setting = replace(
        bare,
        codes=codes,
        periods=tuple(str(year) for year in years),
        yearly=yearly,
        attention=attention or own_unit,
        growth_weight=growth,
        collaboration_weight=read_weights(contest, COLLABORATION, days),
        floors=floors,
        special=bound["special"],
        authority=bound["authority"],
        powers=np.minimum(np.stack([network.collect(row) for row in bound["authority"]]), 1.0),
        theta=theta,
        batches=_batches(compact, days),
        pools=pools,
        circles=read_groups(compact, codes, "circle", days[0], rest=False),
        funds=funds,
        notes=(
            *(_UNCALIBRATED, _SCORE, theta_note, _FLOORS, *(() if growth.any() else (_NO_GROWTH,)), *fund_note),
            *(*_prolonged(compact, years), *agreed),
        ),
    )
    return _agree(setting, rates)


def _read_plan(plan: Simulate) -> Parameters:
    """Parameters of the plan, the model and the horizon checked."""
    if plan.model != "cbc1":
        raise RuleError([problem("model-unknown", "simulate.model", found=plan.model)])
    parameters = read_parameters(plan.preset, plan.parameters)
    if not 1 <= plan.horizon <= _LONGEST:
        raise RuleError([problem("parameter-range", "simulate.horizon", found=plan.horizon, low=1, high=_LONGEST)])
    return parameters


def _agree(setting: Setting, rates: Array) -> Setting:
    """What agreements move of a unit of own growth, s θ of money: the own side, and what is passed on."""
    worth = rates * np.array([one.sharing for one in setting.yearly])[:, None, None] * setting.theta
    payee, source = np.nonzero(np.any(worth, axis=0) & ~np.eye(setting.n, dtype=bool))
    return replace(
        setting,
        settled=np.diagonal(worth, axis1=1, axis2=2).copy(),
        payee=payee.astype(np.int64),
        source=source.astype(np.int64),
        passed=worth[:, payee, source],
    )


def _read_platform(compact: Compact, parameters: Parameters, days: list[date]) -> tuple[Parameters, ...]:
    """Numbers of every year: what the platform says goes before the parameters, and may change by date."""
    faults: list[Problem] = []
    yearly = [parameters for _ in days]
    for name, high in (("capacity", 1e6), ("coordination", 1.0)):
        if (given := compact.platform.get(name)) is not None:
            for t, day in enumerate(days):
                value = _value_on(given, day, getattr(parameters, name))
                if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
                    faults.append(
                        problem("parameter-range", f"platform.{name}", found=value, low="0", high=f"{high:g}")
                    )
                    break
                yearly[t] = replace(yearly[t], **{name: float(value)})
    if faults:
        raise RuleError(faults)
    return tuple(yearly)


def _value_on(given: Any, day: date, default: float) -> Any:
    """A value, or the last dated one that has begun."""
    if not isinstance(given, Mapping):
        return given
    begun = [(read_date(str(start)), value) for start, value in given.items() if read_date(str(start)) <= day]
    return max(begun, key=lambda pair: pair[0])[1] if begun else default


def _batches(compact: Compact, days: list[date]) -> Array:
    """Share of what is left that the standards published in a year harmonise (10)."""
    given = compact.platform.get("standards_batches") or {}
    dated = [(read_date(str(day)), float(share)) for day, share in given.items()]
    return np.array([1 - np.prod([1 - share for day, share in dated if day.year == end.year]) for end in days])


def _pairs(compact: Compact, codes: tuple[str, ...]) -> set[tuple[int, int]]:
    at = {code: i for i, code in enumerate(codes)}
    linked = [pair for pair in compact.region.borders if set(pair) <= set(codes)]
    linked += [(c.lead, other) for c in compact.contracts for other in c.participants]
    linked += [pair for item in compact.items for pair in combinations(item.parties, 2)]
    found = {(at[a], at[b]) for a, b in linked if a in at and b in at}
    return {(min(pair), max(pair)) for pair in found if pair[0] != pair[1]}


def _bound_by(compact: Compact, form: str, codes: tuple[str, ...], network: Network, day: date) -> Array:
    """1 for every directed edge that a contract of this form binds on that day."""
    bound = np.zeros(network.edges)
    for contract in compact.contracts:
        if contract.form == form and (contract.begin or day) <= day <= (contract.due or day):
            bound[_bound(contract, codes, network)] = 1.0
    return bound


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


def _apart(compact: Compact, codes: tuple[str, ...], network: Network) -> Iterator[Problem]:
    """Cities without any partner, or parts of the region between which nobody is a partner of anybody."""
    part = np.arange(network.n)
    for _ in codes:
        np.minimum.at(part, network.giver, part[network.partner])
    alone = [code for i, code in enumerate(codes) if i not in network.giver]
    rest = alone or [code for code, at in zip(codes, part, strict=True) if at]
    if rest:
        names = [f"{compact.region.names([code], 'zh')} {compact.region.names([code], 'en')}" for code in rest]
        yield problem("partners-none" if alone else "partners-apart", "region.adjacency", found=", ".join(names))


def _rates(
    compact: Compact, panel: Panel, codes: tuple[str, ...], days: Sequence[date]
) -> tuple[Array, tuple[Text, ...]]:
    """What the agreements in force pass on of each city's growth, (T, n, n), and notes on what counts and what not."""
    total, years = np.zeros((len(days), len(codes), len(codes))), [str(day.year) for day in days]
    counted, curved, left = list[Text](), list[Text](), list[Text]()
    begun = [one for one in compact.agreements if one.status == "in_force" and (one.start or date.min) <= days[-1]]
    live = [one for one in begun if (one.end or date.max) > days[0].replace(month=1, day=1)]
    figures = read_figures(panel if live else Panel())
    for one in live:
        found = find_rates(one, figures=figures, codes=codes, years=years)
        if isinstance(found, Text):
            left.append(Text(f"{one.title.zh}（{found.zh}）", f"{one.title.en} ({found.en})"))
            continue
        total += found.rates
        counted.append(one.title)
        curved += [] if found.is_linear else [one.title]
    said = [(counted, _PROPORTION, curved), (left, _LEFT_OUT, [])]
    return total, tuple(_list_titles(lead, titles, bent) for titles, lead, bent in said if titles)


def _list_titles(lead: Text, titles: Sequence[Text], bent: Sequence[Text]) -> Text:
    zh, en = lead.zh + "、".join(one.zh for one in titles), lead.en + ", ".join(one.en for one in titles)
    if bent:
        zh, en = (
            zh + _CURVED.zh + "、".join(one.zh for one in bent),
            en + _CURVED.en + ", ".join(one.en for one in bent),
        )
    return Text(f"{zh}。", f"{en}.")


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

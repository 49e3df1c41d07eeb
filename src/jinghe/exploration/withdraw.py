"""Switch a lever off (撤除检验): does cooperation outlive it, and does that depend on where it began?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.compact import Compact
from jinghe.errors import JingheError, RuleError, problem
from jinghe.exhibit import Column, Section, Table
from jinghe.exploration.condition import Condition, name_outcome, read_condition
from jinghe.exploration.factor import Array
from jinghe.exploration.model import CompactModel
from jinghe.exploration.revise import revise, switch_weight
from jinghe.exploration.space import name_path, rules_mark
from jinghe.labels import Text

__all__ = ["STARTS", "Arm", "Withdrawal", "share_interval", "show_withdrawal", "switch_off", "withdraw"]

STARTS: Mapping[str, Mapping[str, float]] = {
    "low": {"simulate.parameters.willingness": 0.0, "simulate.parameters.trust": 0.1},
    "high": {"simulate.parameters.willingness": 0.5, "simulate.parameters.trust": 0.9},
}
"""Where officials begin: joint effort expected of each other, and trust.

A high start expects no more than half an attention unit: with more, effort in the first year finishes nearly all
projects at once, nothing is left to do in the second, and cooperation breaks off for a reason of the model alone.
"""

_AFTER = 10  # years to watch when the compact's horizon ends earlier
_FORMS = ("packaged", "special", "authority")
_ARMS = {"kept": Text("保留", "kept"), "withdrawn": Text("到期撤除", "withdrawn"), "never": Text("从未设立", "never")}
_SAID = {"low": Text("低合作起点", "low start"), "high": Text("高合作起点", "high start")}


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm (试验组): share of replications alive at the end with its 95 % Wilson interval, and the mean outcome."""

    start: str
    arm: str
    alive: int
    replications: int
    share: float
    low: float
    high: float
    mean: float


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What becomes of cooperation when levers are switched off (撤除检验结果).

    `survival`: by start, of the replications alive with the lever kept, the share alive without it, with its interval;
    None where none is alive with it.
    """

    levers: tuple[str, ...]
    labels: tuple[Text, ...]
    on: date
    until: int
    condition: Condition
    arms: tuple[Arm, ...]
    survival: Mapping[str, tuple[float, float, float] | None]


def withdraw(
    model: CompactModel,
    *,
    levers: Sequence[str],
    on: date,
    alive: str = "survival>0.5",
    changes: Mapping[str, Any] | None = None,
    replications: int = 500,
    horizon: int | None = None,
) -> Withdrawal:
    """Run the compact with levers kept, switched off on a day, and never there, from low and high starts.

    Arms and starts share their draws, so survival is counted replication by replication.

    Args:
        model: the compact.
        levers: `contest.weights.NODE` (to 0, siblings make room), `contracts[id]` or a form (`packaged`, `special`,
            `authority`: the contracts end the day before), `platform.capacity`, `platform.coordination` (to 0).
        on: first day without them; the model sees the rules of the last day of a year.
        alive: condition on a replication's outcome at the end.
        changes: other rules, the same in all arms.
        replications: R.
        horizon: years simulated; default: the compact's, and at least ten after the withdrawal.
    Raises:
        RuleError: `withdraw-undated` for a lever whose change on a date the model cannot express, `withdraw-date` for
            a day outside the years simulated.
    Source: reference §4.4 (14), §4.9; the basin of tipping §1.9.
    """
    condition = read_condition(alive)
    begin = model.compact.in_force[0]
    years = horizon or max(model.compact.simulate.horizon, on.year - begin.year + _AFTER)
    if not begin.year < on.year < begin.year + years:
        raise RuleError([problem("withdraw-date", found=on, first=begin.year + 1, last=begin.year + years - 1)])
    held = {**(changes or {}), "simulate.horizon": years}
    base = replace(model, compact=revise(model.compact, held))
    off = {arm: _switch(base, levers, on=day) for arm, day in (("withdrawn", on), ("never", date(begin.year, 1, 1)))}
    arms, living = [], {}
    for start, where in STARTS.items():
        for arm, switched in {"kept": {}, **off}.items():
            found = model({**held, **where, **switched}, 0, replications)  # not `base`: technology is the compact's
            if condition.outcome not in found:
                raise RuleError([problem("outcome-unknown", found=condition.outcome, nearest=", ".join(found))])
            values = found[condition.outcome]
            living[start, arm] = condition.holds(values)
            arms.append(_arm(start, arm, living[start, arm], found.get("cooperation", values)))
    survival = {start: _survive(living[start, "kept"], living[start, "withdrawn"]) for start in STARTS}
    labels = tuple(_label(base.compact, lever) for lever in levers)
    return Withdrawal(tuple(levers), labels, on, begin.year + years - 1, condition, tuple(arms), survival)


def switch_off(compact: Compact, lever: str, *, on: date) -> dict[str, Any]:
    """Say as changes to the compact that a lever no longer holds from a day on.

    Raises:
        RuleError: `withdraw-undated`, when the compact has no way to say so.
    """
    contract_ids = [c.id for c in compact.contracts if lever in (c.form, f"contracts[{c.id}]")]
    if contract_ids and (lever in _FORMS or lever.startswith("contracts[")):
        return {f"contracts[{name}].due": on - timedelta(days=1) for name in contract_ids}
    if compact.contest and lever.startswith("contest.weights."):
        node = lever.removeprefix("contest.weights.")
        if node in {one.id for one in compact.contest.root.walk()}:
            return {lever: switch_weight(compact, node, value=0.0, on=on)}
    if lever in ("platform.capacity", "platform.coordination"):
        name = lever.removeprefix("platform.")
        given = compact.platform.get(name, compact.simulate.parameters.get(name, 0.0))
        before = dict(given) if isinstance(given, Mapping) else {compact.in_force[0]: given}
        return {lever: {day: value for day, value in before.items() if day < on} | {on: 0.0}}
    raise RuleError([problem("withdraw-undated", lever, found=lever)])


def share_interval(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (威尔逊区间).

    >>> [round(end, 4) for end in share_interval(5, 10)]
    [0.2366, 0.7634]
    """
    z = 1.959963984540054
    middle, wide = (hits + z * z / 2) / (of + z * z), z * sqrt(hits * (of - hits) / of + z * z / 4) / (of + z * z)
    return (middle - wide if hits else 0.0), (middle + wide if hits < of else 1.0)


def show_withdrawal(found: Withdrawal) -> Section:
    """Show the arms, survival from each start, and what the starts say of the basin."""
    words = (
        Text("起点", "Start"),
        Text("安排", "Arm"),
        Text("存续比例", "Alive"),
        Text("下限", "low"),
        Text("上限", "high"),
    )
    columns = (
        *(Column(word, "text" if at < 2 else "share", 1) for at, word in enumerate(words)),
        Column(name_outcome("cooperation"), "number", 3),
    )
    rows = tuple((_SAID[a.start], _ARMS[a.arm], a.share, a.low, a.high, a.mean) for a in found.arms)
    count = found.arms[0].replications
    method = Text(
        f"每组 {count} 次重复，随机数相同，推演至 {found.until} 年；“存续”指{found.condition.words.zh}；"
        "95% 威尔逊区间。",
        f"{count} replications an arm on the same draws; alive: {found.condition.words.en}, run to "
        f"{found.until}; 95 % Wilson intervals.",
    )
    table = Table("withdrawal", Text("撤除检验", "Withdrawal test"), columns, rows, method)
    names = Text("、".join(label.zh for label in found.labels), ", ".join(label.en for label in found.labels))
    lead = Text(f"自 {found.on} 起撤除：{names.zh}。", f"Withdrawn from {found.on}: {names.en}.")
    told = tuple(_tell(start, share) for start, share in found.survival.items())
    uncalibrated = Text("未校准：不可作为预测。", "Uncalibrated: never a prediction.")
    return Section(
        "withdraw", Text("撤除检验", "Withdrawal test"), lead, (table,), (*told, _basin(found), uncalibrated)
    )


def _switch(base: CompactModel, levers: Sequence[str], *, on: date) -> dict[str, Any]:
    """Switch all levers off, and see that the simulator notices each."""
    faults, switched = [], dict[str, Any]()
    before = rules_mark(base.compact, base.panel)
    for lever in levers:
        try:
            one = switch_off(base.compact, lever, on=on)
            if rules_mark(revise(base.compact, one), base.panel) == before:
                faults.append(problem("withdraw-unfelt", lever, found=lever, on=on))
            switched |= one
        except JingheError as error:
            faults += error.problems
    if faults or not levers:
        raise RuleError(faults or [problem("explore-empty")])
    return switched


def _arm(start: str, arm: str, living: NDArray[np.bool_], values: Array) -> Arm:
    hits, of = int(living.sum()), len(living)
    return Arm(start, arm, hits, of, hits / of, *share_interval(hits, of), float(np.nanmean(values)))


def _survive(kept: NDArray[np.bool_], withdrawn: NDArray[np.bool_]) -> tuple[float, float, float] | None:
    of = int(kept.sum())
    hits = int((kept & withdrawn).sum())
    return (hits / of, *share_interval(hits, of)) if of else None


def _label(compact: Compact, lever: str) -> Text:
    if lever in _FORMS:
        forms = {"packaged": "打包发包", "special": "专项发包", "authority": "权限特殊性发包"}
        return Text(f"全部{forms[lever]}", f"all {lever} contracts")
    titles = {f"contracts[{contract.id}]": contract.title for contract in compact.contracts}
    return titles.get(lever) or name_path(compact, lever)


def _tell(start: str, share: tuple[float, float, float] | None) -> Text:
    said = _SAID[start]
    if share is None:
        return Text(
            f"{said.zh}：即使保留也无一存续，谈不上撤除后存续。",
            f"From a {said.en}: none is alive even with the lever kept; survival is not defined.",
        )
    mean, low, high = share
    return Text(
        f"{said.zh}：保留时存续者中，撤除后仍存续 {mean:.0%}（95% 区间 {low:.0%}—{high:.0%}）。",
        f"From a {said.en}: of those alive with the lever {mean:.0%} are alive without it (95 % {low:.0%}–{high:.0%}).",
    )


def _basin(found: Withdrawal) -> Text:
    at = {(arm.start, arm.arm): arm for arm in found.arms}
    low, high = at["low", "withdrawn"], at["high", "withdrawn"]
    if high.low > low.high:
        return Text(
            "结局取决于起点：高起点留在合作一侧，低起点落回不合作，两个吸引域并存。",
            "Where it ends depends on where it began: two basins, and the low start falls outside cooperation.",
        )
    if low.low > high.high:
        return Text("低起点反比高起点更易存续。", "The low start survives more often than the high one.")
    return Text("两个起点的结局没有可辨的差别。", "The two starts end alike, as far as can be seen.")

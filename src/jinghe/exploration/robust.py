"""Which rules stand up (稳健选择): regret, satisficing and the Pareto front over the same uncertain futures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from jinghe.errors import RuleError, problem
from jinghe.exhibit import Column, Section, Table
from jinghe.exploration.condition import Condition, name_outcome, read_condition
from jinghe.exploration.design import Designs
from jinghe.exploration.factor import Array
from jinghe.exploration.model import Fixed, Model
from jinghe.exploration.sweep import Progress, Sweep, sweep
from jinghe.labels import Text

__all__ = ["Choice", "Verdict", "check_choice", "choose", "find_front", "show_choice"]

_PRIZE = {"simulate.parameters.prize": 0.0}
_SIDES = ("max", "min")


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Policies over scenarios (稳健选择结果): P policies, S scenarios, K objectives.

    Attributes:
        objectives: `max` or `min` by outcome.
        means: shape (K, P, S).
        regret: (P,) greatest regret over scenarios and objectives, each in units of the objective's spread.
        satisfied: (P,) share of scenarios in which every condition holds; NaN without conditions.
        front: policies no other is better than in every objective's mean over scenarios.
        chosen: the policy of least greatest regret; on ties the most satisfied.
        error: Monte-Carlo standard error of the chosen policy's first objective, averaged over scenarios.
        left_out: policies that cannot be run in some scenario.
    """

    sweep: Sweep
    objectives: Mapping[str, str]
    conditions: tuple[Condition, ...]
    means: Array
    regret: Array
    satisfied: Array
    front: tuple[int, ...]
    chosen: int
    error: float
    left_out: int

    def changes(self, policy: int) -> dict[str, Any]:
        """What a policy changes in the compact: its levers."""
        at = int(np.flatnonzero(self.sweep.designs.policies == policy)[0])
        columns = self.sweep.designs.columns
        return {factor.path: columns[factor.path][at] for factor in self.sweep.designs.factors if factor.is_lever}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What must be said with every recommendation (推荐须附的话).

    Attributes:
        gain: mean gain over the compact as it is in the first objective, with its standard error.
        gain_without: the same with promotion withdrawn, λ = 0.
        survives: whether there is a gain beyond two standard errors with promotion and without.
        goodhart: the Goodhart gap under the compact and under the policy; None where it is not measured.
        losers: names of those who lose by cooperating under the policy; None where they cannot be named.
        losing: mean number of participation violations under the compact and the policy; None where not measured.
    """

    gain: tuple[float, float]
    gain_without: tuple[float, float]
    survives: bool
    goodhart: tuple[float, float] | None
    losers: Text | None
    losing: tuple[float, float] | None


def choose(found: Sweep, *, objectives: Mapping[str, str], satisfy: Sequence[str] = ()) -> Choice:
    """Choose the policy of least greatest regret over the scenarios, and show what else would do.

    Regret of policy p in scenario s and objective k: (best over policies − own)/spread_k, spread_k = greatest less
    least mean of the objective. Policies that cannot be run, or leave an objective undefined, in any scenario are left
    out.

    Args:
        found: of a crossed design (`cross`).
        objectives: outcome → `max` or `min`.
        satisfy: conditions such as `survival>=0.5`.
    Raises:
        RuleError: no crossed design, an objective that cannot be read, no policy left.
    Source: Savage (1951); Kasprzyk et al. (2013), Environ. Model. Softw. 42.
    """
    designs = found.designs
    if designs.policies is None or designs.scenarios is None:
        raise RuleError([problem("design-other", found=designs.method, needed="cross(policies, scenarios)")])
    wrong = [f"{name}: {side}" for name, side in objectives.items() if side not in _SIDES]
    if wrong or not objectives:
        raise RuleError([problem("objective-side", found=", ".join(wrong) or "—")])
    shape = (int(designs.policies.max()) + 1, int(designs.scenarios.max()) + 1)
    means = np.stack([found.means(name).reshape(shape) for name in objectives])
    sound = np.asarray(np.isfinite(means).all(axis=(0, 2)))
    if not sound.any():
        raise RuleError([problem("robust-nothing")])
    signs = np.array([1.0 if side == "max" else -1.0 for side in objectives.values()])[:, None, None]
    gains = np.where(sound[None, :, None], signs * means, -np.inf)
    known = gains[:, sound]
    spread = np.maximum(known.max(axis=(1, 2)) - known.min(axis=(1, 2)), 1e-300)[:, None, None]
    regrets = (known.max(axis=1, keepdims=True) - known) / spread
    regret = np.full(shape[0], np.inf)
    regret[sound] = regrets.max(axis=(0, 2))
    conditions = tuple(read_condition(words) for words in satisfy)
    holds = [one.holds(found.means(one.outcome).reshape(shape)) for one in conditions]
    satisfied = np.logical_and.reduce(holds).mean(axis=1) if holds else np.full(shape[0], np.nan)
    chosen = int(np.lexsort((-np.nan_to_num(satisfied), regret))[0])
    first = found.values(next(iter(objectives))).reshape(*shape, -1)[chosen].mean(axis=0)
    error = float(np.nanstd(first, ddof=1)) / sqrt(len(first))
    front = find_front(gains.mean(axis=2).T, rows=np.flatnonzero(sound).tolist())
    return Choice(found, objectives, conditions, means, regret, satisfied, front, chosen, error, int((~sound).sum()))


def find_front(gains: Array, *, rows: Sequence[int] | None = None) -> tuple[int, ...]:
    """List the rows that no other is at least as good as everywhere and better somewhere (帕累托前沿); more is better.

    >>> find_front(np.array([[1.0, 3.0], [2.0, 2.0], [1.0, 2.0]]))
    (0, 1)
    """
    rows = range(len(gains)) if rows is None else rows
    kept = gains[list(rows)]
    beaten = [bool(((kept >= one).all(axis=1) & (kept > one).any(axis=1)).any()) for one in kept]
    return tuple(row for row, lost in zip(rows, beaten, strict=True) if not lost)


def check_choice(
    model: Model,
    choice: Choice,
    *,
    replications: int,
    name_losers: Callable[[Mapping[str, Any]], Text] | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Ask of a recommendation whether it survives λ = 0, what its Goodhart gap is, and who loses.

    The compact as it is and the chosen policy are run in every scenario, with promotion and without it
    (`simulate.parameters.prize` = 0), on common random numbers; differences are paired by replication.

    Args:
        model: the one the sweep was run on.
        choice: from `choose`.
        replications: of each design.
        name_losers: changes → names of those who lose, such as `CompactModel.name_losers`.
        progress: called with the share done.
    """
    policy = choice.changes(choice.chosen)
    outcome, side = next(iter(choice.objectives.items()))
    more = [name for name in ("goodhart_gap", "participation_violations") if name in model.outcomes]
    watched = tuple(dict.fromkeys((outcome, *more)))
    runs: dict[tuple[bool, bool], Sweep] = {}
    for step, (is_policy, has_prize) in enumerate(((False, True), (True, True), (False, False), (True, False))):
        points = _scenarios(choice, held=policy if is_policy else None)
        used = model if has_prize else Fixed(model, _PRIZE)
        runs[is_policy, has_prize] = sweep(used, designs=points, replications=replications, outcomes=watched)
        if progress:
            progress((step + 1) / 4)
    sign = 1 if side == "max" else -1
    gains = []
    for has_prize in (True, False):
        own, now = (runs[is_policy, has_prize].values(outcome).mean(axis=0) for is_policy in (True, False))
        gains.append(_average(sign * (own - now)))
    both = {name: _average_both(runs, name) for name in more}
    return Verdict(
        gain=gains[0],
        gain_without=gains[1],
        survives=all(mean > 2 * error for mean, error in gains),
        goodhart=both.get("goodhart_gap"),
        losers=name_losers(policy) if name_losers else None,
        losing=both.get("participation_violations"),
    )


def _scenarios(choice: Choice, *, held: Mapping[str, Any] | None) -> Designs:
    """Every scenario once, under the compact or a policy; the prize is for the caller to set."""
    designs = choice.sweep.designs
    assert designs.scenarios is not None, "a choice comes from a crossed design"
    once = np.unique(designs.scenarios, return_index=True)[1]
    kept = [at for at, factor in enumerate(designs.factors) if not factor.is_lever and factor.path not in _PRIZE]
    return Designs(tuple(designs.factors[at] for at in kept), designs.unit[once][:, kept], "scenarios", held=held)


def _average_both(runs: Mapping[tuple[bool, bool], Sweep], name: str) -> tuple[float, float]:
    now, own = (float(np.nanmean(runs[is_policy, True].values(name))) for is_policy in (False, True))
    return now, own


def show_choice(choice: Choice, verdict: Verdict) -> Section:
    """Show the recommendation, what must be said with it, and the policies on the front."""
    chosen = choice.changes(choice.chosen)
    labels = {factor.path: factor.label for factor in choice.sweep.designs.factors}
    zh = "，".join(f"{labels[path].zh}取 {_number(value)}" for path, value in chosen.items())
    en = ", ".join(f"{labels[path].en} = {_number(value)}" for path, value in chosen.items())
    lead = Text(f"最大后悔最小的方案：{zh}。", f"The policy of least greatest regret: {en}.")
    left = Text(
        f"{choice.left_out} 个方案在某些情景下无法推演，未计。",
        f"{choice.left_out} policies cannot be run in some scenario and are left out.",
    )
    notes = (*_say(choice, verdict), *((left,) if choice.left_out else ()))
    title = Text("稳健选择", "Robust choice")
    return Section("robust", title, lead, (_tabulate(choice),), notes)


def _say(choice: Choice, verdict: Verdict) -> tuple[Text, ...]:
    name = name_outcome(next(iter(choice.objectives)))
    (gain, error), (without, own) = verdict.gain, verdict.gain_without
    figures_zh = f"有晋升激励时改善 {gain:.3g}（标准误 {error:.2g}），取消后 {without:.3g}（{own:.2g}）"
    figures_en = f"gain {gain:.3g} (s.e. {error:.2g}) with promotion, {without:.3g} ({own:.2g}) without"
    stands = Text("推荐在取消晋升激励（λ = 0）后仍成立", "The recommendation survives λ = 0")
    falls = Text("推荐在取消晋升激励（λ = 0）后不再成立", "The recommendation does not survive λ = 0")
    none = Text(
        "推荐在首项目标上并不优于本契约", "In the first objective the recommendation is no better than the compact"
    )
    head = stands if verdict.survives else falls if gain > 2 * error else none
    told = [Text(f"{head.zh}：“{name.zh}”{figures_zh}。", f"{head.en}: “{name.en}”, {figures_en}.")]
    if verdict.goodhart:
        before, after = verdict.goodhart
        told.append(
            Text(
                f"古德哈特缺口：本契约 {before:.3g}，此方案 {after:.3g}。",
                f"Goodhart gap: {before:.3g} under the compact, {after:.3g} under the policy.",
            )
        )
    else:
        told.append(Text("古德哈特缺口：模型未给出。", "Goodhart gap: the model does not give it."))
    if verdict.losing:
        before, after = verdict.losing
        told.append(
            Text(
                f"因协同净受损的城市数（均值）：本契约 {before:.2f}，此方案 {after:.2f}。",
                f"Cities that lose by cooperating, on average: {before:.2f} now, {after:.2f} under the policy.",
            )
        )
    who = verdict.losers or Text("未能指名", "not named")
    return (*told, Text(f"谁受损（按契约的参数）：{who.zh}。", f"Who loses (at the compact's parameters): {who.en}."))


def _tabulate(choice: Choice) -> Table:
    paths = [factor.path for factor in choice.sweep.designs.factors if factor.is_lever]
    labels = {factor.path: factor.label for factor in choice.sweep.designs.factors}
    heads = [Column(Text("方案", "Policy"), "number", 0), *(Column(labels[path]) for path in paths)]
    heads += [Column(name_outcome(name), "number", 3) for name in choice.objectives]
    heads += [
        Column(Text("最大后悔", "Greatest regret"), "number", 3),
        Column(Text("达标情景", "Scenarios satisfied"), "share", 0),
    ]
    shown = sorted({choice.chosen, *choice.front}, key=lambda policy: choice.regret[policy])
    rows = []
    for policy in shown:
        values = choice.changes(policy)
        means = (float(row.mean()) for row in choice.means[:, policy])
        share = None if np.isnan(choice.satisfied[policy]) else float(choice.satisfied[policy])
        rows.append((policy, *(_number(values[path]) for path in paths), *means, float(choice.regret[policy]), share))
    title = Text("推荐方案与帕累托前沿", "The recommendation and the Pareto front")
    s = choice.means.shape[2]
    method = Text(
        f"{len(choice.regret)} 个方案在同样的 {s} 个情景、同样的随机数下推演；后悔以目标的全距为单位；"
        f"首项目标的仿真标准误 {choice.error:.2g}。",
        f"{len(choice.regret)} policies over the same {s} scenarios and draws; regret in units of an objective's "
        f"spread; Monte-Carlo s.e. of the first objective {choice.error:.2g}.",
    )
    return Table("policies", title, tuple(heads), tuple(rows), method)


def _average(gaps: Array) -> tuple[float, float]:
    known = gaps[np.isfinite(gaps)]
    return float(known.mean()), float(known.std(ddof=1)) / sqrt(len(known))


def _number(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)

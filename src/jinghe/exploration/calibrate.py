"""Calibration (校准): leave out what moves nothing, rule out what cannot be, and sample what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jinghe.errors import RuleError, problem
from jinghe.exhibit import Column, Section, Table
from jinghe.exploration.condition import name_outcome
from jinghe.exploration.design import sample
from jinghe.exploration.factor import Factor
from jinghe.exploration.history import Match, Target, match_history
from jinghe.exploration.model import Model
from jinghe.exploration.posterior import Posterior, fit_posterior
from jinghe.exploration.sensitivity import Effects, screen
from jinghe.exploration.sweep import Progress, sweep
from jinghe.labels import Text

__all__ = ["Calibration", "calibrate", "show_calibration"]

_INERT = 0.05  # of the strongest effect on every target
_NARROWED = 0.5  # posterior over prior spread below which the data said something


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What the figures say of the parameters (校准结果).

    `effects` by target; `fixed`: factors that move no target and stay at the compact's values; `match`: what history
    matching leaves; `posterior`: None where nothing is left.
    """

    targets: tuple[Target, ...]
    effects: dict[str, Effects]
    factors: tuple[Factor, ...]
    fixed: tuple[Factor, ...]
    match: Match
    posterior: Posterior | None


def calibrate(
    model: Model,
    factors: Sequence[Factor],
    *,
    targets: Sequence[Target],
    trajectories: int = 20,
    replications: int = 20,
    waves: int = 3,
    population: int = 200,
    rounds: int = 6,
    most: int = 20_000,
    seed: int = 1,
    progress: Progress | None = None,
) -> Calibration:
    """Calibrate in three steps: Morris screening, history matching, ABC-SMC within what is left.

    A factor is fixed when its μ* is below 5 % of the strongest, or within twice its noise, for every target.

    Args:
        model: what is run; its outcomes are the summary statistics.
        factors: ordered uncertainties with their prior distributions.
        targets: observed figures.
        trajectories: of the screening.
        replications: of every point of the screening and the waves.
        waves: see `match_history`.
        population: see `fit_posterior`.
        rounds: likewise.
        most: likewise.
        seed: of all draws.
        progress: called with the share done, as far as it can be foreseen.
    Raises:
        RuleError: `targets-none`; an outcome the model does not give; `factor-unordered`; `calibrate-inert`, when no
            factor moves any target.
    """
    if not targets or not factors:
        raise RuleError([problem("targets-none")])
    if loose := [factor.path for factor in factors if not factor.is_ordered]:
        raise RuleError([problem("factor-unordered", path) for path in loose])
    names = tuple(dict.fromkeys(target.outcome for target in targets))
    walks = sample(factors, method="morris", n=trajectories, seed=seed)
    told = progress or (lambda _share: None)
    ran = sweep(model, designs=walks, replications=replications, outcomes=names, progress=lambda done: told(0.2 * done))
    effects = {name: screen(walks, ran.values(name), seed=seed) for name in names}
    active = [at for at in range(len(factors)) if any(_moves(found, at) for found in effects.values())]
    if not active:
        raise RuleError([problem("calibrate-inert")])
    kept = tuple(factors[at] for at in active)
    fixed = tuple(factor for at, factor in enumerate(factors) if at not in active)
    match = match_history(
        model, kept, targets=targets, waves=waves, replications=replications, seed=seed,
        progress=lambda done: told(0.2 + 0.4 * done),
    )  # fmt: skip
    posterior = None
    if match.left > 0:
        posterior = fit_posterior(
            model, kept, targets=targets, population=population, rounds=rounds, most=most,
            plausible=match.plausible, seed=seed, progress=lambda done: told(0.6 + 0.4 * done),
        )  # fmt: skip
    return Calibration(tuple(targets), effects, kept, fixed, match, posterior)


def show_calibration(found: Calibration, *, labels: tuple[Text, ...] = ()) -> Section:
    """Show targets, waves and posterior; parameters the figures say nothing of are named.

    `labels` say what each figure is and where it comes from.
    """
    tables = [_tabulate_targets(found), _tabulate_waves(found)]
    lead = Text(
        "没有任何参数取值能给出所观测的数；模型与数据不相容。",
        "No setting can have given the figures: model and data disagree.",
    )
    if found.posterior:
        tables.append(_tabulate_posterior(found, found.posterior))
        share = f"{found.match.left:.1%}"
        draws, own = len(found.posterior.weights), found.posterior.effective
        lead = Text(
            f"历史匹配后先验空间余 {share}；后验样本 {draws} 个，有效 {own:.0f} 个。",
            f"History matching leaves {share} of the prior space; {draws} posterior draws, {own:.0f} effective.",
        )
    names = Text("、".join(one.label.zh for one in found.fixed), ", ".join(one.label.en for one in found.fixed))
    inert = Text(
        f"对各统计量均无影响、维持设定值：{names.zh}。", f"These move no target and keep their set values: {names.en}."
    )
    told = (_say_narrowed(found, found.posterior),) if found.posterior else ()
    notes = (*told, *labels, *((inert,) if found.fixed else ()))
    return Section("calibrate", Text("校准", "Calibration"), lead, tuple(tables), notes)


def _say_narrowed(found: Calibration, posterior: Posterior) -> Text:
    """Name what the figures narrow; the rest stays assumed, and so does the simulation."""
    narrow = [factor.label for factor in found.factors if _is_narrowed(posterior, factor)]
    rest = len(found.factors) + len(found.fixed) - len(narrow)
    zh, en = "、".join(one.zh for one in narrow) or "无", ", ".join(one.en for one in narrow) or "none"
    return Text(
        f"数据有所限定的参数：{zh}；其余 {rest} 个仍为设定值。推演仍应按“未校准”对待。",
        f"Narrowed by the data: {en}; the other {rest} stay assumed. The simulation still counts as uncalibrated.",
    )


def _is_narrowed(posterior: Posterior, factor: Factor) -> bool:
    return posterior.summary(factor)[1] < _NARROWED * _spread(factor)


def _spread(factor: Factor) -> float:
    """Prior standard deviation of a factor."""
    return float(np.std(np.array(factor.values(np.linspace(0.0005, 0.9995, 1000)), dtype=float)))


def _moves(effects: Effects, at: int) -> bool:
    strength = float(effects.strength[at])
    return strength > _INERT * float(effects.strength.max()) and strength > 2 * float(effects.noise[at])


def _tabulate_targets(found: Calibration) -> Table:
    words = (
        Text("统计量", "Statistic"),
        Text("观测值", "Observed"),
        Text("标准误", "s.e."),
        Text("模型偏差", "Discrepancy"),
    )
    columns = tuple(Column(word, "number" if at else "text", 3) for at, word in enumerate(words))
    rows = tuple((name_outcome(t.outcome), t.observed, t.error, t.discrepancy) for t in found.targets)
    return Table("targets", Text("拟合的统计量", "Figures to be matched"), columns, rows)


def _tabulate_waves(found: Calibration) -> Table:
    columns = (
        Column(Text("轮次", "Wave"), "number", 0),
        Column(Text("样本点", "Points"), "number", 0),
        Column(Text("未排除的先验空间", "Prior space left"), "share", 2),
    )
    rows = tuple((number, wave.points, wave.left) for number, wave in enumerate(found.match.waves, start=1))
    return Table("waves", Text("历史匹配", "History matching"), columns, rows)


def _tabulate_posterior(found: Calibration, posterior: Posterior) -> Table:
    words = (
        Text("参数", "Parameter"),
        Text("均值", "Mean"),
        Text("标准差", "s.d."),
        Text("5%", "5 %"),
        Text("95%", "95 %"),
    )
    columns = (
        *(Column(word, "number" if at else "text", 3) for at, word in enumerate(words)),
        Column(Text("先验标准差", "Prior s.d."), "number", 3),
        Column(Text("判断", "Verdict")),
    )
    told = {True: Text("数据有所限定", "narrowed by the data"), False: Text("数据未能限定", "not identified")}
    rows = []
    for factor in found.factors:
        summary = posterior.summary(factor)
        rows.append((factor.label, *summary, _spread(factor), told[_is_narrowed(posterior, factor)]))
    method = Text(
        f"ABC-SMC，{len(posterior.tolerances)} 轮，{posterior.simulations} 次模拟，"
        f"末轮容差 {posterior.tolerances[-1]:.3g}；{posterior.stopped.zh}。",
        f"ABC-SMC, {len(posterior.tolerances)} rounds, {posterior.simulations} simulations, last tolerance "
        f"{posterior.tolerances[-1]:.3g}; {posterior.stopped.en}.",
    )
    return Table("posterior", Text("后验", "Posterior"), columns, tuple(rows), method)

"""Simulate a compact and its alternatives (推演与比较): common random numbers, and the test without promotion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from jinghe.compact import Compact, replace_values
from jinghe.errors import JingheError, Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.simulation.draws import Array
from jinghe.simulation.engine import Played, play
from jinghe.simulation.equilibrium import Prepared, prepare
from jinghe.simulation.measures import RECORDS
from jinghe.simulation.outcome import Run, find_losers, make_bands, summarise
from jinghe.simulation.scenario import read_setting
from jinghe.simulation.setting import Setting

__all__ = ["Progress", "Scenario", "compare", "run_scenarios", "simulate"]

Progress = Callable[[float], None]

_KEPT = 8_000_000  # numbers of the replications kept in full, for the bands of the cities
_SHARED = tuple(f"simulate.{name}" for name in ("horizon", "seed", "replications"))  # the same for all alternatives
_MARGIN = 0.01  # of the attention unit: a smaller difference in joint effort is none

_HOLDS = {
    True: Text(
        "取消晋升激励（λ = 0）后，末年协同努力仍保有一半以上。",
        "Without promotion (λ = 0) at least half of the last joint effort is left.",
    ),
    False: Text(
        "取消晋升激励（λ = 0）后，末年协同努力不足原来的一半，或本就近于零。",
        "Without promotion (λ = 0) less than half of the last joint effort is left, or there was hardly any.",
    ),
}
_KEPT_SIGN = Text(
    "取消晋升激励（λ = 0）后，与本契约的差别方向不变。",
    "Without promotion (λ = 0) the difference from the compact keeps its direction.",
)
_LOST = Text(
    "取消晋升激励（λ = 0）后，与本契约的差别不复存在或改变方向。",
    "Without promotion (λ = 0) the difference from the compact vanishes or turns round.",
)
_ALIKE = Text(
    "无论有无晋升激励，末年协同努力与本契约均无差别。",
    "The last joint effort does not differ from the compact's, with promotion or without.",
)
_ARISES = Text(
    "末年协同努力与本契约的差别仅在取消晋升激励（λ = 0）后出现。",
    "The last joint effort differs from the compact's only without promotion (λ = 0).",
)
_OVERSHOOT = Text(
    "超出模型适用范围：协同努力过大，一年内可完成的项目多于剩余项目，其后各年数值不可用。",
    "Out of the model's range: joint effort finishes more projects in a year than are left; do not use later years.",
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One set of rules to be run (方案)."""

    id: str
    label: Text
    setting: Setting


@dataclass(frozen=True, slots=True)
class _Result:
    played: Played
    without: Played


def simulate(
    compact: Compact,
    *,
    panel: Panel,
    seed: int | None = None,
    replications: int | None = None,
    progress: Progress | None = None,
) -> Run:
    """Simulate what the cities would do under a compact.

    Args:
        compact: the rules.
        panel: observations, for how the cities differ.
        seed: default: the compact's.
        replications: at least 2; default: the compact's. The first hundred of five hundred are a run of one hundred.
        progress: called with the share done.
    Returns:
        The run, uncalibrated.
    Raises:
        RuleError: a parameter that cannot be, or no pure equilibrium.
    Source: CBC-1, reference §4.4; docs/methods.md says which of its equations are in.
    """
    alone = replace(compact, simulate=replace(compact.simulate, alternatives=()))
    return compare(alone, panel=panel, seed=seed, replications=replications, progress=progress)[0]


def compare(
    compact: Compact,
    *,
    panel: Panel,
    seed: int | None = None,
    replications: int | None = None,
    progress: Progress | None = None,
) -> tuple[Run, ...]:
    """Simulate a compact and the alternatives of its `simulate.alternatives`, with the same draws for all.

    An alternative is a change to the compact's files: what was changed in memory only is not in it. Seed, replications
    and horizon should be left to the compact; years of different horizons are not the same last year.

    Args: as `simulate`.
    Returns:
        The run of the compact, then one for each alternative, in file order.
    Raises:
        RuleError: what is wrong with any of them, all at once.
    """
    plan = compact.simulate
    base = read_setting(compact, panel=panel)
    scenarios = [Scenario("compact", Text("本契约", "This compact"), base)]
    faults: list[Problem] = []
    for other in plan.alternatives:
        path = f"simulate.alternatives[{other.id}].set"
        if own := [found for found in other.set if found in _SHARED]:
            faults += [problem("alternative-setting", path, found=found) for found in own]
            continue
        try:
            setting = read_setting(replace_values(compact, other.set), panel=panel, attention=base.attention)
        except JingheError as error:
            faults += error.problems
        else:
            scenarios.append(Scenario(other.id, other.label, setting))
    if faults:
        raise RuleError(faults)
    used_seed = plan.seed if seed is None else seed
    count = plan.replications if replications is None else replications
    return run_scenarios(scenarios, seed=used_seed, replications=count, progress=progress)


def run_scenarios(
    scenarios: Sequence[Scenario],
    *,
    seed: int,
    replications: int,
    threads: int | None = None,
    progress: Progress | None = None,
) -> tuple[Run, ...]:
    """Run scenarios on common random numbers, each also without promotion; the first is what the others differ from.

    Args:
        scenarios: sets of rules over the same contestants and years.
        seed: of the draws.
        replications: R, at least 2.
        threads: default: one for each processor; changes no bit of the result.
        progress: called with the share done.
    Returns:
        One run for each scenario.
    Raises:
        RuleError: too few replications, or no pure equilibrium in any of them, all at once.
    """
    if replications < 2:
        raise RuleError([problem("replications-few", "simulate.replications", found=replications)])
    variants = _prepare(scenarios)
    results, done = [], 0
    for pair in variants:
        played = []
        for prepared in pair:
            n, years = len(prepared.design.theta), len(prepared.design.regime)
            keep = max(2, _KEPT // (len(RECORDS) * n * years)) if prepared is pair[0] else 0
            played.append(
                play(prepared.design, seed=seed, replications=range(replications), keep=keep, threads=threads)
            )
            done += 1
            if progress:
                progress(done / (2 * len(variants)))
        results.append(_Result(*played))
    return tuple(
        _report(scenario, result, results[0], regret=pair[0].regret, seed=seed)
        for scenario, result, pair in zip(scenarios, results, variants, strict=True)
    )


def _prepare(scenarios: Sequence[Scenario]) -> list[tuple[Prepared, Prepared]]:
    found: list[tuple[Prepared, Prepared]] = []
    faults: list[Problem] = []
    for scenario in scenarios:
        try:
            found.append((prepare(scenario.setting), prepare(scenario.setting.with_parameters(prize=0.0))))
        except RuleError as error:
            faults += error.problems
    if faults:
        raise RuleError(faults)
    return found


def _report(scenario: Scenario, result: _Result, base: _Result, *, regret: float, seed: int) -> Run:
    setting, played = scenario.setting, result.played
    cities, region = make_bands(played)
    survives, verdict = _holds(setting, result) if result is base else _still_differs(setting, result, base)
    overshoot = (_OVERSHOOT,) if _overshoots(setting, played) else ()
    return Run(
        id=scenario.id,
        label=scenario.label,
        codes=setting.codes,
        periods=setting.periods,
        means={name: band.mean for name, band in cities.items()},
        low={name: band.low for name, band in cities.items()},
        high={name: band.high for name, band in cities.items()},
        regional=region,
        summary=summarise(setting, played, result.without),
        losers=find_losers(setting, played),
        regret=regret,
        seed=seed,
        replications=len(played.rows),
        survives_without_promotion=survives,
        notes=(*setting.notes, *overshoot, *_say_kept(played), verdict),
    )


def _say_kept(played: Played) -> tuple[Text, ...]:
    """Say when the bands of the cities rest on fewer replications than the means."""
    kept, count = len(played.kept), len(played.rows)
    if kept == count:
        return ()
    zh = f"各市的区间取自前 {kept} 次重复，均值取自全部 {count} 次。"
    return (Text(zh, f"The bands of the cities rest on the first {kept} replications, the means on all {count}."),)


def _overshoots(setting: Setting, played: Played) -> bool:
    """Is v f above 1 on average in any year, so that more is finished than there is left?"""
    pace = setting.parameters.progress * (played.regional[:, :, 1] / setting.attention) ** 2
    return bool((pace.mean(axis=0) > 1).any())


def _holds(setting: Setting, result: _Result) -> tuple[bool, Text]:
    """Is at least half of the last joint effort left without promotion, and more than the practical margin?"""
    level, left = (played.measured("cooperation").mean() for played in (result.played, result.without))
    survives = bool(left >= level / 2 and left > _MARGIN * setting.attention)
    return survives, _HOLDS[survives]


def _still_differs(setting: Setting, result: _Result, base: _Result) -> tuple[bool, Text]:
    """Is the difference from the compact without promotion what it is with it: of the same sign, or none?"""
    pairs = ((result.played, base.played), (result.without, base.without))
    with_prize, without = (
        _direction(setting, one.measured("cooperation"), other.measured("cooperation")) for one, other in pairs
    )
    if with_prize == without:
        return True, _KEPT_SIGN if with_prize else _ALIKE
    return False, _LOST if with_prize else _ARISES


def _direction(setting: Setting, one: Array, other: Array) -> int:
    """Sign of the paired difference in last joint effort; 0 inside two standard errors or the practical margin."""
    gap = one - other
    mean, error = float(gap.mean()), float(gap.std(ddof=1)) / sqrt(len(gap))
    if abs(mean) <= max(2 * error, _MARGIN * setting.attention):
        return 0
    return 1 if mean > 0 else -1

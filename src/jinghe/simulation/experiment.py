"""Simulate a compact and its alternatives (推演与比较): common random numbers, and the test without promotion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from jinghe.compact import Compact, replace_values
from jinghe.errors import JingheError, Problem, RuleError, problem
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.simulation.choice import Equilibrium
from jinghe.simulation.model import Paths, Shocks, draw_shocks, join_paths, run_model, start
from jinghe.simulation.outcome import Run, find_losers, make_bands, summarise
from jinghe.simulation.scenario import read_setting
from jinghe.simulation.setting import Setting

__all__ = ["Progress", "Scenario", "compare", "run_scenarios", "simulate"]

Progress = Callable[[float], None]

_AT_ONCE = 4_000_000  # imagined scores held in memory: bounds a block of replications, never changes a result
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
_KEPT = Text(
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
class _Variant:
    """A setting, with promotion or without, and where its officials start."""

    setting: Setting
    equilibrium: Equilibrium


@dataclass(frozen=True, slots=True)
class _Result:
    paths: Paths
    without: Paths


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
    at_once: int = _AT_ONCE,
    progress: Progress | None = None,
) -> tuple[Run, ...]:
    """Run scenarios on common random numbers, each also without promotion; the first is what the others differ from.

    Args:
        scenarios: sets of rules over the same contestants and years.
        seed: of the draws.
        replications: R, at least 2.
        at_once: imagined scores to hold in memory.
        progress: called with the share done.
    Returns:
        One run for each scenario.
    Raises:
        RuleError: too few replications, or no pure equilibrium in any of them, all at once.
    """
    if replications < 2:
        raise RuleError([problem("replications-few", "simulate.replications", found=replications)])
    variants = _find_starts(scenarios)
    block = max(1, at_once // max(_size(scenario.setting) for scenario in scenarios))
    parts: list[list[_Result]] = [[] for _ in scenarios]
    for first in range(0, replications, block):
        chosen = range(first, min(first + block, replications))
        drawn: dict[tuple[int, ...], Shocks] = {}
        for at, (with_prize, without) in enumerate(variants):
            shocks = _share_draws(with_prize.setting, drawn, seed=seed, replications=chosen)
            parts[at].append(_Result(_play(with_prize, shocks), _play(without, shocks)))
            if progress:
                progress((first + len(chosen) * (at + 1) / len(scenarios)) / replications)
    results = [_Result(join_paths([r.paths for r in part]), join_paths([r.without for r in part])) for part in parts]
    return tuple(
        _report(scenario, result, results[0], regret=variant.equilibrium.regret, seed=seed)
        for scenario, result, (variant, _) in zip(scenarios, results, variants, strict=True)
    )


def _find_starts(scenarios: Sequence[Scenario]) -> list[tuple[_Variant, _Variant]]:
    found: list[tuple[_Variant, _Variant]] = []
    faults: list[Problem] = []
    for scenario in scenarios:
        without = replace(scenario.setting, parameters=replace(scenario.setting.parameters, prize=0.0))
        try:
            pair = [_Variant(setting, start(setting)) for setting in (scenario.setting, without)]
            found.append((pair[0], pair[1]))
        except RuleError as error:
            faults += error.problems
    if faults:
        raise RuleError(faults)
    return found


def _size(setting: Setting) -> int:
    return setting.n * max(len(setting.periods) * int(setting.parameters.imagined), setting.n)


def _share_draws(setting: Setting, drawn: dict[tuple[int, ...], Shocks], *, seed: int, replications: range) -> Shocks:
    """Draw once for all scenarios of one shape and network."""
    pairs = (setting.network.giver * setting.n + setting.network.partner).tolist()
    key = (setting.n, len(setting.periods), int(setting.parameters.imagined), *pairs)
    if key not in drawn:
        drawn[key] = draw_shocks(setting, seed=seed, replications=replications)
    return drawn[key]


def _play(variant: _Variant, shocks: Shocks) -> Paths:
    return run_model(variant.setting, shocks, equilibrium=variant.equilibrium)


def _report(scenario: Scenario, result: _Result, base: _Result, *, regret: float, seed: int) -> Run:
    setting = scenario.setting
    cities, region = make_bands(result.paths)
    survives, verdict = _holds(setting, result) if result is base else _still_differs(setting, result, base)
    overshoot = (_OVERSHOOT,) if _overshoots(setting, result.paths) else ()
    return Run(
        id=scenario.id,
        label=scenario.label,
        codes=setting.codes,
        periods=setting.periods,
        means={name: band.mean for name, band in cities.items()},
        low={name: band.low for name, band in cities.items()},
        high={name: band.high for name, band in cities.items()},
        regional=region,
        summary=summarise(setting, result.paths, result.without),
        losers=find_losers(setting, result.paths),
        regret=regret,
        seed=seed,
        replications=len(result.paths.growth),
        survives_without_promotion=survives,
        notes=(*setting.notes, *overshoot, verdict),
    )


def _overshoots(setting: Setting, paths: Paths) -> bool:
    """Is v f above 1 on average in any year, so that more is finished than there is left?"""
    pace = setting.parameters.progress * (paths.cooperation / setting.attention) ** 2
    return bool((pace.mean(axis=(0, 2)) > 1).any())


def _holds(setting: Setting, result: _Result) -> tuple[bool, Text]:
    """Is at least half of the last joint effort left without promotion, and more than the practical margin?"""
    level, left = (paths.cooperation[:, -1].mean() for paths in (result.paths, result.without))
    survives = bool(left >= level / 2 and left > _MARGIN * setting.attention)
    return survives, _HOLDS[survives]


def _still_differs(setting: Setting, result: _Result, base: _Result) -> tuple[bool, Text]:
    """Is the difference from the compact without promotion what it is with it: of the same sign, or none?"""
    pairs = ((result.paths, base.paths), (result.without, base.without))
    with_prize, without = (_direction(setting, one, other) for one, other in pairs)
    if with_prize == without:
        return True, _KEPT if with_prize else _ALIKE
    return False, _LOST if with_prize else _ARISES


def _direction(setting: Setting, one: Paths, other: Paths) -> int:
    """Sign of the paired difference in last joint effort; 0 inside two standard errors or the practical margin."""
    gap = (one.cooperation[:, -1] - other.cooperation[:, -1]).mean(axis=1)
    mean, error = float(gap.mean()), float(gap.std(ddof=1)) / sqrt(len(gap))
    if abs(mean) <= max(2 * error, _MARGIN * setting.attention):
        return 0
    return 1 if mean > 0 else -1

"""Rules side by side (方案对照): each against the one above, without promotion, in other futures, and withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from jinghe.errors import JingheError, RuleError, problem
from jinghe.exploration.design import sample
from jinghe.exploration.factor import Array, Factor
from jinghe.exploration.model import CompactModel
from jinghe.exploration.plan import Ending, Plan, Step
from jinghe.exploration.revise import revise
from jinghe.exploration.sweep import Progress
from jinghe.exploration.withdraw import Withdrawal, switch_off, withdraw
from jinghe.labels import Text
from jinghe.simulation.engine import Played, play
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.measures import MEASURES
from jinghe.simulation.outcome import find_losers
from jinghe.simulation.scenario import read_setting

__all__ = ["COURSES", "Gap", "Study", "Trial", "Withdrawn", "compare_pair", "study"]

_PRIZE = "simulate.parameters.prize"
_MARGIN = 0.01  # of the attention unit: a smaller difference in joint effort is none
_LOOK = 60  # replications of a future
_WATCHED = ("cooperation", "survival")
COURSES = {"cooperation": 1, "trust": 3, "standards": 5, "dressing": 2}
"""Courses of the region that are kept, by their place in `Played.regional`."""


class Gap(NamedTuple):
    """A paired difference in last joint effort (配对差): mean, standard error, and its sign, 0 where it is none."""

    mean: float
    error: float
    sign: int


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One set of rules played out (一个方案的推演).

    Attributes:
        step: the rules.
        courses: by name of `COURSES`, shape (3, T): mean, 5 % and 95 % over replications.
        values, without: by measure, shape (R,): with promotion, and at λ = 0.
        futures: last joint effort and share alive in S other futures, NaN where the rules cannot be simulated.
        losers: names of the cities that lose by cooperating.
        notes: what the setting assumes.
    """

    step: Step
    courses: Mapping[str, Array]
    values: Mapping[str, Array]
    without: Mapping[str, Array]
    futures: Mapping[str, Array]
    losers: Text
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Withdrawn:
    """Levers withdrawn under one set of rules (撤除): from the compact's own start, from low and high, and at λ = 0."""

    trial: Trial
    found: Withdrawal
    without: Withdrawal


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """Rules compared in turn, and a withdrawal (方案对照结果). Nothing in it is calibrated.

    `gaps` and `gaps_without` compare every trial with the one above it: none for the first.
    """

    periods: tuple[str, ...]
    replications: int
    seed: int
    uncertain: tuple[Factor, ...]
    trials: tuple[Trial, ...]
    gaps: tuple[Gap, ...]
    gaps_without: tuple[Gap, ...]
    ending: Ending | None
    withdrawn: tuple[Withdrawn, ...]


def study(
    model: CompactModel,
    plan: Plan,
    *,
    uncertain: tuple[Factor, ...] = (),
    replications: int,
    progress: Progress | None = None,
) -> Study:
    """Play every step of a plan on common random numbers, with promotion and without, and withdraw its levers.

    Args:
        model: the compact.
        plan: with `steps`, perhaps `ending`; its horizon and its number of scenarios are used.
        uncertain: factors that make the other futures, a Latin hypercube of `plan.scenarios` points.
        replications: R of every step.
        progress: called with the share done.
    Raises:
        RuleError: `explore-lacks` without steps; rules that cannot be simulated; a withdrawal that cannot be.
    """
    if not plan.steps:
        raise RuleError([problem("explore-lacks", part="steps")])
    cases = plan.ending.cases if plan.ending else ()
    total, done = len(plan.steps) + 3 * len(cases), 0

    def tick() -> None:
        nonlocal done
        done += 1
        if progress:
            progress(done / total)

    futures = sample(uncertain, n=plan.scenarios, seed=model.seed) if uncertain else None
    drawn = [futures.changes(at) for at in range(len(futures))] if futures else []
    play_step = _Player(model, plan.horizon, replications, drawn)
    withdrawn = tuple(_withdraw(model, plan, case, play_step, tick) for case in cases)  # first: it may be refused
    trials = tuple(play_step(step, tick) for step in plan.steps)
    unit = model.attention
    gaps = tuple(compare_pair(two.values, one.values, unit=unit) for one, two in _pairs(trials))
    gaps_without = tuple(compare_pair(two.without, one.without, unit=unit) for one, two in _pairs(trials))
    first = model.compact.in_force[0].year
    periods = tuple(str(first + t) for t in range(plan.horizon))
    return Study(
        periods, replications, model.seed, uncertain, trials, gaps, gaps_without, plan.ending, withdrawn
    )  # fmt: skip


def compare_pair(new: Mapping[str, Array], old: Mapping[str, Array], *, unit: float) -> Gap:
    """Compare last joint effort pair by pair; the sign is 0 inside two standard errors or 1 % of the attention unit.

    >>> compare_pair({"cooperation": np.array([1.0, 2.0])}, {"cooperation": np.array([0.5, 1.5])}, unit=1.0)
    Gap(mean=0.5, error=0.0, sign=1)
    """
    gap = new["cooperation"] - old["cooperation"]
    mean, error = float(gap.mean()), float(gap.std(ddof=1)) / sqrt(len(gap))
    sure = abs(mean) > max(2 * error, _MARGIN * unit)
    return Gap(mean, error, int(np.sign(mean)) if sure else 0)


@dataclass(frozen=True, slots=True)
class _Player:
    """Plays a step: the years, replications and futures that all steps share."""

    model: CompactModel
    horizon: int
    replications: int
    futures: list[dict[str, Any]]

    def __call__(self, step: Step, tick: Callable[[], None]) -> Trial:
        model = self.model
        changed = revise(model.compact, {**step.changes, "simulate.horizon": self.horizon})
        setting = read_setting(changed, panel=model.panel, attention=model.attention)
        played, without = (
            play(prepare(one).design, seed=model.seed, replications=range(self.replications))
            for one in (setting, setting.with_parameters(prize=0.0))
        )
        codes = find_losers(setting, played)
        names = (Text(*(changed.region.names(codes, lang) for lang in ("zh", "en")))) if codes else _NOBODY
        values, bare = ({name: one.measured(name) for name in MEASURES} for one in (played, without))
        looked = np.array([self._look(step, future) for future in self.futures]).reshape(-1, len(_WATCHED))
        futures = dict(zip(_WATCHED, looked.T, strict=True))
        tick()
        return Trial(step, _courses(played), values, bare, futures, names, setting.notes)

    def _look(self, step: Step, future: Mapping[str, Any]) -> list[float]:
        """What is watched in another future; what the step sets goes before what the future says."""
        try:
            found = self.model({**future, **step.changes, "simulate.horizon": self.horizon}, 0, _LOOK)
        except JingheError:
            return [float("nan")] * len(_WATCHED)
        return [float(found[name].mean()) for name in _WATCHED]


_NOBODY = Text("无", "nobody")


def _courses(played: Played) -> dict[str, Array]:
    found = {}
    for name, at in COURSES.items():
        course = played.regional[:, :, at]
        found[name] = np.stack([course.mean(axis=0), *np.quantile(course, (0.05, 0.95), axis=0)])
    return found


def _pairs(trials: tuple[Trial, ...]) -> Iterator[tuple[Trial, Trial]]:
    return pairwise(trials)


def _withdraw(model: CompactModel, plan: Plan, case: Step, play_step: _Player, tick: Callable[[], None]) -> Withdrawn:
    ending = plan.ending
    assert ending is not None, "there are cases"
    test = partial(
        withdraw,
        model,
        levers=ending.levers,
        on=ending.on,
        replications=play_step.replications,
        horizon=plan.horizon,
    )
    found = test(changes=case.changes)
    tick()
    bare = test(changes={**case.changes, _PRIZE: 0.0})
    tick()
    changed, changes = revise(model.compact, case.changes), dict(case.changes)
    for lever in ending.levers:
        changes |= switch_off(changed, lever, on=ending.on)
    return Withdrawn(play_step(replace(case, changes=changes), tick), found, bare)

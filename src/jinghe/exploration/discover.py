"""Find when it happens (情景发现): boxes of levers and uncertainties with a sentence, and where the sentence fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jinghe.errors import RuleError, problem
from jinghe.exhibit import Column, Section, Table
from jinghe.exploration.box import Box, Side, bootstrap, choose_box, inside
from jinghe.exploration.condition import Condition, read_condition
from jinghe.exploration.factor import Array, Factor
from jinghe.exploration.sweep import Sweep
from jinghe.labels import Text

__all__ = ["Discovery", "Limit", "Region", "discover", "show_discovery"]

_LIKE = 1e-9


@dataclass(frozen=True, slots=True)
class Limit:
    """What a region says of one factor (界限): binding bounds or choices, how sure, how often found again."""

    factor: Factor
    low: float | None
    high: float | None
    choices: tuple[Any, ...]
    quasi_p: float
    frequency: float

    @property
    def words(self) -> Text:
        """Say it in both languages."""
        name = self.factor.label
        if self.choices:
            listed = [str(choice) for choice in self.choices]
            return Text(f"{name.zh}为{'或'.join(listed)}", f"{name.en} is {' or '.join(listed)}")
        if self.low is None:
            return Text(f"{name.zh}不高于 {self.high:.3g}", f"{name.en} is at most {self.high:.3g}")
        if self.high is None:
            return Text(f"{name.zh}不低于 {self.low:.3g}", f"{name.en} is at least {self.low:.3g}")
        zh, en = (
            f"{name.zh}在 {self.low:.3g} 至 {self.high:.3g} 之间",
            f"{name.en} is from {self.low:.3g} to {self.high:.3g}",
        )
        return Text(zh, en)


@dataclass(frozen=True, slots=True)
class Region:
    """A region in which it happens often (情景区域).

    `density`: share of its designs in which it happens; `coverage`: share of all such designs that lie in it.
    `counter_example`: number of the design nearest to its middle in which it does not happen all the same; −1: none.
    """

    limits: tuple[Limit, ...]
    points: int
    hits: int
    coverage: float
    counter_example: int

    @property
    def density(self) -> float:
        """Share of the designs inside in which it happens."""
        return self.hits / self.points if self.points else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Discovery:
    """What was found (情景发现结果): `hits` of `points` designs; `left_out` could not be run or leave it undefined."""

    condition: Condition
    regions: tuple[Region, ...]
    points: int
    hits: int
    left_out: int
    sweep: Sweep

    def explain(self, region: Region) -> Text:
        """Say a region in one sentence, and where it fails."""
        zh = "，且".join(limit.words.zh for limit in region.limits)
        en = " and ".join(limit.words.en for limit in region.limits)
        it, all_zh = self.condition.words, f"全体为 {self.hits / self.points:.0%}"
        told = Text(
            f"当{zh}时，{region.points} 个方案点中有 {region.hits} 个（{region.density:.0%}，{all_zh}）出现“{it.zh}”，"
            f"涵盖全部此类情形的 {region.coverage:.0%}。",
            f"When {en}, {region.hits} of {region.points} designs ({region.density:.0%}; "
            f"{self.hits / self.points:.0%} of all) have {it.en}; these are {region.coverage:.0%} of all such designs.",
        )
        against = self._tell_against(region)
        return Text(told.zh + against.zh, f"{told.en} {against.en}".strip())

    def _tell_against(self, region: Region) -> Text:
        at = region.counter_example
        if at < 0:
            return Text("区域内没有反例。", "No design inside speaks against it.")
        values = {limit.factor.path: self.sweep.designs.columns[limit.factor.path][at] for limit in region.limits}
        names = {limit.factor.path: limit.factor.label for limit in region.limits}
        zh = "、".join(f"{names[path].zh} {_number(value)}" for path, value in values.items())
        en = ", ".join(f"{names[path].en} {_number(value)}" for path, value in values.items())
        outcome = float(self.sweep.means(self.condition.outcome)[at])
        return Text(
            f"反例：方案点 {at}（{zh}）虽在其中，该值为 {outcome:.3g}。",
            f"Counter-example: design {at} ({en}) lies inside, yet has {outcome:.3g}.",
        )


def discover(
    sweep: Sweep, *, when: str, density: float | None = None, regions: int = 2, resamples: int = 50, seed: int = 1
) -> Discovery:
    """Find regions of the factors in which a condition on the mean outcome holds often.

    Each further region is sought among the designs that the earlier ones leave; coverage is of all.

    Args:
        sweep: of a space-filling design.
        when: such as `survival<0.5`.
        density: wished share; default: the best harmonic mean of density and coverage.
        regions: at most so many.
        resamples: of the bootstrap that says how often a factor is restricted again.
        seed: of the bootstrap.
    Raises:
        RuleError: `condition-unreadable`; an unknown outcome; `discover-nothing`, when the condition holds in fewer
            than two designs or in all but one.
    """
    condition = read_condition(when)
    means = sweep.means(condition.outcome)
    known = np.isfinite(means)
    rows = np.flatnonzero(known)
    x, ordered = _columns(sweep, rows)
    hits = condition.holds(means[rows])
    if not 2 <= hits.sum() <= len(hits) - 2:
        raise RuleError([problem("discover-nothing", found=int(hits.sum()), of=len(hits), when=when)])
    found: list[Region] = []
    left = np.ones(len(rows), dtype=bool)
    for number in range(regions):
        if hits[left].sum() < 2 or not left.any():
            break
        box = choose_box(x[left], hits[left], ordered=ordered, density=density)
        if not box.sides or box.density <= hits.mean():
            break
        often = bootstrap(
            x[left], hits[left], ordered=ordered, resamples=resamples, seed=seed + number, density=density
        )
        within = inside(box.sides, x) & left
        found.append(_region(sweep, box, often, x=x, rows=rows, within=within, hits=hits))
        left &= ~within
    return Discovery(condition, tuple(found), len(rows), int(hits.sum()), int((~known).sum()), sweep)


def show_discovery(found: Discovery) -> Section:
    """Show what was found: a sentence for each region, and its limits with how sure they are."""
    words = (
        Text("因素", "Factor"),
        Text("界限", "Limit"),
        Text("偶然概率", "Quasi-p"),
        Text("自助复现率", "Found again"),
    )
    columns = (Column(words[0]), Column(words[1]), Column(words[2], "number", 3), Column(words[3], "share", 0))
    tables = tuple(
        Table(
            f"region-{number}",
            Text(f"区域 {number}", f"Region {number}"),
            columns,
            tuple((one.factor.label, one.words, one.quasi_p, one.frequency) for one in region.limits),
            notes=(found.explain(region),),
        )
        for number, region in enumerate(found.regions, start=1)
    )
    it = found.condition.words
    lead = Text(
        f"{found.points} 个方案点中有 {found.hits} 个出现“{it.zh}”。",
        f"{found.hits} of {found.points} designs have {it.en}.",
    )
    none = Text("没有找到比全体更集中的区域。", "No region is denser than the whole.")
    left = Text(
        f"{found.left_out} 个方案点无法推演或无定义，未计。",
        f"{found.left_out} designs could not be run and are left out.",
    )
    method = Text(
        "区域由耐心规则归纳（PRIM）得出，只说明在所设范围内何处多见，不说明因果。",
        "Regions come from patient rule induction; they say where it is frequent within the ranges set, not why.",
    )
    notes = (*((none,) if not found.regions else ()), *((left,) if found.left_out else ()), method)
    return Section("discover", Text("情景发现", "Scenario discovery"), lead, tables, notes)


def _columns(sweep: Sweep, rows: NDArray[np.int64]) -> tuple[Array, list[bool]]:
    """Quantiles of ranges, values of whole numbers and ordered choices, numbers of categories."""
    columns = []
    for at, factor in enumerate(sweep.designs.factors):
        values = sweep.designs.columns[factor.path]
        if factor.choices and not factor.is_ordered:
            columns.append([float(factor.choices.index(value)) for value in values])
        elif factor.choices or factor.whole:
            columns.append([float(value) for value in values])
        else:
            columns.append(sweep.designs.unit[:, at].tolist())
    return np.array(columns).T[rows], [factor.is_ordered for factor in sweep.designs.factors]


def _region(
    sweep: Sweep,
    box: Box,
    often: Array,
    *,
    x: Array,
    rows: NDArray[np.int64],
    within: NDArray[np.bool_],
    hits: NDArray[np.bool_],
) -> Region:
    limits = tuple(
        _limit(sweep.designs.factors[side.column], side, chance, float(often[side.column]))
        for side, chance in zip(box.sides, box.quasi_p, strict=True)
    )
    against = np.flatnonzero(within & ~hits)
    example = -1
    if len(against):
        bound = [side.column for side in box.sides]
        middle, scale = x[within][:, bound].mean(axis=0), np.ptp(x[:, bound], axis=0) + _LIKE
        away = (((x[against][:, bound] - middle) / scale) ** 2).sum(axis=1)
        example = int(rows[against[np.argmin(away)]])
    coverage = float((within & hits).sum() / hits.sum())
    return Region(limits, int(within.sum()), int((within & hits).sum()), coverage, example)


def _limit(factor: Factor, side: Side, chance: float, often: float) -> Limit:
    if side.among:
        return Limit(factor, None, None, tuple(factor.choices[int(at)] for at in side.among), chance, often)
    is_scaled = not factor.choices and not factor.whole
    low, high = (
        None if not np.isfinite(bound) else float(factor.values(np.array([bound]))[0]) if is_scaled else bound
        for bound in (side.low, side.high)
    )
    return Limit(factor, low, high, (), chance, often)


def _number(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)

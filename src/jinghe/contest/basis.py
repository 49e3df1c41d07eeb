"""What a period is scored from (考核依据), measured once, and the chain run on it under any variant of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinghe.contest.chain import Stages, run_chain
from jinghe.contest.check import check_contest
from jinghe.contest.contest import Contest
from jinghe.contest.figures import Figures, gather, make_context
from jinghe.contest.measure import Inputs
from jinghe.contest.prepare import Context
from jinghe.contest.register import JointItem
from jinghe.errors import RuleError, problem
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.units import Period

__all__ = ["Basis", "check_scoring", "make_rescores", "measure_period"]


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Everything measured before the chain runs (测得数据): it hangs on the figures and on what is measured of them."""

    inputs: Inputs
    figures: Figures
    context: Context

    def run(self, contest: Contest) -> Stages:
        """Run the chain under a contest that measures the same. Raises RuleError."""
        return run_chain(
            self.figures.matrix,
            tree=self.figures.tree,
            steps=contest.steps,
            weights=contest.weights_on(self.inputs.period.last),
            directions=[contest.indicator(leaf).direction for leaf in self.figures.tree.leaves],
            context=self.context,
        )


def check_scoring(contest: Contest, *, region: Region, period: Period) -> None:
    """Raise RuleError with all that keeps a contest from being scored: its faults, or that no one takes part."""
    faults = [p for p in check_contest(contest, region=region, on=period.last) if p.level == "error"]
    if not region.contestants(contest.level, on=period.last):
        faults.append(problem("contestants-missing", "contest.level", level=contest.level, on=period.last))
    if faults:
        raise RuleError(faults)


def measure_period(
    contest: Contest, *, panel: Panel, items: Sequence[JointItem], region: Region, period: Period
) -> Basis:
    """Measure all indicators of a period, and what else the chain needs. Arguments and errors as for `score`."""
    units = {item.id: item.unit for item in contest.indicators if item.unit.zh}
    codes = region.contestants(contest.level, on=period.last)
    inputs = Inputs(panel, tuple(items), codes, period, contest.credit, units, region)
    figures = gather(contest, inputs=inputs)
    return Basis(inputs, figures, make_context(contest, figures=figures, inputs=inputs, region=region))


def make_rescores(
    panels: Iterable[Callable[[], Panel]], *, items: Sequence[JointItem], region: Region, period: Period
) -> tuple[Callable[[Contest], Stages], ...]:
    """Return what scores variants of a contest on each panel, to the bit as `score` does.

    Every variant is checked once, whatever the number of panels; variants that measure the same share a basis. A panel
    is made when it is first measured and not kept, nor is what its figures were read from: memory holds matrices.
    """
    sound: list[Contest] = []

    def rescore_on(make_panel: Callable[[], Panel]) -> Callable[[Contest], Stages]:
        known: list[tuple[tuple[Any, ...], Basis]] = []

        def rescore(variant: Contest) -> Stages:
            if not any(one is variant for one in sound):
                check_scoring(variant, region=region, period=period)
                sound.append(variant)
            asked = _list_measured(variant)
            basis = next((basis for same, basis in known if same == asked), None)
            if basis is None:
                basis = measure_period(variant, panel=make_panel(), items=items, region=region, period=period)
                basis = Basis(replace(basis.inputs, panel=Panel()), replace(basis.figures, measured={}), basis.context)
                known.append((asked, basis))
            return basis.run(variant)

        return rescore

    return tuple(rescore_on(make_panel) for make_panel in panels)


def _list_measured(contest: Contest) -> tuple[Any, ...]:
    """All in a contest that `measure_period` reads."""
    steps = contest.steps
    recalled = steps.order if steps.imputation in ("latest", "linear") else ()
    settings = (steps.denominators, steps.groups, steps.reference, steps.base, steps.weighing.base, recalled)
    return (contest.indicators, contest.root, contest.credit, contest.level, *settings)

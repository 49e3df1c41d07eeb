"""One period under a compact (考核): everything it yields, and which period that is when nobody says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jinghe.compact import Compact
from jinghe.contest import Award, Examination, Flag, Ranking, Scores, examine
from jinghe.contest.mirror import Confirmation
from jinghe.contract import Light, light
from jinghe.errors import RuleError, problem
from jinghe.operation.reports import confirm_reports, read_reports
from jinghe.operation.settle import Unsettled, settle_all
from jinghe.operation.standing import REDRAWINGS, Standing, award_prizes, find_standing, score_period, study_period
from jinghe.panel import Panel
from jinghe.sharing import Settlement
from jinghe.units import Period

__all__ = ["Assessment", "assess", "known_by", "latest_period"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything one period yields under a compact (考核结果); without a contest nothing is scored or examined."""

    period: Period
    on: date
    scores: Scores | None
    ranking: Ranking | None
    awards: tuple[Award, ...]
    settlements: tuple[Settlement, ...]
    unsettled: tuple[Unsettled, ...]
    lights: tuple[Light, ...]
    standing: Standing | None = None
    examination: Examination | None = None
    confirmations: tuple[Confirmation, ...] = ()

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The figures to look at again."""
        return self.examination.flags if self.examination else ()


def assess(compact: Compact, *, panel: Panel, period: Period, seed: int, on: date | None = None) -> Assessment:
    """Assess one period: score, rank, award prizes, settle agreements, read contract lights, examine the figures.

    Args:
        compact: the compact in force.
        panel: the figures known.
        period: the scored period, inside the compact.
        seed: seed of the rank intervals, the redrawn figures and the lotteries.
        on: the day on which lights are read; default: the last day known in the data.
    Returns:
        The assessment; agreements that cannot be settled are listed with their reasons, the others are settled.
    Raises:
        RuleError: the contest cannot be scored.
        DataError: the partners' reports cannot be read.
    """
    contest, on = compact.contest, on or known_by(compact, panel)
    settlements, unsettled = settle_all(compact, panel=panel, period=period)
    lights = tuple(
        light(c, progress=[p for p in compact.progress if p.contract == c.id], on=on) for c in compact.contracts
    )
    if contest is None:
        return Assessment(period, on, None, None, (), settlements, unsettled, lights)
    scores = score_period(compact, panel=panel, period=period)
    study = study_period(compact, panel=panel, period=period, seed=seed, redrawings=REDRAWINGS)
    standing = find_standing(compact, study=study, scores=scores, seed=seed)
    awards = award_prizes(compact, standing=standing, seed=seed)
    (items, confirmations), claims = confirm_reports(compact), read_reports(compact)
    found = examine(contest, panel=panel, region=compact.region, period=period, items=items, claims=claims)
    return Assessment(
        period,
        on,
        scores,
        standing.ranking,
        awards,
        settlements,
        unsettled,
        lights,
        standing,
        found,
        confirmations,
    )


def latest_period(compact: Compact, panel: Panel) -> Period:
    """Find the year with the most complete figures, the latest one on ties.

    A year counts the direct indicators that reach the contest's coverage. Without a contest it is the last year in
    which anything became known. Raises RuleError when the panel has no year inside the compact.
    """
    if compact.contest is None:
        last = compact.in_force[1] - timedelta(days=1)
        return Period.of(min(known_by(compact, panel), last).year)
    contest = compact.contest
    codes = compact.region.contestants()
    first, end = compact.in_force
    years = sorted(
        {
            o.period
            for o in panel.observations
            if len(o.period) == 4 and first.year <= int(o.period) < max(end.year, first.year + 1)
        }
    )
    direct = [i.id for i in contest.indicators if i.measure is None and i.period is None]

    def complete(year: str) -> int:
        found = [sum(panel.find(code, name, year) is not None for code in codes) / len(codes) for name in direct]
        return sum(share >= contest.screen_coverage for share in found)

    if not years:
        raise RuleError([problem("period-without-figures", "data.observations", start=first, end=end)])
    return Period.of(max(years, key=lambda year: (complete(year), year)))


def known_by(compact: Compact, panel: Panel) -> date:
    """The last day on which anything in the data became known: the default for reading lights, so that runs repeat.

    Without figures, or without a contest, the register of joint items tells, too.
    """
    dated = [item.on.last for item in compact.items if item.on and item.date_kind != "target_year"]
    days = [p.on for p in compact.progress] + ([panel.vintage] if panel.vintage else [])
    days += dated if compact.contest is None or not panel.vintage else []
    return max(days, default=compact.in_force[0])

"""A compact in force (运行): scores, prizes, settlements, contract lights and flags of one period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jinghe.compact import Compact
from jinghe.contest import Award, Flag, Ranking, Scores, award, flag, rank, score
from jinghe.contract import Light, light
from jinghe.errors import Problem, RuleError, problem
from jinghe.panel import Panel
from jinghe.sharing import Agreement, Settlement, settle, verify
from jinghe.units import Period

__all__ = ["Assessment", "Unsettled", "assess", "known_by", "latest_period", "settle_all"]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An agreement without a statement for a period (未结算), and why."""

    agreement: Agreement
    period: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything one period yields under a compact (考核结果); without a contest nothing is scored."""

    period: Period
    on: date
    scores: Scores | None
    ranking: Ranking | None
    awards: tuple[Award, ...]
    settlements: tuple[Settlement, ...]
    unsettled: tuple[Unsettled, ...]
    lights: tuple[Light, ...]
    flags: tuple[Flag, ...]


def assess(compact: Compact, *, panel: Panel, period: Period, seed: int, on: date | None = None) -> Assessment:
    """Assess one period: score, rank with intervals, award prizes, settle agreements, read contract lights, flag.

    Args:
        compact: the compact in force.
        panel: the figures known.
        period: the scored period, inside the compact.
        seed: seed of the rank intervals.
        on: the day on which lights are read; default: the last day known in the data.
    Returns:
        The assessment; agreements that cannot be settled are listed with their reasons, the others are settled.
    Raises:
        RuleError: the contest cannot be scored.
    """
    on = on or known_by(compact, panel)
    contest, scores, ranking = compact.contest, None, None
    if contest:
        scores = score(contest, panel=panel, items=compact.items, region=compact.region, period=period)
        ranking = rank(contest, scores=scores, seed=seed)
    settlements, unsettled = settle_all(compact, panel=panel, period=period)
    return Assessment(
        period=period,
        on=on,
        scores=scores,
        ranking=ranking,
        awards=award(contest.prizes, ranking=ranking) if contest and ranking else (),
        settlements=settlements,
        unsettled=unsettled,
        lights=tuple(
            light(c, progress=[p for p in compact.progress if p.contract == c.id], on=on) for c in compact.contracts
        ),
        flags=flag(contest, panel=panel, region=compact.region, period=period) if contest else (),
    )


def settle_all(
    compact: Compact, *, panel: Panel, period: Period
) -> tuple[tuple[Settlement, ...], tuple[Unsettled, ...]]:
    """Settle every agreement for the period, and replay the published statements that an agreement names."""
    done: list[Settlement] = []
    undone: list[Unsettled] = []
    for agreement in compact.agreements:
        if agreement.status == "proposed":
            continue
        periods = [period] if agreement.is_in_force(period) else []
        for one in [*periods, *(Period.of(name) for name in agreement.replay)]:
            try:
                done.append(_settle(agreement, compact, panel=panel, period=one))
            except RuleError as error:
                undone.append(Unsettled(agreement, one.name, error.problems))
        if not periods and not agreement.replay:
            undone.append(
                Unsettled(
                    agreement, period.name, (problem("agreement-not-in-force", agreement.id, period=period.name),)
                )
            )
    return tuple(done), tuple(undone)


def _settle(agreement: Agreement, compact: Compact, *, panel: Panel, period: Period) -> Settlement:
    """Settle, and recompute every line from its own trace by code that shares nothing with the rules."""
    found = settle(agreement, panel=panel, region=compact.region, period=period)
    if doubts := [fault for line in found.lines for fault in verify(line.trace.as_dict())]:
        raise RuleError(doubts)
    return found


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

    Without figures the register of joint items tells.
    """
    dated = [item.on.last for item in compact.items if item.on and item.date_kind != "target_year"]
    days = [p.on for p in compact.progress] + ([panel.vintage] if panel.vintage else dated)
    return max(days, default=compact.in_force[0])

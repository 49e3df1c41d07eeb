"""Agreements of one period (结算): every statement, and every agreement that has none with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jinghe.compact import Compact
from jinghe.errors import Problem, RuleError, problem
from jinghe.operation.books import say_credit
from jinghe.panel import Panel
from jinghe.sharing import Agreement, Settlement, settle, verify_statement
from jinghe.units import Period

__all__ = ["Unsettled", "settle_all"]


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An agreement without a statement for a period (未结算), and why."""

    agreement: Agreement
    period: str
    problems: tuple[Problem, ...]


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
    """Settle, and recompute the whole statement from its own JSON by code that shares nothing with the rules."""
    found = settle(agreement, panel=panel, region=compact.region, period=period)
    if doubts := verify_statement(found.as_dict()):
        raise RuleError(doubts)
    return replace(found, notes=(*found.notes, *say_credit(compact, panel=panel, settlement=found)))

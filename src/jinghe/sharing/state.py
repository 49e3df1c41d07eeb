"""What the periods before leave behind (结转): the sums a rule with memory carries from one period to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jinghe.sharing.agreement import Agreement
from jinghe.sharing.ops import Number
from jinghe.sharing.rules import RULES

__all__ = ["State", "has_memory"]


@dataclass(frozen=True, slots=True)
class State:
    """Sums carried into a period (结转数), by clause and party: a ceiling used, an investment recovered, months.

    `until` is the first day not yet settled, None before the first period. The exact evaluator carries fractions, that
    of arrays one number per replication.
    """

    until: date | None = None
    sums: Mapping[str, tuple[Number, ...]] = field(default_factory=dict)

    def of(self, clause: str, party: str, size: int) -> tuple[Number, ...]:
        """Return the sums of a clause and party; `size` zeros before the first period."""
        return self.sums.get(f"{clause}@{party}", (0,) * size)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data: fractions as `p/q`."""
        sums = {key: [str(number) for number in numbers] for key, numbers in self.sums.items()}
        return {"until": self.until.isoformat() if self.until else None, "sums": sums}


def has_memory(agreement: Agreement) -> bool:
    """Does a period of this agreement depend on the periods before?"""
    refunds = any(series.negative == "refund" for series in agreement.data.values())
    return refunds or any(
        RULES[item.block].way == "carried" or item.block == "cap_cumulative" for item in agreement.clauses
    )

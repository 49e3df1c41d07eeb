"""What is carried from period to period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from jinghe.sharing import Agreement, State
from jinghe.sharing.state import has_memory


def test_sums_are_kept_by_clause_and_party_and_are_nothing_at_first() -> None:
    state = State(date(2022, 1, 1), {"cap@990100": (Fraction(1, 3),)})

    assert (Fraction(1, 3),) == state.of("cap", "990100", 1)
    assert (0, 0) == state.of("cap", "990200", 2)
    assert {"until": "2022-01-01", "sums": {"cap@990100": ["1/3"]}} == state.as_dict()
    assert {"until": None, "sums": {}} == State().as_dict()


def test_only_rules_that_look_back_have_memory(fill: Callable[..., Agreement], park: Agreement) -> None:
    stems = ("jjj_relocation", "recover_then_share", "settle_up", "yellow_river", "fiscal_disparities")

    assert [True, True, True, False, False] == [has_memory(fill(stem)) for stem in stems]
    assert not has_memory(park)

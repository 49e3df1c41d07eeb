"""One amount divided: who holds, who collects, and what nobody is given."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle, verify
from jinghe.units import Period

Fill = Callable[..., Agreement]


def test_the_holder_keeps_what_nobody_is_given(park: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    (line,) = settle(park, panel=toy_panel, region=toy_region, period=Period.of(2021)).lines

    assert sum(line.trace.parts) == line.trace.input("base").value
    assert ("990200", "990100") == (line.payer, line.payee)


def test_a_point_of_a_rule_is_checked_against_the_rule(
    fill: Fill, panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    agreement = fill("claims", decide={"rule": "CEL", "fund": 200})
    panel = panel_of(
        [(c, "claim", "2021", x, "万元") for c, x in (("990100", "100"), ("990200", "200"), ("990300", "300"))]
    )
    found = settle(agreement, panel=panel, region=toy_region, period=Period.of(2021))
    trace: Any = found.lines[2].trace.as_dict()
    assert [] == verify(trace)

    next(item for item in trace["inputs"] if item["name"] == "point")["value"] = "1"

    assert ["trace-unreadable"] == [item.code for item in verify(trace)]


@pytest.mark.parametrize("cost, first", [("6", 6), ("0", 0)])
def test_a_river_is_paid_for_to_the_fen(
    fill: Fill, panel_of: Callable[..., Panel], toy_region: Region, cost: str, first: int
) -> None:
    agreement = fill(
        "river_costs", parties={"upper": "990100", "middle": "990200", "lower": "990300"}, decide={"rule": "UES"}
    )
    rows = [("990100", cost), ("990200", "0"), ("990300", "1 分")]
    panel = panel_of([(code, "reach_cost", "2021", x, "万元") for code, x in rows])

    found = settle(agreement, panel=panel, region=toy_region, period=Period.of(2021))

    paid = [line.amount.fen for line in found.lines]
    assert first * 10**6 + 1 == sum(paid)
    assert all(abs(line.amount.fen - line.trace.exact) < 1 for line in found.lines)
    assert Fraction(1, 3) == found.lines[2].trace.exact

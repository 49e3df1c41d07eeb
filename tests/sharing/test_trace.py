"""Traces: complete down to observations and parameters with sources, and JSON all the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, Input, Trace, settle
from jinghe.sharing.trace import as_json
from jinghe.units import Period


@pytest.fixture
def trace(park: Agreement, toy_panel: Panel, toy_region: Region) -> Trace:
    return settle(park, panel=toy_panel, region=toy_region, period=Period.of(2022)).lines[0].trace


def test_every_leaf_is_a_figure_or_a_value_with_its_source(trace: Trace) -> None:
    leaves = [*trace.inputs, *(item for child in trace.children for item in child.inputs)]

    assert ["base", "share", "start", "years", "end"] == [item.name for item in leaves]
    assert ["observation", "parameter", "agreement", "parameter", "computed"] == [item.kind for item in leaves]
    assert all(item.source for item in leaves if item.kind in ("observation", "parameter", "agreement"))
    assert "1,200" == trace.input("base").detail["printed"]


def test_the_tree_names_clause_formula_and_rounding(trace: Trace) -> None:
    found = trace.as_dict()

    assert ("c1", "share_fixed", "x = s · B", "2022") == tuple(
        found[key] for key in ("clause", "block", "formula", "period")
    )
    assert ("600000000", 600_000_000, 0) == tuple(found[key] for key in ("exact", "rounded", "place"))
    assert ["600000000", "600000000"] == found["parts"]
    assert ["c2"] == [child["clause"] for child in found["children"]]
    assert found == json.loads(json.dumps(found))


def test_values_turn_into_json() -> None:
    item = Input(
        "start", "parameter", date(2021, 1, 1), "date", Text("起", "start"), "s", Text("源", "source"), {"from": ""}
    )

    assert "2021-01-01" == as_json(item)["value"]
    assert [["1/3"], {"a": None}, True] == as_json([(Fraction(1, 3),), {"a": None}, True])


def test_an_unknown_input_is_a_fault_of_the_programmer(trace: Trace) -> None:
    with pytest.raises(KeyError):
        trace.input("nothing")


def test_a_step_says_what_it_computed_without_repeating_its_line(
    fill: Callable[..., Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    agreement = fill("feidi_increment", parties={"origin": "990100", "host": "990200"}, decide={"base": 600})
    panel = panel_of([("990200", "park_tax", "2021", "500", "万元")])

    (line,) = settle(agreement, panel=panel, region=toy_region, period=Period.of(2021)).lines

    (step,) = line.trace.as_dict()["steps"]
    assert ("growth", "base_growth", "0", "2021") == tuple(step[key] for key in ("clause", "block", "exact", "period"))
    assert not {"agreement", "payer", "parts", "rounded"} & set(step)
    assert "0" == line.trace.as_dict()["inputs"][0]["value"]  # a fall counts as no growth, and is written as a number

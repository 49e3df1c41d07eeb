from __future__ import annotations

import pytest

from jinghe.exploration.design import sample
from jinghe.exploration.overview import show_sensitivity, show_sweep
from jinghe.exploration.sweep import sweep


def test_a_sweep_shows_its_span_and_why_designs_cannot_be_run(analytic, between) -> None:
    model = analytic(lambda c: {"y": c["a"]} if c["a"] < 0.5 else None, noise=0.1)
    found = sweep(model, designs=sample([between("a")], n=10, seed=1), replications=20)

    section = show_sweep(found)

    name, low, mean, high, share = section.tables[0].rows[0]
    assert "y" == name.en
    assert low < mean < high < 0.7
    assert share > 0.9
    assert "5 cannot be run" in section.lead.en
    assert section.notes[0].en.startswith("5 designs: ")


def test_what_nobody_can_run_has_no_span(analytic, between) -> None:
    found = sweep(analytic(lambda _c: None), designs=sample([between("a")], n=3, seed=1), replications=5)

    assert (None,) * 4 == show_sweep(found).tables[0].rows[0][1:]


@pytest.mark.parametrize("method, n", [("morris", 4), ("saltelli", 32)])
def test_sensitivity_names_the_factor_that_moves_an_outcome(analytic, between, method, n) -> None:
    model = analytic(lambda c: {"y": c["a"] + 0.01 * c["b"], "flat": 1.0}, outcomes=("y", "flat"))
    designs = sample([between("b"), between("a")], method=method, n=n, seed=1)

    section = show_sensitivity(sweep(model, designs=designs, replications=2))

    tables = {table.title.en.split("“")[1].split("”")[0]: table for table in section.tables}
    assert "a" == tables["y"].rows[0][0].en
    assert ("flat" in tables) == (method == "morris")
    assert ["flat" in note.en for note in section.notes] == [True] * (method == "saltelli")

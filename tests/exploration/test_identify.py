from __future__ import annotations

from dataclasses import replace

from jinghe.compact import load_panel, read_fields
from jinghe.exploration.identify import identify, list_statistics
from jinghe.panel import Panel


def test_every_parameter_has_a_verdict_and_every_statistic_speaks_of_known_ones(toy, panel) -> None:
    section = identify(toy, panel)

    known = {f.path.rpartition(".")[2] for f in read_fields() if f.path.startswith("simulate.parameters.")}
    assert {name for one in list_statistics() for name in one.parameters} <= known
    assert len(section.tables[1].rows) > 30
    assert all(row[2].zh for row in section.tables[1].rows)


def test_shanxi_identifies_no_parameter_alone(shanxi) -> None:
    section = identify(shanxi, load_panel(shanxi).panel)

    assert "0 have data that speak of them alone" in section.lead.en  # its notes say which figures were never published
    verdicts = {row[0].en: row[2].en for row in section.tables[1].rows}
    assert "too little data: assumed" == verdicts["value of a promotion"]
    assert "only a combination" == verdicts["friction"]


def test_without_data_nothing_is_identified(toy) -> None:
    bare = replace(toy, items=(), progress=())

    section = identify(bare, Panel())

    assert all(row[1] == 0 for row in section.tables[0].rows)
    assert {"too little data: assumed", "no statistic speaks of it: assumed"} == {
        row[2].en for row in section.tables[1].rows
    }

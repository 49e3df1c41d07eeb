"""The assessment book: output split between cities, or counted twice, moves the contest and nothing else."""

from __future__ import annotations

import shutil

import pytest

from jinghe.compact import load_compact, load_panel
from jinghe.operation import credit_panel, score_period, settle_all
from jinghe.operation.books import say_credit
from jinghe.units import Period

YEAR = Period.of(2021)
A, B, C = "990100", "990200", "990300"
PARK = """
agreement: park-gdp
title: {zh: 园区产出分计（合成）, en: Park output credited (synthetic)}
status: in_force
book: assessment
parties: {origin: "990100", host: "990200"}
effective: {from: 2021-01-01, to: 2031-01-01, source: toy-agreement}
credit: {indicator: gdp, mode: MODE}
sources: {toy-agreement: {title: 园区产出分计约定（合成）, kind: synthetic}}
parameters:
  half: {unit: share, label: {zh: 计入比例, en: share}, values: [{value: "1/2", source: toy-agreement}]}
data: {output: {indicator: park_gdp, of: host, unit: 亿元, label: {zh: 园区产出, en: park output}}}
clauses:
  - {id: c1, block: share_fixed, text: 园区产出五五分计。, source: toy-agreement,
     with: {base: output, holder: host, shares: {origin: half}}}
rounding: [origin, host]
"""


@pytest.fixture
def credited(root, tmp_path):
    """The toy case with a park of 30 亿元 in City B, credited in a mode."""

    def make(mode):
        folder = tmp_path / mode
        shutil.copytree(root / "cases/toy", folder)
        (folder / "agreements/park-gdp.yaml").write_text(PARK.replace("MODE", mode), encoding="utf-8")
        file, table = folder / "compact.yaml", folder / "data/observations.csv"
        listed = file.read_text(encoding="utf-8").replace("agreements: [", "agreements: [agreements/park-gdp.yaml, ")
        file.write_text(listed, encoding="utf-8")
        row = f"{B},park_gdp,2021,30,亿元,2022-03-31,synthetic,toy,toy,\n"
        table.write_text(table.read_text(encoding="utf-8") + row, encoding="utf-8")
        compact = load_compact(folder)
        return compact, load_panel(compact).panel

    return make


@pytest.mark.parametrize(
    "mode, expected", [("situs", (400, 240, 120)), ("split", (415, 225, 120)), ("double_count", (415, 240, 120))]
)
def test_the_contest_scores_what_is_credited(credited, mode, expected):
    compact, panel = credited(mode)

    booked = credit_panel(compact, panel=panel, period=YEAR)

    assert expected == tuple(booked.find(code, "gdp", "2021").value for code in (A, B, C))
    assert 760 == booked.find("990000", "gdp", "2021").value  # the province's own figure is nobody's credit
    scores = score_period(compact, panel=panel, period=YEAR)
    heads = scores.raw[:, scores.leaves.index("gdp_per_head")]
    assert [x * 1e8 / people for x, people in zip(expected, (4e5, 3e5, 2e5), strict=True)] == pytest.approx(heads)


def test_what_is_counted_twice_is_said_on_the_statement(credited):
    compact, panel = credited("double_count")

    found = next(one for one in settle_all(compact, panel=panel, period=YEAR)[0] if one.agreement == "park-gdp")

    (note,) = [note for note in found.notes if "重复计入" in note.zh]
    assert "2021 地区生产总值各方计入合计 7750000 万元，其中重复计入 150000 万元（比公布合计虚增 1.97%）" in note.zh
    assert [15_0000_0000_00] == [line.amount.fen for line in found.lines]


def test_money_moves_no_figure_of_the_contest(toy):
    compact, panel = toy

    assert panel is credit_panel(compact, panel=panel, period=YEAR)
    assert () == say_credit(compact, panel=panel, settlement=settle_all(compact, panel=panel, period=YEAR)[0][0])


def test_a_period_that_cannot_be_settled_keeps_its_official_figures(credited):
    compact, panel = credited("split")

    found = credit_panel(compact, panel=panel, period=Period.of(2022))

    assert (420, 255) == tuple(found.find(code, "gdp", "2022").value for code in (A, B))  # no park figure for 2022
    assert 415 == found.find(A, "gdp", "2021").value

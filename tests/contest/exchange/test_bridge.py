import csv
from dataclasses import replace
from datetime import date

import pytest

from jinghe.contest import read_contest, score
from jinghe.contest.exchange.bridge import (
    make_framework,
    make_panel,
    make_region,
    make_rules,
    write_contest_workbook,
)
from jinghe.contest.exchange.coinr import read_coinr_tables, read_coinr_workbook
from jinghe.errors import DataError
from jinghe.units import Period

ASEM = [
    {"impute": {"method": "group_mean", "groups": ["EurAsia_group:Asia", "EurAsia_group:Europe"]}},
    {"screen": {"unit_coverage": 0.9}},
    {"treat": {}},
    {"normalise": {"to": [0, 100]}},
]


def run(framework, steps=()):
    panel = make_panel(framework, source="s", vintage=date(2022, 1, 1))
    contest = read_contest(make_rules(framework, steps=steps))
    return score(contest, panel=panel, items=(), region=make_region(framework), period=Period.of(framework.periods[0]))


def test_rules_carry_tree_weights_directions_units_and_division(framework):
    rules = make_rules(framework)

    assert rules["tree"] == {"whole": {"links": {"roads": None, "dust": None}, "work": {"jobs": None}}}
    assert rules["weights"] == {"roads": 2 / 3, "dust": 1 / 3, "jobs": 1, "links": 0.75, "work": 0.25}
    assert rules["indicators"]["dust"]["direction"] == "negative"
    assert rules["steps"][0] == {"denominate": {"roads": "people"}}
    assert rules["steps"][1]["normalise"]["goalposts"] == {"jobs": [0.0, 10.0]}
    assert read_contest(rules).faults == ()


def test_the_contest_read_from_tables_is_scored(framework):
    scores = run(framework)

    assert scores.codes == ("A", "NA", "C")
    # roads a head 5, 2.5, 1 → 100, 38.1, 1 of [1, 100]; jobs of goalposts 0–10
    assert scores.nodes["roads"] == pytest.approx([100, 1 + 99 * 0.375, 1])
    assert scores.nodes["jobs"] == pytest.approx([1 + 9.9, 1 + 29.7, 1 + 19.8])
    assert scores.nodes["links"][1] == pytest.approx(scores.nodes["roads"][1])  # dust is missing there
    assert make_region(framework).group("bank:north").codes(date(2021, 1, 1)) == ("A", "C")


def test_asem_through_our_workbook_equals_coinr(oracle, tmp_path):
    tables = read_coinr_tables(oracle / "ASEM_iData.csv", oracle / "ASEM_iMeta.csv")
    scores = run(tables, ASEM)
    write_contest_workbook(scores, tmp_path / "asem.xlsx", region=make_region(tables), lang="en")

    again = read_coinr_workbook(tmp_path / "asem.xlsx")

    with (oracle / "results_scores.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["uCode"]: float(row["Index"]) for row in csv.DictReader(file)}
    assert scores.total == pytest.approx([expected[code] for code in scores.codes], rel=1e-9)
    assert [row.figures for row in again.rows] == [row.figures for row in tables.rows]
    assert make_rules(again)["tree"] == make_rules(tables)["tree"]


def test_a_scored_contest_goes_out_and_comes_in_again(framework, tmp_path):
    scores, region = run(framework), make_region(framework)
    write_contest_workbook(scores, tmp_path / "c.xlsx", region=region, lang="zh")

    again = run(read_coinr_workbook(tmp_path / "c.xlsx"), [{"normalise": {"goalposts": {"jobs": [0, 10]}}}])

    assert again.total == pytest.approx(scores.total)
    assert {one.code: one.kind for one in make_framework(scores, region=region, lang="zh").entries} == {
        one.code: one.kind for one in framework.entries if one.kind != "Group"
    } | {"pool": "Group"}


def test_siblings_without_weights_weigh_the_same(framework):
    bare = replace(framework, entries=tuple(replace(one, weight=None) for one in framework.entries))

    assert make_rules(bare)["weights"] == {}
    assert run(bare).weights["links"] == 0.5


def test_a_period_that_cannot_be_read_is_told(framework):
    odd = replace(framework, rows=tuple(replace(row, period="the year") for row in framework.rows))

    with pytest.raises(DataError) as caught:
        make_panel(odd, source="s", vintage=date(2022, 1, 1))

    assert [p.code for p in caught.value.problems] == ["period-unreadable"]

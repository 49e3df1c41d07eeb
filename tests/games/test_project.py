from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jinghe.errors import DataError
from jinghe.games import Outcome, compare_rules, nucleolus, read_project
from jinghe.labels import Text
from jinghe.source import Source

TOY = Path(__file__).parents[2] / "cases" / "toy" / "projects" / "park.yaml"
TREE = YAML(typ="safe").load(TOY.read_text(encoding="utf-8"))


def changed(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in (deepcopy(TREE) | fields).items() if value is not None}


def faults(tree: Any, **how) -> list[tuple[str, str]]:
    with pytest.raises(DataError) as caught:
        read_project(tree, file="projects/park.yaml", **how)
    assert {"projects/park.yaml"} == {p.place.file for p in caught.value.problems}
    return [(p.code, p.place.path) for p in caught.value.problems]


def test_the_park_of_three_is_read_with_its_marks() -> None:
    project = read_project(TREE)

    assert ("toy-park-of-three", "illustrative", Text("百万元", "million CNY")) == (
        project.id,
        project.status,
        project.unit,
    )
    assert [60, 20, 120, 30, 110, 55, 180] == project.game.values[1:].tolist()
    assert {"A": "990100", "B": "990200", "C": "990300"} == project.codes
    assert {"values": "toy", "investment": "toy", "gdp": "toy", "draft": "toy"} == project.cited
    assert "illustrative and stands for no real project" in project.notes[0].en
    assert project.pay(Outcome("x", project.title, nucleolus(project.game))) is None


def test_it_is_compared_under_more_than_ten_rules_and_speaks_plainly() -> None:
    found = compare_rules(read_project(TREE))

    rows = {outcome.rule: (outcome, verdict) for outcome, verdict in found.rows}
    assert 17 == len(rows)
    assert "丙市若单独行动，可多得 8.4 百万元。" in rows["proportional:gdp"][1].text.zh
    assert pytest.approx((90, 45, 45)) == rows["nucleolus"][0].shares
    assert rows["draft"][1].is_stable
    assert all(verdict.is_balanced for _, verdict in rows.values())


def test_costs_become_savings_and_turn_back_into_payments() -> None:
    """G12: apartment costs; each pays its cost less its part of the savings."""
    table = {"A": 300, "B": 270, "C": 280, "A+B": 410, "A+C": 410, "B+C": 410, "A+B+C": 550}
    project = read_project(changed(values=None, costs={"source": "toy", "table": table}, proposals=None))

    rows = {outcome.rule: outcome for outcome, _ in compare_rules(project).rows}

    assert pytest.approx((191 + 2 / 3, 176 + 2 / 3, 181 + 2 / 3)) == project.pay(rows["shapley"])
    assert pytest.approx((550 / 3,) * 3) == project.pay(rows["nucleolus"])
    assert "costs" == project.as_dict()["kind"]


def test_amounts_in_another_unit_of_money_are_converted_and_others_refused() -> None:
    table = TREE["values"]["table"]
    same = read_project(changed(values={"source": "toy", "table": table | {"A": "0.6 亿元", "B+C": "5,500 万元"}}))

    assert (60, 55) == (same.game.worth("A"), same.game.worth("B", "C"))
    mixed = changed(values={"source": "toy", "table": table | {"A": "60 人", "B": "—"}})
    assert [("unit-mismatch", "values.table.A"), ("number-unreadable", "values.table.B")] == faults(mixed)


def test_unions_and_a_river_add_their_rules() -> None:
    found = compare_rules(read_project(changed(unions=[["A", "B"], ["C"]], river=["B", "A", "C"])))

    assert {"owen", "downstream-incremental"} <= {outcome.rule for outcome, _ in found.rows}


def test_sources_may_be_those_of_the_case() -> None:
    given = {"toy": Source("toy", "合成", "synthetic")}

    assert "合成" == read_project(changed(sources=None), sources=given).sources["toy"].title
    assert {("project-source", "values"), ("project-source", "weights.gdp")} <= set(faults(changed(sources=None)))


def test_faults_of_shape_are_all_named() -> None:
    assert [("project-field-missing", "")] == faults([])
    assert [
        ("project-field-missing", ""),
        ("project-field-unknown", "wieghts"),
        ("choice-unknown", "status"),
    ] == faults(changed(title=None, wieghts={}, status="sure"))
    assert [("project-worths", "values")] == faults(changed(values=None))
    assert [("project-worths", "values")] == faults(changed(costs=TREE["values"]))
    assert [
        ("project-field-misshapen", "weights.gdp"),
        ("project-field-misshapen", "unions"),
    ] == faults(changed(weights={"gdp": 5}, unions=["A"]))
    assert [("project-field-misshapen", "values.table")] == faults(changed(values={"source": "toy", "table": [1]}))
    assert [("project-field-misshapen", "parties")] == faults(changed(parties=["A", "B"]))


def test_faults_of_content_are_all_named() -> None:
    table = {key: value for key, value in TREE["values"]["table"].items() if key != "A+C"}
    assert [("game-coalition-missing", "game.table")] == faults(changed(values={"source": "toy", "table": table}))
    weights = {"gdp": {"source": "toy", "values": {"A": 1, "B": 2, "D": 3}}}
    assert [("game-party-unknown", "weights.gdp.D"), ("project-field-missing", "weights.gdp")] == faults(
        changed(weights=weights)
    )
    assert ("game-parties", "parties") in faults(changed(parties={"A": {"zh": "甲"}}, weights=None, proposals=None))
    many = {f"P{k}": {"zh": f"市{k}"} for k in range(21)}
    assert [("game-parties", "parties")] == faults(changed(parties=many, weights=None, proposals=None))
    assert [("text-empty", "title")] == faults(changed(title={"zh": ""}))


def test_a_project_and_its_comparison_are_json() -> None:
    project = read_project(TREE)
    tree, rows = project.as_dict(), compare_rules(project).as_dict()["rows"]

    assert {"id": "A", "code": "990100", "name": {"zh": "甲市", "en": "City A"}} == tree["parties"][0]
    assert {"zh": "示意", "en": "illustrative"} == tree["status_name"]
    assert {"of": ["A", "B", "C"], "value": 180.0} == tree["values"][-1]
    gdp = next(row for row in rows if row["rule"] == "proportional:gdp")
    assert [["C"], ["B", "C"]] == [one["parties"] for one in gdp["verdict"]["blocking"]]
    assert gdp["verdict"]["propensity"][2] is None
    assert not gdp["verdict"]["stable"]

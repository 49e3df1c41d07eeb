"""Scores as a part of the document."""

import math
from dataclasses import replace

import pytest

from jinghe.compact import load_compact, load_panel
from jinghe.contest import read_contest
from jinghe.operation import rank_period, score_period, study_period
from jinghe.report import document_scores
from jinghe.report.scores import document_places, plain_number
from jinghe.units import Period

YEAR = Period.of("2021")


def document_with(**steps):
    """The toy's scores under other aggregates."""
    compact = load_compact("toy")
    tree = compact.contest.tree
    rest = [step for step in tree["steps"] if "aggregate" not in step]
    compact = replace(
        compact, contest=read_contest({**tree, "rank": {"draws": 10}, "steps": [*rest, {"aggregate": steps}]})
    )
    panel = load_panel(compact).panel
    scores = score_period(compact, panel=panel, period=YEAR)
    study = study_period(compact, panel=panel, period=YEAR, seed=7)
    return document_scores(compact, scores=scores, ranking=rank_period(study, scores=scores, seed=7))


def test_without_a_study_of_the_figures_their_intervals_are_empty():
    first = document_with(default="arithmetic")["scores"][0]

    assert (None, None, None) == (first["figures"], first["both"], first["band"])


def test_intervals_by_figures_and_by_both_stand_beside_those_of_the_method(document):
    for row in document["scores"]:
        assert row["figures"]["low"] <= row["rank"] <= row["figures"]["high"]
        assert row["both"]["low"] <= row["rank"] <= row["both"]["high"]
        assert 1 <= row["band"] <= 3


@pytest.mark.parametrize("way", ["mazziotta_pareto", "topsis", "copeland", "benefit_of_doubt"])
def test_below_an_aggregate_without_parts_contributions_are_empty_and_a_note_says_why(way):
    part = document_with(default="arithmetic", growth=way)

    growth = part["scores"][0]["working"]["children"][0]
    assert [None, None] == [child["contribution"] for child in growth["children"]]
    assert growth["contribution"] is not None
    assert "没有按下级相加的分解" in growth["note"]["zh"]
    node = next(n for n in part["contest"]["nodes"] if n["id"] == "growth")
    assert way == node["aggregate"]
    assert node["way"]["en"]


def test_a_denominated_figure_is_shown_in_its_own_unit_and_treatments_are_named(document):
    indicators = {one["id"]: one for one in document["contest"]["indicators"]}

    assert "元/人" == indicators["gdp_per_head"]["unit"]["zh"]
    assert {"none"} == {one["treatment"] for one in indicators.values()}


def test_places_are_those_of_the_region():
    compact = load_compact("toy")

    found = document_places(compact, YEAR)

    assert {one.code for one in compact.region.jurisdictions} == {one["code"] for one in found["jurisdictions"]}


def test_what_is_undefined_is_null():
    assert plain_number(math.nan) is None
    assert 0.5 == plain_number(0.5)

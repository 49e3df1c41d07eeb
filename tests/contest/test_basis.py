"""Variants of a contest on figures that are measured once."""

from dataclasses import replace

import pytest

from jinghe.contest import JointItem, read_contest, score
from jinghe.contest.basis import check_scoring, make_rescores, measure_period
from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.units import Period

YEAR = Period.of(2021)
ROAD = JointItem("r", YEAR, "as_of", "A", ("B",), "", Text.of("r"), "", "", "completed", (("A", 3.0), ("B", 1.0)), "s")
TREE = {
    "indicators": {
        "gdp": {"label": "产出", "unit": "%", "direction": "positive"},
        "air": {"label": "空气", "unit": "%", "direction": "negative"},
        "joint": {"label": "共同事项", "direction": "positive", "measure": {"register": {"points": {"completed": 1}}}},
    },
    "tree": {"index": ["gdp", "air", "joint"]},
}


@pytest.fixture
def common(make_panel, make_region):
    panel = make_panel({"gdp": [4, 8, 6], "air": [1, 3, None]})
    return {"panel": panel, "items": (ROAD,), "region": make_region("ABC"), "period": YEAR}


def vary(**parts):
    return read_contest({**TREE, **parts})


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"weights": {"gdp": 0.7}},
        {"credit": {"rule": "contribution"}},
        {"steps": [{"normalise": {"default": "rank"}}]},
        {"steps": [{"denominate": {"gdp": "air"}}]},
        {"steps": [{"impute": {"method": "median"}}, {"normalise": {"base": [2021]}}]},
        {"steps": [{"impute": {"method": "latest"}}]},
        {"tree": {"index": {"one": ["gdp", "joint"], "two": ["air"]}}},
    ],
)
def test_a_variant_scores_as_it_would_alone(common, parts):
    """After others on the same figures, to the bit."""
    (rescore,) = make_rescores((lambda: common["panel"],), **{k: common[k] for k in ("items", "region", "period")})
    for other in (vary(), vary(weights={"air": 0.1}), vary(credit={"rule": "both", "count_share": 1})):
        rescore(other)

    alone, found = score(vary(**parts), **common).stages, rescore(vary(**parts))

    assert alone.total.tobytes() == found.total.tobytes()
    assert alone.raw.tobytes() == found.raw.tobytes()
    assert dict(alone.weights) == dict(found.weights)


def test_every_panel_has_figures_of_its_own(common, make_panel):
    other = make_panel({"gdp": [8, 4, 6], "air": [1, 3, None]})
    one, two = make_rescores(
        (lambda: common["panel"], lambda: other), **{k: common[k] for k in ("items", "region", "period")}
    )

    assert one(vary()).raw[:, 0].tolist() == [4, 8, 6]
    assert two(vary()).raw[:, 0].tolist() == [8, 4, 6]


def test_a_faulty_variant_is_told_on_every_panel(common):
    rescores = make_rescores((lambda: common["panel"],) * 2, **{k: common[k] for k in ("items", "region", "period")})

    for rescore in rescores:
        with pytest.raises(RuleError, match=r"weights sum to 1\.2"):
            rescore(vary(weights={"gdp": 0.9, "air": 0.3, "joint": 0}))


def test_a_level_without_contestants_cannot_be_scored(common):
    with pytest.raises(RuleError) as caught:
        check_scoring(replace(vary(), level="county"), region=common["region"], period=YEAR)

    assert {"contestants-missing"} == {p.code for p in caught.value.problems}


def test_a_basis_runs_under_any_weights(common):
    basis = measure_period(vary(), **common)

    assert basis.run(vary(weights={"gdp": 1, "air": 0, "joint": 0})).total.tolist() == [1, 100, 50.5]


def test_panels_are_made_when_they_are_measured_and_not_kept(common):
    made = []

    def make_panel():
        made.append(1)
        return common["panel"]

    (rescore,) = make_rescores((make_panel,), **{k: common[k] for k in ("items", "region", "period")})
    assert made == []

    for variant in (vary(), vary(weights={"gdp": 0.9}), vary(credit={"rule": "contribution"})):
        rescore(variant)
    assert len(made) == 2, "once for each way of measuring"

from dataclasses import replace

import pytest

from jinghe.contest.aggregate import Synthesis
from jinghe.contest.steps import Steps, Uncertainty, Weighing, read_steps, read_uncertainty
from jinghe.contest.treat import Outliers
from jinghe.errors import CompactError


def test_all_settings_are_read():
    steps, faults = read_steps(
        [
            {"screen": {"coverage": 0.65}},
            {"impute": {"method": "group_median", "groups": ["north"]}},
            {"normalise": {"default": "zscore", "to": [20, 100], "goalposts": {"rd": [0, 3]}}},
            {"aggregate": {"default": "arithmetic", "index": "geometric"}},
        ]
    )

    assert faults == ()
    assert steps == Steps(
        0.65,
        "group_median",
        ("north",),
        "zscore",
        (20.0, 100.0),
        {"rd": (0.0, 3.0)},
        "arithmetic",
        {"index": "geometric"},
    )


def test_the_settings_of_the_newer_steps_are_read():
    steps, faults = read_steps(
        [
            {"denominate": {"goods": "gdp"}},
            {"impute": {"method": "latest", "otherwise": "mean"}},
            {"screen": {"coverage": 0.6, "nonzero": 0.1, "unit_coverage": 0.9, "unit_nonzero": 0.2}},
            {"treat": {"winsor_max": 3, "skew": 1, "kurtosis": 3, "then": "boxcox", "power": 0.5}},
            {"normalise": {"methods": {"rd": "rank"}, "targets": {"rd": 2.5}, "reference": "A", "base": [2021, 2022]}},
            {"weigh": {"default": "entropy", "a": "given", "base": 2021, "judgements": {"a": [[1, 2], ["1/2", 1]]}}},
            {"aggregate": {"default": "grey", "levels": ["geometric", "topsis"], "power": 3, "distinguishing": 0.4,
                           "preference": [1, 9]}},
        ]
    )  # fmt: skip

    assert faults == ()
    assert steps.order == ("denominate", "impute", "screen", "treat")
    assert steps.denominators == {"goods": "gdp"}
    assert (steps.imputation, steps.otherwise) == ("latest", "mean")
    assert (steps.coverage, steps.nonzero, steps.unit_coverage, steps.unit_nonzero) == (0.6, 0.1, 0.9, 0.2)
    assert steps.outliers == Outliers(3, 1.0, 3.0, "boxcox", 0.5)
    assert (steps.normalisations, steps.targets) == ({"rd": "rank"}, {"rd": 2.5})
    assert (steps.reference, steps.base) == ("A", ("2021", "2022"))
    assert steps.weighing == Weighing("entropy", {"a": "given"}, {"a": ((1, 2), (0.5, 1))}, ("2021",))
    assert (steps.aggregation, steps.levels) == ("grey", ("geometric", "topsis"))
    assert steps.synthesis == Synthesis((1.0, 100.0), 3.0, 0.4, (1.0, 9.0))


def test_steps_that_are_not_listed_stand_where_they_do_nothing():
    assert read_steps(["impute", "screen"])[0].order == ("impute", "screen", "denominate", "treat")
    assert read_steps(["treat"])[0].order == ("screen", "denominate", "impute", "treat")
    assert read_steps([])[0].order == ("screen", "denominate", "impute", "treat")


def test_the_mean_of_a_node_is_its_own_else_that_of_its_level_else_that_of_all():
    steps = Steps(aggregation="copeland", levels=("geometric", "harmonic"), aggregations={"green": "topsis"})

    assert steps.mean("green", depth=2) == "topsis"
    assert [steps.mean("other", depth=depth) for depth in (1, 2, 3)] == ["geometric", "harmonic", "copeland"]


def test_an_indicator_is_scaled_as_said_for_it_else_by_its_goalposts_else_by_its_target():
    steps = Steps(normalisations={"a": "rank"}, goalposts={"a": (0, 1), "b": (0, 1)}, targets={"c": 5.0})

    assert [steps.scaling(leaf) for leaf in "abcd"] == ["rank", "goalposts", "target", "minmax"]
    efficacy = replace(steps, normalisation="efficacy")
    assert [efficacy.scaling(leaf) for leaf in "abcd"] == ["rank", "efficacy", "target", "efficacy"]
    assert (steps.ends, efficacy.ends) == ((1, 100), (60, 100))


def test_a_step_may_stand_by_its_name_alone():
    steps, faults = read_steps(["impute", "normalise"])

    assert (steps.imputation, steps.scale, faults) == ("group_median", (1, 100), ())


@pytest.mark.parametrize(
    "tree,expected",
    [
        ([{"screan": {}}], [("contest-choice", "contest.steps.screan")]),
        ([{"normalise": {"default": "min-max"}}], [("contest-choice", "contest.steps[normalise].default")]),
        ([{"aggregate": {"index": "median"}}], [("contest-choice", "contest.steps[aggregate].index")]),
        ([{"impute": {"method": "average"}}], [("contest-choice", "contest.steps[impute].method")]),
        ([{"screen": {"coverage": 65}}], [("contest-range", "contest.steps[screen].coverage")]),
        (
            [{"normalise": {"goalposts": {"rd": [3, 0], "air": 5}}}],
            [
                ("goalposts-reversed", "contest.steps[normalise].goalposts.rd"),
                ("contest-pair", "contest.steps[normalise].goalposts.air"),
            ],
        ),
        ([{"aggregate": {}}, {"screen": {}}], [("steps-order", "contest.steps")]),
        ([{"screen": {}}, {"screen": {}}], [("steps-order", "contest.steps")]),
        ([{"treat": {}}, {"denominate": {}}], [("steps-order", "contest.steps")]),
        ([{"weigh": {}}, {"normalise": {}}], [("steps-order", "contest.steps")]),
        ([{"normalise": {}}, {"treat": {}}], [("steps-order", "contest.steps")]),
        ([{"treat": {"then": "sqrt"}}], [("contest-choice", "contest.steps[treat].then")]),
        ([{"treat": {"winsor_max": "many"}}], [("contest-range", "contest.steps[treat].winsor_max")]),
        (
            [{"impute": {"method": "linear", "otherwise": "latest"}}],
            [("contest-choice", "contest.steps[impute].otherwise")],
        ),
        ([{"normalise": {"targets": {"rd": "high"}}}], [("contest-range", "contest.steps[normalise].targets.rd")]),
        ([{"normalise": {"base": "then"}}], [("period-unreadable", "contest.steps[normalise].base")]),
        ([{"weigh": {"index": "ahp"}}], [("contest-choice", "contest.steps[weigh].index")]),
        (
            [{"weigh": {"judgements": {"index": [[1, 2], [2, 1]]}}}],
            [("ahp-reciprocal", "contest.steps[weigh].judgements.index")],
        ),
        ([{"aggregate": {"levels": ["mean"]}}], [("contest-choice", "contest.steps[aggregate].levels")]),
        ([{"aggregate": {"preference": [9, 1]}}], [("goalposts-reversed", "contest.steps[aggregate].preference")]),
        (3, [("contest-mapping", "contest.steps")]),
    ],
)
def test_faults_of_steps_are_told(tree, expected):
    _, faults = read_steps(tree)

    assert [(p.code, p.place.path) for p in faults][: len(expected)] == expected


def test_a_faulty_step_leaves_the_others_standing():
    steps, faults = read_steps([{"screen": {"coverage": 2}}, {"normalise": {"to": [0, 10]}}])

    assert (steps.coverage, steps.scale, len(faults)) == (0, (0, 10), 1)


def test_the_uncertainty_is_read():
    found = read_uncertainty({"coverage": 0.8, "draws": 100, "concentration": 20, "normalisations": ["minmax", "rank"]})

    assert found == Uncertainty(0.8, 100, 20.0, ("minmax", "rank"))
    assert read_uncertainty({}) == Uncertainty()


@pytest.mark.parametrize(
    "tree",
    [
        {"draws": 0},
        {"normalisations": ["target"]},
        {"coverage": 1},
        {"concentration": 0},
        {"normalisations": ["goalposts"]},
        {"draw": 5},
    ],
)
def test_faults_of_the_uncertainty_are_told(tree):
    with pytest.raises(CompactError):
        read_uncertainty(tree)

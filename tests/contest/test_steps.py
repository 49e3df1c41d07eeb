import pytest

from jinghe.contest.steps import Steps, Uncertainty, read_steps, read_uncertainty
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


def test_a_step_may_stand_by_its_name_alone():
    steps, faults = read_steps(["impute", "normalise"])

    assert (steps.imputation, steps.scale, faults) == ("group_median", (1, 100), ())


@pytest.mark.parametrize(
    "tree,expected",
    [
        ([{"screan": {}}], [("contest-choice", "contest.steps.screan")]),
        ([{"normalise": {"default": "min-max"}}], [("contest-choice", "contest.steps[normalise].default")]),
        ([{"aggregate": {"index": "harmonic"}}], [("contest-choice", "contest.steps[aggregate].index")]),
        ([{"impute": {"method": "mean"}}], [("contest-choice", "contest.steps[impute].method")]),
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
    "tree", [{"draws": 0}, {"coverage": 1}, {"concentration": 0}, {"normalisations": ["goalposts"]}, {"draw": 5}]
)
def test_faults_of_the_uncertainty_are_told(tree):
    with pytest.raises(CompactError):
        read_uncertainty(tree)

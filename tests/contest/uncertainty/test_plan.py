from datetime import date

import pytest

from jinghe.contest.perturbation import Perturbation
from jinghe.contest.uncertainty.plan import apply_choices, check_plan, list_options, list_paths, set_value

ON = date(2021, 12, 31)
TREE = {
    "credit": {"rule": "equal"},
    "weights": {"growth": 0.6},
    "steps": [{"screen": {"coverage": 0.65}}, "impute", {"aggregate": {"default": "arithmetic"}}],
    "prizes": [{"id": "fund", "top": 3}],
}


def test_paths_lead_into_the_plan_and_not_to_prizes():
    assert list_paths(TREE) == [
        "contest.credit",
        "contest.credit.rule",
        "contest.weights",
        "contest.weights.growth",
        "contest.steps",
        "contest.steps[screen]",
        "contest.steps[screen].coverage",
        "contest.steps[impute]",
        "contest.steps[aggregate]",
        "contest.steps[aggregate].default",
    ]


@pytest.mark.parametrize(
    "path,found",
    [
        ("contest.credit.rule", {"credit": {"rule": 9}}),
        ("contest.credit.penalty", {"credit": {"rule": "equal", "penalty": 9}}),
        ("contest.steps[screen].coverage", {"steps": [{"screen": {"coverage": 9}}, *TREE["steps"][1:]]}),
        ("contest.steps[screen]", {"steps": [{"screen": 9}, *TREE["steps"][1:]]}),
        ("contest.steps[impute].method", {"steps": [TREE["steps"][0], {"impute": {"method": 9}}, TREE["steps"][2]]}),
        ("contest.prizes[fund].top", {"prizes": [{"id": "fund", "top": 9}]}),
    ],
)
def test_a_value_is_put_where_its_path_leads(path, found):
    assert set_value(TREE, path, 9) == TREE | found


@pytest.mark.parametrize(
    "path",
    [
        "contest.steps[treat].winsor_max",
        "contest.steps[treat]",
        "contest.steps.screen",
        "contest.credits.rule",
        "contest.credit.rule.name",
        "contest.credit[rule]",
        "contest",
        "credit.rule",
        "simulate.seed",
        "contest.steps[",
        "",
    ],
)
def test_a_path_that_leads_nowhere_is_none(path):
    assert set_value(TREE, path, 9) is None


def test_choices_make_another_contest_and_leave_the_first_alone(varied):
    contest = varied()
    rank = Perturbation("contest.steps[normalise].default", choices=("minmax", "rank"))
    weights = Perturbation("contest.weights", choices=({"growth": 0.5, "green": 0.5}, {"growth": 0.1, "green": 0.9}))

    found = apply_choices(contest, [(rank, 1), (weights, 1)])

    assert (found.steps.normalisation, found.weights["growth"][0][1]) == ("rank", 0.1)
    assert contest.steps.normalisation == "minmax"


def test_a_multiple_imputation_is_one_draw_of_the_chain(varied):
    contest = varied(steps=[{"impute": {"method": "multiple", "seed": 5}}])
    one = Perturbation("contest.steps[impute]", imputations=3)

    assert list_options(one) == (0, 1, 2)
    assert [apply_choices(contest, [(one, k)]).steps.seed for k in list_options(one)] == [5, 6, 7]
    assert apply_choices(contest, [(one, 2)]).steps.draws == 1


@pytest.mark.parametrize(
    "entry,code,value",
    [
        ({"path": "contest.steps[normalize].default", "choices": ["rank", "minmax"]}, "perturbation-path",
         ("nearest", "contest.steps[normalise].default")),
        ({"path": "contest.steps[weigh].default", "choices": ["equal", "entropy"]}, "perturbation-path",
         ("found", "contest.steps[weigh].default")),
        ({"path": "contest.steps[impute]", "imputations": 5}, "perturbation-path",
         ("found", "contest.steps[impute].method = multiple")),
        ({"path": "contest.prizes", "choices": [1, 2]}, "perturbation-path", ("found", "contest.prizes")),
        ({"path": "contest.steps[normalise].default", "choices": ["rank", "minmaxx"]}, "contest-choice",
         ("nearest", "minmax")),
        ({"path": "contest.weights.growth", "choices": [0.6, 0.7]}, "weights-sum", ("missing", "-0.1")),
        ({"path": "contest.steps[treat].winsor_max", "choices": [1, "1"]}, "perturbation-choice", ("found", "1")),
        ({"path": "contest.weights", "within": 0.2, "under": ["grwth"]}, "node-unknown", ("nearest", "growth")),
        ({"path": "contest.weights", "within": 0.2, "under": ["green"]}, "perturbation-choice", ("found", "green")),
    ],
)  # fmt: skip
def test_what_the_plan_does_not_have_cannot_vary(varied, entry, code, value):
    [fault] = check_plan(varied(entry), on=ON)

    assert fault.code == code
    assert value in fault.values


def test_a_sound_plan_has_no_faults(varied):
    contest = varied(
        {"path": "contest.weights", "dirichlet": 50},
        {"path": "contest.steps[normalise].default", "choices": ["minmax", "zscore"]},
        {"path": "contest.steps[normalise].to", "choices": [[1, 100], [10, 20]]},
        {"path": "contest.steps[aggregate].growth", "choices": ["arithmetic", "geometric"]},
        {"path": "contest.steps[screen].coverage", "choices": [0.5, 0.9]},
    )

    assert check_plan(contest, on=ON) == []

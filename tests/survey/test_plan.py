"""A plan of analysis."""

from __future__ import annotations

import pytest

from jinghe.compact import read_tree
from jinghe.errors import DataError
from jinghe.survey import check_plan, read_plan

PLAN = {
    "title": {"zh": "题", "en": "Title"},
    "k": 5,
    "cuts": ["unit"],
    "weights": {"margins": {"unit": {"a": 1, "b": 1, "c": 1}}, "assumed": True},
    "compare": [{"title": "C", "outcomes": ["t1", "trust_score"], "by": "unit", "test": "student", "bound": 0.3}],
    "within": [{"title": "W", "items": ["t1", "t2"], "posthoc": "pooled"}],
}


def test_a_plan_is_read_with_its_defaults(small):
    plan = read_plan(PLAN)

    assert check_plan(plan, small) == []
    assert (plan.between[0].adjustment, plan.within[0].correction, plan.trim) == ("holm", "gg", None)
    assert plan.frame.assumed


def test_the_plan_of_the_case_fits_its_questionnaire(case, case_folder):
    plan = read_plan(read_tree(case_folder / "survey.yaml"))

    assert plan == case.plan
    assert plan.synthetic
    assert check_plan(plan, case.instrument) == []


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"k": 3}, "survey-k-small", "k"),
        ({"k": "ten"}, "survey-plan-number", "k"),
        ({"cuts": "unit"}, "survey-shape", "cuts"),
        ({"cuts": [["a", "b", "c"]]}, "survey-cut-size", "cuts[0]"),
        ({"cut": []}, "survey-key-unknown", "cut"),
        ({"compare": ["t1"]}, "survey-shape", "compare[0]"),
        ({"compare": [{"title": "C", "test": "anova"}]}, "choice-unknown", "compare[0].test"),
        ({"compare": [{}]}, "text-empty", "compare[0].title"),
        ({"within": [{"title": "W", "posthoc": "lsd"}]}, "choice-unknown", "within[0].posthoc"),
        ({"weights": {"margins": {}}}, "survey-key-missing", "weights.margins"),
    ],
)
def test_a_fault_stands_at_its_path(change, code, path):
    with pytest.raises(DataError) as found:
        read_plan(PLAN | change)

    assert (code, path) in [(item.code, item.place.path) for item in found.value.problems]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"cuts": ["t1"]}, "cuts[0]"),
        ({"compare": [{"title": "C", "outcomes": ["met"], "by": "unit"}]}, "compare[0].outcomes"),
        ({"compare": [{"title": "C", "outcomes": [], "by": "t1"}]}, "compare[0].by"),
        ({"within": [{"title": "W", "items": ["trust_score", "t1"]}]}, "within[0].items"),
    ],
)
def test_a_plan_that_does_not_fit_the_questionnaire_says_where(small, change, path):
    found = check_plan(read_plan(PLAN | change), small)

    assert path in [item.place.path for item in found]
    assert {item.code for item in found} == {"survey-item-unknown"}

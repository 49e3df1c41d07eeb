"""Choices of a contest in words."""

import pytest

from jinghe.compact import load_compact
from jinghe.contest import Perturbation
from jinghe.contest.aggregate import AGGREGATIONS
from jinghe.contest.credit_rule import RULES
from jinghe.contest.normalise import NORMALISATIONS
from jinghe.report.choices import OPTIONS, name_option, name_path, tell_choice


@pytest.fixture(scope="module")
def contest():
    return load_compact("toy").contest


@pytest.mark.parametrize(
    "path, zh, en",
    [
        ("contest.weights", "权重", "weights"),
        ("contest.weights (growth, green)", "权重（增长、绿色）", "weights (Growth, Green)"),
        ("contest.weights.growth", "权重（增长）", "weights (Growth)"),
        ("contest.steps[normalise].default", "无量纲化方法", "normalisation method"),
        ("contest.steps[aggregate].index", "合成（综合指数）", "aggregation (Overall index)"),
        ("contest.credit", "分计", "credit"),
        ("contest.credit.rule", "分计规则", "credit rule"),
        (
            "contest.indicators.joint_items.measure.register.window",
            "“共同事项”的计入期间",
            "window of “Joint items”",
        ),
        ("contest.figures", "数据误差", "errors of the figures"),
        ("odd", "odd", "odd"),
    ],
)
def test_a_path_is_named_as_people_name_it(contest, path, zh, en):
    found = name_path(contest, path)

    assert (zh, en) == (found.zh, found.en)


@pytest.mark.parametrize(
    "path, option, en",
    [
        ("contest.steps[normalise].default", "rank", "ranks"),
        ("contest.credit", {"rule": "lead", "lead_share": 0.6}, "lead and partners, share of the lead 0.6"),
        ("contest.steps[treat].winsor_max", 3, "3"),
        ("contest.steps[normalise]", {"default": "minmax", "to": [1, 100]}, "min–max, ends of the scale [1, 100]"),
        ("contest.weights", Perturbation("contest.weights", within=0.25), "within ±25%"),
    ],
)
def test_an_option_is_said_in_words(path, option, en):
    assert en == name_option(path, option).en


def test_a_perturbation_says_how_it_varies():
    assert "2 imputations" == tell_choice(Perturbation("contest.steps[impute]", imputations=2)).en
    assert (
        "equal shares / by contribution"
        == tell_choice(Perturbation("contest.credit.rule", choices=("equal", "contribution"))).en
    )


def test_every_method_of_the_contest_has_its_words():
    assert set() == {*NORMALISATIONS, *AGGREGATIONS, *RULES} - set(OPTIONS)

from datetime import date

import pytest

from jinghe.contest.check import check_contest, check_inputs
from jinghe.contest.contest import read_contest

TREE = {"index": {"growth": ["gdp", "rd"], "green": ["air"]}}


@pytest.fixture
def check(make_contest, make_region):
    def run(tree=TREE, indicators=None, **parts):
        found = check_contest(
            make_contest(tree, indicators, **parts), region=make_region(north="AB"), on=date(2021, 1, 1)
        )
        return [(p.code, p.place.path) for p in found]

    return run


def test_a_sound_contest_has_no_faults(check):
    assert check(weights={"growth": {"2020-01-01": 0.6}, "green": {"2020-01-01": 0.4}}) == []


def test_weights_that_do_not_sum_to_one_are_told(make_contest, make_region):
    contest = make_contest(TREE, weights={"growth": 0.5, "green": 0.45})

    [found] = check_contest(contest, region=make_region(), on=date(2021, 1, 1))

    assert found.text("en") == (
        "contest.weights: the weights sum to 0.95. They must sum to 1 (within 1e-9). Change the weights by 0.05 in all."
    )
    assert found.text("zh") == (
        "contest.weights：权重之和为 0.95。权重之和必须等于 1（误差不超过 1e-9）。请调整各项权重，合计还须变动 0.05。"
    )


def test_later_weights_are_checked_too(check):
    dated = {"2021-01-01": 0.6, "2023-01-01": 0.5}

    assert check(weights={"growth": dated, "green": 0.4}) == [("weights-sum", "contest.weights")]


def test_weights_of_the_past_are_let_be(check):
    assert check(weights={"growth": {"2019-01-01": 0.9, "2020-01-01": 0.6}, "green": 0.4}) == []


def test_weights_not_yet_in_force_are_told(check):
    assert check(weights={"growth": {"2022-01-01": 0.6}, "green": 0.4}) == [
        ("weight-not-in-force", "contest.weights.growth")
    ]


def test_an_unreadable_weight_is_told_once(check):
    assert check(weights={"growth": "much", "green": 0.4}) == [("share-unreadable", "contest.weights.growth")]


@pytest.mark.parametrize(
    "parts,expected",
    [
        ({"weights": {"grwoth": 0.5}}, [("node-unknown", "contest.weights.grwoth")]),
        ({"weights": {"index": 1}}, [("node-unknown", "contest.weights.index")]),
        ({"indicators": {"jobs": {"unit": "人"}}}, [("indicator-unused", "contest.indicators.jobs")]),
        (
            {"steps": [{"normalise": {"goalposts": {"rdd": [0, 3]}}}]},
            [("indicator-unknown", "contest.steps[normalise].goalposts.rdd")],
        ),
        (
            {"steps": [{"normalise": {"default": "goalposts", "goalposts": {"rd": [0, 3], "air": [0, 1]}}}]},
            [("goalposts-missing", "contest.steps[normalise].goalposts")],
        ),
        (
            {"steps": [{"normalise": {"goalposts": {"rd": [3, 0]}}}]},
            [("goalposts-reversed", "contest.steps[normalise].goalposts.rd")],
        ),
        ({"steps": [{"aggregate": {"gdp": "geometric"}}]}, [("node-unknown", "contest.steps[aggregate].gdp")]),
        (
            {"steps": [{"normalise": {"to": [0, 100]}}, {"aggregate": {"index": "geometric"}}]},
            [("geometric-positive", "contest.steps[normalise].to")],
        ),
        ({"steps": [{"impute": {"groups": ["nroth"]}}]}, [("group-unknown", "contest.steps[impute].groups")]),
        ({"steps": [{"trim": {}}]}, [("contest-choice", "contest.steps.trim")]),
        ({"steps": [{"denominate": {"gdpp": "pop"}}]}, [("indicator-unknown", "contest.steps[denominate].gdpp")]),
        (
            {"steps": [{"normalise": {"methods": {"rd": "target"}}}]},
            [("target-missing", "contest.steps[normalise].targets")],
        ),
        (
            {"steps": [{"normalise": {"methods": {"rd": "reference"}}}]},
            [("reference-missing", "contest.steps[normalise].reference")],
        ),
        (
            {"steps": [{"normalise": {"reference": "Z"}}]},
            [("jurisdiction-unknown", "contest.steps[normalise].reference")],
        ),
        (
            {"steps": [{"normalise": {"methods": {"rd": "rank"}, "base": 2020}}]},
            [("base-unfit", "contest.steps[normalise].base")],
        ),
        (
            {"steps": [{"normalise": {"to": [0, 100]}}, {"aggregate": {"green": "mazziotta_pareto"}}]},
            [("geometric-positive", "contest.steps[normalise].to")],
        ),
        (
            {"steps": [{"normalise": {"default": "zscore_open"}}, {"aggregate": {"index": "harmonic"}}]},
            [("scale-open", "contest.steps[normalise]")],
        ),
        ({"steps": [{"aggregate": {"levels": ["topsis"] * 3}}]}, [("levels-many", "contest.steps[aggregate].levels")]),
        ({"steps": [{"weigh": {"gdp": "entropy"}}]}, [("node-unknown", "contest.steps[weigh].gdp")]),
        (
            {"steps": [{"weigh": {"growth": "entropy"}}], "weights": {"gdp": 0.4, "rd": 0.6}},
            [("weight-twice", "contest.steps[weigh].growth")],
        ),
        (
            {"steps": [{"weigh": {"judgements": {"growth": [[1, 2], ["1/2", 1]]}}}], "weights": {"gdp": 0.4}},
            [("weight-twice", "contest.steps[weigh].growth")],
        ),
        (
            {"steps": [{"weigh": {"default": "critic", "growth": "given"}}], "weights": {"gdp": 0.4, "growth": 0.5}},
            [("weight-twice", "contest.steps[weigh].index")],
        ),
        (
            {"steps": [{"weigh": {"judgements": {"growth": [[1]]}}}]},
            [("weight-missing", "contest.weights"), ("ahp-size", "contest.steps[weigh].judgements.growth")],
        ),
        (
            {"steps": [{"normalise": {"to": [-10, 100]}}, {"weigh": {"green": "entropy"}}]},
            [("weight-negative", "contest.steps[weigh].green")],
        ),
        ({"level": "county"}, [("contestants-missing", "contest.level")]),
        (
            {"credit": {"rule": "negotiated", "schedule": {"road": {"A": 0.5, "Z": 0.5}}}},
            [("jurisdiction-unknown", "contest.credit")],
        ),
        ({"credit": {"rule": "shapely"}}, [("contest-choice", "contest.credit.rule")]),
        ({"prizes": [{"id": "f", "kind": "special_fund", "top": 3}]}, [("prize-budget", "contest.prizes[f]")]),
    ],
)
def test_each_fault_is_told(check, parts, expected):
    assert check(**parts) == expected


def test_inconsistent_judgements_are_a_warning(make_contest, make_region):
    judgements = {"index": [[1, 9, "1/9"], ["1/9", 1, 9], [9, "1/9", 1]]}
    contest = make_contest({"index": ["gdp", "rd", "air"]}, steps=[{"weigh": {"judgements": judgements}}])

    [found] = check_contest(contest, region=make_region(), on=date(2021, 1, 1))

    assert (found.code, found.level) == ("ahp-inconsistent", "warning")
    assert found.text("en").startswith("contest.steps[weigh].judgements.index: the judgements of “index” have a cons")


def test_an_indicator_in_the_tree_must_be_defined(make_region):
    contest = read_contest({"indicators": {"gdp": {}, "rd": {}}, "tree": {"index": ["gdpp", "rd"]}})

    found = check_contest(contest, region=make_region(), on=date(2021, 1, 1))

    assert [p.code for p in found] == ["indicator-unknown", "indicator-unused"]
    assert found[0].text("en") == (
        "contest.tree: the indicator “gdpp” is not defined. Defined are gdp, rd. "
        "The nearest is “gdp”; correct it or define it."
    )


def test_a_series_behind_a_ratio_counts_as_used(check):
    ratio = {"measure": {"ratio": {"of": "output", "over": "pop"}}}

    assert check(indicators={"gdp": ratio, "output": {"unit": "亿元"}}) == []


@pytest.mark.parametrize(
    "parts,expected",
    [
        (
            {"steps": [{"normalise": {"base": 2020}}], "rank": {"normalisations": ["minmax", "rank"]}},
            [("base-unfit", "contest.rank.normalisations")],  # the first indicator stands for all
        ),
        (
            {
                "steps": [{"normalise": {}}, {"aggregate": {}}],
                "uncertainty": [
                    {"path": "contest.steps[normalise].to", "choices": [[0, 100], [1, 100]]},
                    {"path": "contest.steps[aggregate].default", "choices": ["arithmetic", "geometric"]},
                ],
            },
            [("geometric-positive", "contest.uncertainty")],
        ),
        (
            {
                "steps": [{"normalise": {"to": [0, 100]}}, {"aggregate": {}}],
                "uncertainty": [
                    {"path": "contest.steps[normalise].to", "choices": [[2, 100], [1, 100]]},
                    {"path": "contest.steps[aggregate].default", "choices": ["arithmetic", "geometric"]},
                ],
            },
            [],
        ),
    ],
)
def test_what_does_not_stand_in_some_draw_is_told_beforehand(check, parts, expected):
    assert list(dict.fromkeys(check(**parts))) == expected


def test_all_faults_are_told_at_once(check):
    found = check(
        indicators={"jobs": {"unit": "人"}, "gdp": {"direction": "up"}},
        weights={"growth": 0.5, "green": 0.4, "water": 0.1},
        steps=[{"normalise": {"to": [0, 100]}}, {"aggregate": {"default": "geometric"}}, {"rank": {}}],
    )

    assert [code for code, _ in found] == [
        "contest-choice", "contest-choice", "indicator-unused", "node-unknown", "weights-sum", "geometric-positive"
    ]  # fmt: skip


def test_what_the_rules_name_and_the_data_lack_is_a_warning_each(make_contest, make_panel, make_item):
    contest = make_contest(
        TREE,
        steps=[{"denominate": {"gdp": "peple"}}],
        identities=[{"ratio": "rd", "of": "gdp", "over": "peopel"}],
        flags={"targets": {"gdp": "gdp_target"}, "checks": [{"figure": "gdp", "beside": "power"}]},
        credit={"rule": "negotiated", "schedule": {"raod": {"A": 0.5, "B": 0.5}}},
    )
    panel = make_panel({"gdp": [1], "rd": [1], "air": [1], "people": [1]})

    found = check_inputs(contest, panel=panel, items=[make_item("road", "A", "B")])

    assert {(p.code, p.place.path, dict(p.values)["found"]) for p in found} == {
        ("series-missing", "contest.flags.checks", "power"),
        ("series-missing", "contest.flags.targets", "gdp_target"),
        ("series-missing", "contest.identities", "peopel"),
        ("series-missing", "contest.indicators", "peple"),
        ("item-missing", "contest.credit", "raod"),
    }
    assert {p.level for p in found} == {"warning"}


def test_without_a_tree_only_that_is_told(make_region):
    contest = read_contest({"indicators": {"gdp": {}}, "tree": {"a": ["gdp"], "b": ["rd"]}})

    assert [p.code for p in check_contest(contest, region=make_region(), on=date(2021, 1, 1))] == ["tree-root"]

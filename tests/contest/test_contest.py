from datetime import date

import pytest

from jinghe.contest.contest import read_contest
from jinghe.contest.indicator import Node
from jinghe.labels import Text

TREE = {"index": {"growth": ["gdp", "pc"], "green": ["air"]}}
RATIO = {"unit": "元/人", "measure": {"ratio": {"of": "gdp", "over": "pop", "over_period": 2020}}}


def test_a_contest_is_read_whole(make_contest):
    contest = make_contest(
        TREE,
        {"pc": RATIO},
        weights={"growth": {"2021-01-01": 0.6, "2023-01-01": 0.5}},
        steps=[
            {"screen": {"coverage": 0.65}},
            {"normalise": {"goalposts": {"air": [0, 5]}}},
            {"aggregate": {"index": "geometric"}},
        ],
        credit={"rule": "contribution"},
        rank={"draws": 10},
        prizes=[{"id": "fund", "kind": "special_fund", "amount": "20000000 CNY", "rule": "top", "top": 3}],
    )

    assert contest.faults == ()
    assert [node.id for node in contest.branches] == ["index", "growth", "green"]
    assert contest.change_dates() == (date(2021, 1, 1), date(2023, 1, 1))
    assert contest.weight("growth", date(2022, 12, 31)) == 0.6
    assert contest.weights_on(date(2023, 1, 1)) == {
        "index": 1, "growth": 0.5, "green": 0.5, "gdp": 0.5, "pc": 0.5, "air": 1
    }  # fmt: skip
    assert contest.units == {"gdp": "%", "air": "%"}
    assert contest.series == (("gdp", None), ("pop", "2020"), ("air", None))
    assert (contest.scaling("air"), contest.scaling("gdp")) == ("goalposts", "minmax")
    assert (contest.aggregation("index"), contest.aggregation("green")) == ("geometric", "arithmetic")
    assert (contest.credit.kind, contest.screen_coverage, contest.uncertainty.draws) == ("contribution", 0.65, 10)


def test_nodes_have_names_in_both_languages(make_contest):
    contest = make_contest(
        TREE,
        {"gdp": {"label": {"zh": "产出", "en": "Output"}}},
        labels={"green": "Green", "index": {"zh": "综合指数", "en": "Overall index"}},
    )

    assert contest.label("gdp") == Text("产出", "Output")
    assert contest.label("green") == Text("Green", "Green")
    assert contest.label("index") == Text("综合指数", "Overall index")


def test_a_node_without_a_name_shows_its_id(make_contest):
    assert make_contest(TREE).label("green") == Text("green", "green")


def test_faults_are_kept_and_the_rest_is_read():
    contest = read_contest(
        {
            "indicators": {"gdp": {"direction": "up"}, "air": {"unit": "%"}},
            "tree": {"index": ["gdp", "air"]},
            "weights": {"gdp": 2},
            "credit": {"rule": "shapely"},
            "rank": {"draws": "many"},
            "prizes": [{"id": "fund", "kind": "special_fund", "top": 3}],
            "stpes": [],
        }
    )

    assert [(p.code, p.place.path) for p in contest.faults] == [
        ("contest-choice", "contest.stpes"),
        ("contest-choice", "contest.indicators.gdp.direction"),
        ("share-range", "contest.weights.gdp"),
        ("prize-budget", "contest.prizes[fund]"),
        ("contest-choice", "contest.credit.rule"),
        ("contest-range", "contest.rank.draws"),
    ]
    assert contest.root == Node("index", (Node("gdp"), Node("air")))
    assert [item.id for item in contest.indicators] == ["gdp", "air"]


def test_what_is_no_contest_is_told():
    assert [p.code for p in read_contest([]).faults] == ["contest-mapping"]
    assert [p.code for p in read_contest({}).faults] == ["contest-key-missing", "contest-key-missing"]


@pytest.mark.parametrize("odd", [3, "x", [1], [[]], True, date(2021, 1, 1)])
def test_odd_yaml_never_ends_in_a_traceback(odd):
    sound = {"indicators": {"x": {}}, "tree": {"index": ["x"]}}
    parts = ("indicators", "tree", "labels", "weights", "steps", "credit", "rank", "prizes")
    deep = [
        {"tree": {"index": odd}},
        {"weights": {"x": odd}},
        {"labels": {"index": odd}},
        {"rank": {"normalisations": odd}},
        *({"indicators": {"x": {key: odd}}} for key in ("label", "unit", "direction", "period", "measure")),
        *({"indicators": {"x": {"measure": {kind: odd}}}} for kind in ("ratio", "register", "convergence")),
        {"indicators": {"x": {"measure": {"register": {"points": odd, "window": odd}}}}},
        *({"steps": [{name: odd}]} for name in ("screen", "impute", "normalise", "aggregate")),
        *({"steps": [{"normalise": {key: odd}}]} for key in ("default", "to", "goalposts")),
        {"prizes": [{"id": odd, "kind": odd, "top": odd, "amount": odd, "label": odd}]},
    ]

    for change in [{part: odd} for part in parts] + deep:
        contest = read_contest(sound | change)
        texts = [p.text(lang) for p in contest.faults for lang in ("zh", "en")]
        assert all(texts)

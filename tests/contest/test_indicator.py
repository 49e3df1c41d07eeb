import pytest

from jinghe.contest.indicator import Convergence, Identity, Node, Ratio, read_identity, read_indicator, read_tree
from jinghe.errors import CompactError
from jinghe.labels import Text


def faults(error: pytest.ExceptionInfo[CompactError]) -> list[tuple[str, str]]:
    return [(p.code, p.place.path) for p in error.value.problems]


def test_a_plain_indicator_reads_its_own_series():
    found = read_indicator("air", {"label": {"zh": "空气", "en": "Air"}, "unit": "%", "direction": "negative"})

    assert (found.label, found.direction, found.series) == (Text("空气", "Air"), -1, (("air", None),))


def test_its_own_period_stands_for_the_scored_one():
    assert read_indicator("air", {"period": "2021-01..2021-08"}).series == (("air", "2021-01..2021-08"),)


def test_units_are_named_in_both_languages():
    assert read_indicator("gdp", {"unit": "亿元"}).unit == Text("亿元", "100m CNY")


def test_a_ratio_reads_two_series():
    found = read_indicator(
        "pc", {"measure": {"ratio": {"of": "gdp", "over": "pop", "over_period": 2020, "factor": 1e8}}}
    )

    assert found.measure == Ratio("gdp", "pop", "2020", 1e8)
    assert found.series == (("gdp", None), ("pop", "2020"))


def test_convergence_reads_three_series():
    found = read_indicator("c", {"measure": {"convergence": {"level": "gdp", "growth": "g", "over": "pop"}}})

    assert found.measure == Convergence("gdp", "g", "pop")
    assert found.series == (("gdp", None), ("g", None), ("pop", None))


def test_a_register_reads_window_and_points():
    found = read_indicator("j", {"measure": {"register": {"window": "2020-01..2025-12", "points": {"started": 0.5}}}})

    assert found.measure.points == {"started": 0.5}
    assert found.measure.window.months == 72
    assert found.series == ()


@pytest.mark.parametrize(
    "tree,expected",
    [
        ({"direction": "up"}, [("contest-choice", "contest.indicators.x.direction")]),
        ({"lable": "X"}, [("contest-choice", "contest.indicators.x.lable")]),
        ({"period": "20-21"}, [("period-unreadable", "contest.indicators.x.period")]),
        ({"measure": {"ratios": {}}}, [("contest-choice", "contest.indicators.x.measure.ratios")]),
        ({"measure": {}}, [("contest-mapping", "contest.indicators.x.measure")]),
        ({"measure": {"ratio": {"of": "gdp"}}}, [("contest-key-missing", "contest.indicators.x.measure.ratio")]),
        (
            {"measure": {"register": {"points": {"done": 1}}}},
            [("contest-choice", "contest.indicators.x.measure.register.points.done")],
        ),
        ("gdp", [("contest-mapping", "contest.indicators.x")]),
    ],
)
def test_faults_of_an_indicator_are_told(tree, expected):
    with pytest.raises(CompactError) as error:
        read_indicator("x", tree)

    assert faults(error) == expected


def test_a_tree_has_any_depth():
    root = read_tree({"index": {"growth": ["gdp", "rd"], "green": {"air": ["pm25"], "water": "index_w"}, "jobs": None}})

    assert root.leaves == ("gdp", "rd", "pm25", "index_w", "jobs")
    assert [node.id for node in root.walk() if node.children] == ["index", "growth", "green", "air", "water"]


def test_branches_may_stand_in_a_list():
    root = read_tree({"index": ["gdp", {"green": ["air"]}]})

    assert root == Node("index", (Node("gdp"), Node("green", (Node("air"),))))


@pytest.mark.parametrize(
    "tree,code",
    [
        ({"a": ["x"], "b": ["y"]}, "tree-root"),
        ({}, "tree-root"),
        (["x"], "tree-root"),
        ({"index": None}, "tree-shape"),
        ({"index": {"a": 3}}, "tree-shape"),
        ({"index": {"a": ["x"], "b": ["x"]}}, "node-duplicate"),
    ],
)
def test_faults_of_a_tree_are_told(tree, code):
    with pytest.raises(CompactError) as error:
        read_tree(tree)

    assert faults(error) == [(code, "contest.tree")]


def test_an_identity_names_a_ratio_and_its_parts():
    tree = {"ratio": "rd_intensity", "of": "rd_expenditure", "over": "gdp"}

    assert read_identity(tree) == Identity("rd_intensity", "rd_expenditure", "gdp")
    with pytest.raises(CompactError) as caught:
        read_identity({"ratio": "rd_intensity", "under": "gdp"})
    assert {p.code for p in caught.value.problems} == {"contest-choice", "contest-key-missing"}

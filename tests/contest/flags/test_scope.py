from datetime import date

import numpy as np

from jinghe.contest.flags import find_factor, find_history, is_amount
from jinghe.panel import Panel
from jinghe.units import Period


def test_the_history_holds_periods_of_the_same_kind(make_figure):
    names = ("2019", "2021", "2020", "2022", "2021H1", "2020H1", "2021Q1", "someday")
    panel = Panel(tuple(make_figure("A", "x", 1, period=name) for name in names))

    assert find_history(panel, Period.of(2021)) == ("2019", "2020", "2021")
    assert find_history(panel, Period.of("2021H1")) == ("2020H1", "2021H1")


def test_the_tail_has_no_gap(scope, row):
    assert scope(row("x", ["1"] * 11), periods=("2015", "2019", "2020", "2021")).tail == ("2019", "2020", "2021")
    assert scope(periods=()).tail == ()


def test_a_table_is_in_one_unit_and_shows_gaps(scope, make_figure):
    found = scope(
        [
            make_figure("A", "x", 2, unit="亿元", period="2020"),
            make_figure("B", "x", 30000, unit="万元"),
            make_figure("A", "x", 5, unit="人"),
        ],
        codes="AB",
        periods=("2020", "2021"),
    ).table("x", ("2020", "2021"))

    assert found[:, 0].tolist()[0] == 2
    assert found[1, 1] == 3
    assert np.isnan(found[0, 1])
    assert np.isnan(found[1, 0])


def test_units_of_money_and_persons_are_amounts():
    assert is_amount("亿元")
    assert is_amount("万人")
    assert not is_amount("%")
    assert find_factor("亿元", "%") == 0


def test_indicators_are_those_of_the_contestants_in_the_history(scope, make_figure):
    found = scope(
        [
            make_figure("A", "x", 1),
            make_figure("P", "y", 1),
            make_figure("A", "z", 1, period="2019", vintage=date(2020, 1, 1)),
        ]
    )

    assert found.indicators == ("x",)
    assert found.span == "2021"

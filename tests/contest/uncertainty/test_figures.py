from datetime import date

import numpy as np
import pytest

from jinghe.contest.uncertainty.figures import FigureError, find_errors, redraw_panel
from jinghe.panel import Panel

NORMAL = FigureError("A", "gdp", "2021", 0.5)


@pytest.fixture
def panel(make_panel):
    return make_panel({"gdp": ["4.0", "8", "6.25"], "rd": [1.0, 2.0, None]})


def value(panel, code, indicator):
    return next(o.value for o in panel.observations if (o.jurisdiction, o.indicator) == (code, indicator))


def test_figures_scatter_with_their_error_and_others_stand(panel):
    drawn = [redraw_panel(panel, errors=[NORMAL], seed=1, replicate=k) for k in range(2000)]

    moved = np.array([value(one, "A", "gdp") for one in drawn])
    assert moved.mean() == pytest.approx(4, abs=4 * 0.5 / 2000**0.5)
    assert moved.std() == pytest.approx(0.5, rel=0.07)  # 4 standard errors
    assert {value(one, "B", "gdp") for one in drawn} == {8.0}
    assert value(panel, "A", "gdp") == 4


def test_rounding_moves_a_figure_by_half_a_unit_of_its_last_place(panel):
    errors = find_errors(panel, indicators={"gdp"})

    assert [(one.jurisdiction, one.size, one.shape) for one in errors] == [
        ("A", 0.05, "uniform"), ("B", 0.5, "uniform"), ("C", 0.005, "uniform")
    ]  # fmt: skip
    moved = np.array([value(redraw_panel(panel, errors=errors, seed=1, replicate=k), "B", "gdp") for k in range(500)])
    assert 7.5 <= moved.min() < 7.6
    assert 8.4 < moved.max() <= 8.5


def test_a_published_standard_error_takes_the_place_of_rounding(make_figure):
    known = Panel(
        (make_figure("A", "gdp", "4.0", se=0.5), make_figure("B", "gdp", "8.0", se=0.0), make_figure("C", "gdp", "6.0"))
    )

    errors = find_errors(known, indicators={"gdp"})

    assert [("A", 0.5, "normal"), ("C", 0.05, "uniform")] == [(e.jurisdiction, e.size, e.shape) for e in errors]


def test_the_error_is_that_of_the_figure_that_is_read(make_figure):
    first = make_figure("A", "gdp", "4", vintage=date(2022, 1, 1))
    revised = make_figure("A", "gdp", "4.25", vintage=date(2022, 6, 1))

    for order in ((first, revised), (revised, first)):
        assert [0.005] == [one.size for one in find_errors(Panel(order), indicators={"gdp"})]


def test_round_numbers_are_rounded_only_as_far_as_their_whole_series(make_panel):
    """100 beside 83 stands for 99.5 to 100.5; alone, or among tens, it might stand for more."""
    sizes = {
        name: [one.size for one in find_errors(make_panel({"x": row}), indicators={"x"})]
        for name, row in {"ones": ["100", "83", "90"], "tens": ["100", "80", "0"], "decimals": ["100", "80.5"]}.items()
    }

    assert {"ones": [0.5] * 3, "tens": [5.0, 5.0, 0.5], "decimals": [0.5, 0.05]} == sizes


def test_figures_printed_in_two_units_are_no_measure_of_each_other(make_figure):
    mixed = Panel((make_figure("A", "gdp", "100", unit="亿元"), make_figure("B", "gdp", "83", unit="万元")))

    assert [50.0, 0.5] == [one.size for one in find_errors(mixed, indicators={"gdp"})]


def test_reports_of_one_figure_move_together(make_figure):
    twice = Panel((make_figure("A", "gdp", 4.0), make_figure("A", "gdp", 4.2, reporter="bureau")))

    one, two = (o.value for o in redraw_panel(twice, errors=[NORMAL], seed=1, replicate=0).observations)

    assert two - one == pytest.approx(0.2)


def test_a_figure_moves_alike_whatever_others_have_errors(panel):
    alone = redraw_panel(panel, errors=[NORMAL], seed=1, replicate=3)
    both = redraw_panel(panel, errors=[FigureError("B", "gdp", "2021", 1.0), NORMAL], seed=1, replicate=3)

    assert value(alone, "A", "gdp") == value(both, "A", "gdp") != value(both, "B", "gdp") - 4

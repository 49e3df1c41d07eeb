import pytest

from jinghe.contest.audit.outside import find_links
from jinghe.contest.score import score
from jinghe.panel import Panel
from jinghe.units import Period

FIGURES = {"gdp": [1, 2, 3, 4, 5, 6]}
OUTSIDE = {
    "jobs": [2, 4, 6, 8, 10, 12],
    "rain": [5, 1, 4, 2, 6, 3],
    "flat": [1] * 6,
    "few": [1, 2, None, None, None, 4],
}


@pytest.fixture
def panel(make_panel):
    return Panel(
        make_panel(FIGURES | OUTSIDE).observations + make_panel({"gdp": [3, 3, 1, 2, 5, 4]}, period="2020").observations
    )


def link(make_contest, make_region, panel):
    scores = score(
        make_contest({"index": ["gdp"]}), panel=panel, items=(), region=make_region("ABCDEF"), period=Period.of(2021)
    )
    return find_links(scores, panel=panel)


def test_series_outside_the_tree_are_compared_the_closest_first(make_contest, make_region, panel):
    found = link(make_contest, make_region, panel)

    assert [(one.series, one.period, one.n) for one in found] == [
        ("jobs", "2021", 6),
        ("gdp", "2020", 6),
        ("rain", "2021", 6),
    ]
    assert found[0].r == pytest.approx(1)
    assert found[0].least == pytest.approx(0.8114, abs=5e-5)  # table of critical values, df 4, 5 %


def test_a_series_in_two_units_is_not_compared(make_contest, make_region, make_panel, make_figure):
    odd = (*make_panel(FIGURES | {"jobs": [2, 4, 6, 8, 10]}).observations, make_figure("F", "jobs", 12, unit="万人"))

    assert link(make_contest, make_region, Panel(odd)) == ()

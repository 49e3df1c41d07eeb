import numpy as np
import pytest

from jinghe.contest.figures import gather, make_context
from jinghe.contest.measure import Inputs
from jinghe.errors import RuleError
from jinghe.panel import Panel
from jinghe.units import Period

NAN = float("nan")
STEPS = [{"denominate": {"gdp": "people"}}]


@pytest.fixture
def make_inputs(make_figure):
    """Figures given per year and series, for cities A, B and C."""

    def make(years, period="2021"):
        rows = (
            make_figure(code, name, figure, period=str(year))
            for year, series in years.items()
            for name, row in series.items()
            for code, figure in zip("ABC", row, strict=True)
            if figure is not None
        )
        return Inputs(Panel(tuple(rows)), (), ("A", "B", "C"), Period.of(period), "equal", {})

    return make


def test_figures_come_with_their_denominators_and_the_evidence_of_both(make_contest, make_inputs):
    inputs = make_inputs({2021: {"gdp": [10, 20, 30], "people": [2, 4, None]}})

    found = gather(make_contest({"index": ["gdp"]}, steps=STEPS), inputs=inputs)

    assert found.matrix[:, 0].tolist() == [10, 20, 30]
    assert found.denominated[:, 0] == pytest.approx([5, 5, NAN], nan_ok=True)
    assert [o.indicator for o in found.measured["gdp"].evidence[0].observations] == ["gdp", "people"]


def test_a_base_window_holds_the_divided_figures_of_its_periods(make_contest, make_inputs, make_region):
    steps = [*STEPS, {"normalise": {"base": [2019, 2020]}}]
    contest = make_contest({"index": ["gdp"]}, steps=steps)
    years = {year: {"gdp": [10 + year, 20, 30], "people": [2, 4, 5]} for year in (2019, 2020, 2021)}
    inputs = make_inputs(years)

    found = make_context(contest, figures=gather(contest, inputs=inputs), inputs=inputs, region=make_region())

    assert found.base[:, 0].tolist() == [2029 / 2, 5, 6, 2030 / 2, 5, 6]
    assert found.weigh_base is None


def test_an_empty_period_of_a_base_window_is_told(make_contest, make_inputs, make_region):
    contest = make_contest({"index": ["gdp"]}, steps=[{"weigh": {"base": [2019, 2021]}}])
    inputs = make_inputs({2021: {"gdp": [1, 2, 3]}})

    with pytest.raises(RuleError) as error:
        make_context(contest, figures=gather(contest, inputs=inputs), inputs=inputs, region=make_region())

    [found] = error.value.problems
    assert found.text("en") == (
        "contest.steps[weigh].base: the base window has no figure in 2019. Every period of a base window has figures. "
        "Add figures or change the window."
    )


def test_history_is_the_other_periods_of_the_same_length_as_they_enter_the_imputation(
    make_contest, make_inputs, make_region
):
    years = {year: {"gdp": [10, 20, 30], "people": [2, 4, 5]} for year in (2019, 2020, "2020-06", 2021, "so far")}
    inputs = make_inputs(years)
    steps = [*STEPS, {"impute": {"method": "latest", "groups": ["north"]}}, {"normalise": {"reference": "B"}}]

    contest = make_contest({"index": ["gdp"]}, steps=steps)
    region = make_region(north="CA")
    found = make_context(contest, figures=gather(contest, inputs=inputs), inputs=inputs, region=region)

    assert found.history.figures[:, :, 0].tolist() == [[5, 5, 6], [5, 5, 6]]
    assert (found.history.times < found.history.now).all()
    assert (found.groups, found.reference) == ([[2, 0]], 1)
    before = make_contest({"index": ["gdp"]}, steps=[steps[1], steps[0]])
    raw = make_context(before, figures=gather(before, inputs=inputs), inputs=inputs, region=region).history
    assert np.unique(raw.figures[:, :, 0]).tolist() == [10, 20, 30]

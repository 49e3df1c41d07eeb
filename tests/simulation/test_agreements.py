from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.compact import load_compact, load_panel
from jinghe.labels import Text
from jinghe.sharing import Agreement, Clause, DatedValue, Parameter, Party, Series
from jinghe.simulation.agreements import Rates, find_rates, read_figures
from jinghe.simulation.engine import play
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.scenario import read_setting
from jinghe.units import Period

CODES, YEARS, NONE = ("1", "2", "3"), ("2021", "2022", "2023"), Text("", "")


def split(share: Fraction = Fraction(1, 2), *, indicator: str = "park_tax", **changed) -> Agreement:
    """The host, city 2, passes a share of a tax on to city 1."""
    part = Parameter("part", "share", NONE, (DatedValue(None, share, str(share), ""),))
    series = Series("base", indicator, "host", "万元", NONE)
    clause = Clause(
        "c1", "share_fixed", NONE, NONE, "", {"base": "base", "holder": "host", "shares": {"origin": "part"}}
    )
    parties = {"origin": Party("origin", "1"), "host": Party("host", "2")}
    made = Agreement(
        "split",
        Text("分成", "Split"),
        NONE,
        "in_force",
        "money",
        parties,
        date(2022, 1, 1),
        None,
        {},
        {"part": part},
        {"base": series},
        (clause,),
        ("origin", "host"),
    )
    return replace(made, **changed)


def rates_of(agreement: Agreement, *, figure: float | None = 200.0, revenue: float | None = 1e7) -> Rates | Text:
    def figures(key: str, series: Series, period: Period) -> float | None:
        return (revenue if key == "2" else None) if series.indicator == "budget_revenue" else figure

    return find_rates(agreement, figures=figures, codes=CODES, years=YEARS)


def test_a_split_of_a_part_of_the_tax_passes_on_its_share_of_the_growth_of_the_city() -> None:
    """2 of 10 million of the host's revenue are the park's; half of what they grow goes to the origin."""
    found = rates_of(split())

    assert isinstance(found, Rates)
    assert found.is_linear
    assert not found.rates[0].any()  # not yet in force
    assert found.rates[1, :, 1] == pytest.approx([0.1, -0.1, 0.0])
    assert not found.rates[:, :, [0, 2]].any()


@settings(max_examples=20)
@given(st.fractions(0, 1, max_denominator=1000), st.floats(1, 1e6), st.floats(1e6, 1e12))
def test_what_one_gets_another_gives(share, figure, revenue) -> None:
    found = rates_of(split(share), figure=figure, revenue=revenue)

    assert isinstance(found, Rates)
    assert found.rates.sum(axis=1) == pytest.approx(0, abs=1e-9)
    assert found.rates[2, 0, 1] == pytest.approx(float(share) * figure * 1e4 / revenue, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    "agreement, figure, revenue, words",
    [
        (split(indicator="so2_score"), 200.0, 1e7, "figures that the model does not have"),
        (split(start=date(2030, 1, 1)), 200.0, 1e7, "not in force for a whole year"),
        (split(), 200.0, None, "no budget_revenue"),
        (split(), None, 1e7, "park_tax"),
        (split(data={"base": Series("base", "park_tax", "host", "万元", NONE, every="month")}), 1.0, 1e7, "by month"),
    ],
)
def test_what_the_model_cannot_settle_is_left_out_with_the_reason(agreement, figure, revenue, words) -> None:
    found = rates_of(agreement, figure=figure, revenue=revenue)

    assert isinstance(found, Text)
    assert words in found.en
    assert found.zh


def test_a_rule_that_bends_is_called_so() -> None:
    """Only what exceeds a base of 210 is shared: 1 % of growth shares nothing, 10 % does."""
    base = Parameter("base_sum", "万元", NONE, (DatedValue(None, Fraction(210 * 10**6), "210", ""),))
    over = Clause("c0", "base_growth", NONE, NONE, "", {"now": "base", "base": "base_sum"})
    one = split()
    shared = replace(one.clauses[0], bindings={**one.clauses[0].bindings, "base": "c0"})
    bent = replace(one, parameters={**one.parameters, "base_sum": base}, clauses=(over, shared))

    found = rates_of(bent)

    assert isinstance(found, Rates)
    assert not found.is_linear
    assert not found.rates.any()


@pytest.fixture(scope="module")
def shanxi(root):
    return load_compact(root / "cases" / "shanxi")


def agreed(shanxi, share: Fraction):
    parties = {"origin": Party("origin", "140700"), "host": Party("host", "140400")}
    return replace(shanxi, agreements=(split(share, indicator="budget_revenue", parties=parties, start=None),))


def test_a_compact_is_simulated_with_its_agreements_and_says_so(root, shanxi) -> None:
    panel = load_panel(shanxi).panel
    with_split, without = agreed(shanxi, Fraction(1, 2)), replace(shanxi, agreements=())

    one, other = (read_setting(compact, panel=panel) for compact in (with_split, without))

    host, origin = one.codes.index("140400"), one.codes.index("140700")
    assert one.settled[:, host] == pytest.approx(-0.5 * one.parameters.sharing * one.theta[host])
    assert list(zip(one.payee, one.source, strict=True)) == [(origin, host)]
    assert one.passed[:, 0] == pytest.approx(-one.settled[:, host])
    assert any("Split" in note.en and "own growth" in note.en for note in one.notes)
    efforts = [prepare(setting).equilibria[0].growth for setting in (one, other)]
    assert efforts[0][host] < efforts[1][host] - 0.1
    played = play(prepare(one).design, seed=7, replications=range(3))
    assert played.measured("imbalance").max() < 1e-12


def test_figures_are_those_of_the_year_or_the_last_before_or_the_first(shanxi) -> None:
    panel = load_panel(shanxi).panel
    series = Series("gdp", "gdp", "host", "万元", NONE)
    find = read_figures(panel)

    own = find("140100", series, Period.of("2021"))
    assert own == pytest.approx(panel.find("140100", "gdp", "2021").value * 1e4)
    years = sorted({o.period for o in panel.observations if (o.jurisdiction, o.indicator) == ("140100", "gdp")})
    assert find("140100", series, Period.of("2049")) == find("140100", series, Period.of(years[-1]))
    assert find("140100", series, Period.of("1949")) == find("140100", series, Period.of(years[0]))
    assert find("140100", replace(series, indicator="nothing"), Period.of("2021")) is None

from datetime import date

import pytest

from jinghe.contest.flags import flag_ratios, flag_reports, flag_sums, list_unheld
from jinghe.contest.indicator import Identity

# Shanxi 2021: output of the 11 cities and of the province, 100m CNY; R&D expenditure and intensity as in the bulletin.
GDP = ["5121.61", "1686", "916.6", "2311.1", "1912.4", "1420.6", "1843.4", "2053.1", "1344.4", "1909.5", "2071.4"]
SPENT = ["114.7", "6.8", "7.0", "22.5", "15.4", "2.6", "20.1", "19.6", "2.8", "25.1", "15.3"]
INTENSITY = ["2.24", "0.40", "0.76", "0.97", "0.81", "0.18", "1.09", "0.96", "0.21", "1.31", "0.74"]
CITIES = "ABCDEFGHIJK"
RD = [Identity("rd_intensity", "rd_expenditure", "gdp")]


def test_the_published_outputs_of_shanxi_sum_to_the_province_within_rounding(scope, row):
    assert flag_sums(scope(row("gdp", GDP), row("gdp", ["22590.16"], "P"))) == ()


def test_a_sum_that_rounding_cannot_explain_is_flagged(scope, row):
    raised = [GDP[0], "1786", *GDP[2:]]

    [found] = flag_sums(scope(row("gdp", raised), row("gdp", ["22590.16"], "P")))

    assert (found.code, found.jurisdiction, found.indicator) == ("sum-identity", "P", "gdp")
    assert found.effect == pytest.approx(99.95 / 22590.16)
    assert found.evidence.en == (
        "gdp of Province, 2021: 22590.16 亿元 is published, the 11 contestants sum to 22690.11, a gap of +99.95. "
        "Please check scope, revisions and typing."
    )
    assert found.evidence.zh == (
        "某省2021年gdp公布 22590.16 亿元，11 个地区合计 22690.11，相差 +99.95。请核对口径、修订与录入。"
    )
    assert found.strength.en == "identity: rounding explains at most ±0.96 亿元"


def test_sums_are_compared_across_units(scope, row):
    assert flag_sums(scope(row("gdp", GDP), row("gdp", ["225901600"], "P", unit="万元"))) == ()


def test_only_complete_amounts_are_added_up(scope, row):
    assert flag_sums(scope(row("gdp", GDP[:10], CITIES[:10]), row("gdp", ["22590.16"], "P"))) == ()
    assert flag_sums(scope(row("rate", GDP, unit="%"), row("rate", ["3.0"], "P", unit="%"))) == ()
    assert flag_sums(scope(row("gdp", GDP))) == ()


def test_the_published_intensities_of_shanxi_follow_from_their_parts(scope, row):
    figures = row("gdp", GDP), row("rd_expenditure", SPENT), row("rd_intensity", INTENSITY, unit="%")

    assert flag_ratios(scope(*figures), RD) == ()


def test_an_identity_without_figures_is_counted_as_not_held(scope, row):
    figures = row("gdp", GDP), row("rd_expenditure", SPENT), row("rd_intensity", INTENSITY, unit="%")
    misspelt = Identity("rd_intensity", "rd_expenditure", "gpd")

    [found] = list_unheld(scope(*figures), [*RD, misspelt])

    assert (found.code, found.indicator, found.n) == ("ratio-identity", "rd_intensity", 0)


def test_an_intensity_that_its_parts_cannot_give_is_flagged(scope, row):
    printed = ["2.84", *INTENSITY[1:]]
    figures = row("gdp", GDP), row("rd_expenditure", SPENT), row("rd_intensity", printed, unit="%")

    [found] = flag_ratios(scope(*figures), RD)

    assert (found.code, found.jurisdiction) == ("ratio-identity", "A")
    assert found.effect == pytest.approx(2.84 - 100 * 114.7 / 5121.61)
    assert found.evidence.en.startswith(
        "rd_intensity of City A, 2021: 2.84 is published, rd_expenditure over gdp gives 2.24."
    )


def test_an_intensity_in_another_unit_is_compared_alike(scope, row):
    parts = row("gdp", GDP), row("rd_expenditure", SPENT)

    [found] = flag_ratios(scope(*parts, row("rd_intensity", ["0.0284"], "A", unit="1")), RD)
    assert found.effect == pytest.approx(0.0284 - 114.7 / 5121.61)
    assert flag_ratios(scope(*parts, row("rd_intensity", ["0.0224"], "A", unit="1")), RD) == ()
    assert flag_ratios(scope(*parts, row("rd_intensity", ["2.24"], "A", unit="亿元")), RD) == ()


def test_reports_that_differ_beyond_rounding_are_flagged(scope, make_figure):
    first = make_figure("A", "gdp", "5121.6", unit="亿元", reporter="city")
    later = make_figure("A", "gdp", "5230.0", unit="亿元", reporter="bureau", vintage=date(2023, 1, 1))

    [found] = flag_reports(scope([later, first]))

    assert (found.code, found.jurisdiction, found.indicator, found.period) == ("reports-differ", "A", "gdp", "2021")
    assert found.effect == pytest.approx(108.4 / 5230)
    assert "from 5121.6 (city 2022-03-01) to 5230 亿元 (bureau 2023-01-01)" in found.evidence.en


def test_reports_that_agree_within_rounding_are_not_flagged(scope, make_figure):
    city = make_figure("A", "gdp", "5121.61", unit="亿元", reporter="city")
    bureau = make_figure("A", "gdp", "5122", unit="亿元", reporter="bureau")
    apart = make_figure("A", "gdp", "9", unit="人", reporter="other")

    assert flag_reports(scope([city, bureau])) == ()
    assert flag_reports(scope([city, apart])) == ()  # the units do not convert

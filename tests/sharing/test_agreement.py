"""Agreements as values: dated parameters, keys, effective dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from jinghe.labels import Text
from jinghe.sharing import Agreement, Choice, Clause, DatedValue, Parameter, Party, Series
from jinghe.sharing.agreement import is_money
from jinghe.units import Period


def test_the_value_in_force_is_the_latest_begun() -> None:
    # 山东 air compensation: 20, from 2016-01-01 40, from 2017 80 (万元 per µg/m³).
    steps = [(date(2014, 1, 1), 20), (date(2016, 1, 1), 40), (date(2017, 5, 1), 80)]
    rate = Parameter("rate", "万元", Text.of("rate"), tuple(DatedValue(d, Fraction(v), str(v), "s") for d, v in steps))

    found = [rate.on(day) for day in (date(2015, 12, 31), date(2016, 1, 1), date(2020, 1, 1))]

    assert [20, 40, 80] == [item.value for item in found if item]
    assert rate.on(date(2013, 12, 31)) is None


def test_a_value_without_a_day_is_always_in_force() -> None:
    share = Parameter("s", "share", Text.of("s"), (DatedValue(None, Fraction(1, 2), "1/2", "a"),))

    assert Fraction(1, 2) == share.on(date(1990, 1, 1)).value  # type: ignore[union-attr]


def test_a_party_without_a_code_gets_a_key_of_its_own(park: Agreement, water: Agreement) -> None:
    assert "990100" == park.key("origin")
    assert "section-water-2010:pool" == water.key("pool")


def test_only_the_scheme_with_a_pool_to_keep_is_vertical(
    park: Agreement, ranked: Agreement, water: Agreement, fill: Callable[..., Agreement]
) -> None:
    assert [True, True, False] == [item.is_horizontal for item in (park, ranked, water)]
    assert [True, False] == [fill(stem).is_horizontal for stem in ("fiscal_disparities", "sd_air")]


def test_a_value_ceases_on_its_last_day() -> None:
    share = Parameter("s", "share", Text.of("s"), (DatedValue(None, Fraction(1, 2), "1/2", "a", date(2022, 1, 1)),))

    assert share.on(date(2021, 12, 31)) is not None
    assert share.on(date(2022, 1, 1)) is None


@pytest.mark.parametrize(
    "period, code",
    [("2010-03", None), ("2021", "agreement-not-in-force"), ("2013", "agreement-period-straddled")],
)
def test_an_agreement_settles_by_its_own_dates(water: Agreement, period: str, code: str | None) -> None:
    found = water.reason_against(Period.of(period))

    assert code == (found.code if found else None)


def test_a_day_of_overlap_counts_as_in_force(water: Agreement) -> None:
    assert [True, False, False] == [water.is_in_force(Period.of(name)) for name in ("2013", "2014", "2009")]


def test_a_proposal_says_that_it_yields_no_amount(read: Callable[..., Agreement]) -> None:
    proposal = read("shanxi/agreements/pingtou-park.yaml")

    found = proposal.reason_against(Period.of(2025))

    assert found is not None
    assert (
        "agreements/pingtou-park.yaml status：协议“pingtou-park”尚未生效（待议或模板）。"
        "待议的协议只展示待决事项，不计算任何金额。生效后将 status 改为 in_force。"
    ) == found.text("zh")
    assert ["origin_share", "term_years", "clock_start", "tax_base"] == [item.id for item in proposal.open_choices]


def test_money_is_told_from_other_units() -> None:
    units = ("万元", "分", "亿元", "万元/µg", "points", "share", "µg/m3")

    assert [True, True, True, True, False, False, False] == [is_money(unit) for unit in units]


def test_the_types_hold_what_they_are_given() -> None:
    party, choice = Party("pool", name=Text("专户", "account")), Choice("1/2", Text("五五", "5:5"), "s")
    series = Series("tax", "park_tax", "host", "万元", Text.of("tax"))
    clause = Clause("c1", "term", Text.of("1"), Text.of("…"), "s", {"of": "c2"})

    assert ("", "s", "period", None) == (party.code, choice.source, series.every, clause.phrase)

"""Days of a statement, and the periods before it."""

from __future__ import annotations

from datetime import date

import pytest

from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, Dates, set_dates, settle
from jinghe.sharing.dates import earlier, periods_before
from jinghe.units import Period


def test_a_statement_says_what_is_due_when(park: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    found = settle(park, panel=toy_panel, region=toy_region, period=Period.of(2021)).dates

    assert Dates(date(2022, 2, 14), None, date(2022, 3, 6), date(2022, 4, 30)) == found
    assert {
        "data_due": "2022-02-14",
        "notice": None,
        "objections": "2022-03-06",
        "payment": "2022-04-30",
    } == found.as_dict()


def test_an_agreement_without_calendar_sets_no_days(ranked: Agreement) -> None:
    assert Dates() == set_dates(ranked, Period.of(2021))


@pytest.mark.parametrize(
    "name, years, expected",
    [
        ("2021", 1, "2020"),
        ("2021-03", 1, "2020-03"),
        ("2021Q1", 2, "2019Q1"),
        ("2024-02", 1, "2023-02"),
        ("2021", 0, "2021"),
    ],
)
def test_the_same_months_of_an_earlier_year(name: str, years: int, expected: str) -> None:
    assert expected == earlier(Period.of(name), years=years).name


@pytest.mark.parametrize(
    "name, start, expected",
    [
        ("2023", date(2021, 1, 1), ["2021", "2022"]),
        ("2021-03", date(2021, 1, 1), ["2021-01", "2021-02"]),
        ("2021", date(2021, 1, 1), []),
        ("2022", date(2021, 7, 1), []),  # half a year is no year
    ],
)
def test_periods_before_fill_the_time_exactly_or_there_are_none(name: str, start: date, expected: list[str]) -> None:
    assert expected == [one.name for one in periods_before(Period.of(name), start=start)]

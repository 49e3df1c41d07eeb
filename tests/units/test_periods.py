from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.units import Period, read_date


def code(caught: pytest.ExceptionInfo[DataError]) -> str:
    (fault,) = caught.value.problems
    return fault.code


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (2021, "2021"),
        ("2021年", "2021"),
        ("2021年度", "2021"),
        ("2021全年", "2021"),
        ("2021-01..2021-12", "2021"),
        ("2021q1", "2021Q1"),
        ("2021年第一季度", "2021Q1"),
        ("2021 年 4 季度", "2021Q4"),
        ("2021-04..2021-06", "2021Q2"),
        ("2021年上半年", "2021H1"),
        ("2021年1-6月", "2021H1"),
        ("2021年下半年", "2021H2"),
        ("2021年前三季度", "2021-01..2021-09"),
        ("2010年1—9月", "2010-01..2010-09"),
        ("２０２１年１至９月份", "2021-01..2021-09"),
        ("2021年6月", "2021-06"),
        ("2021年12月份", "2021-12"),
        ("2021.06", "2021-06"),
        ("2021/6", "2021-06"),
        ("202106", "2021-06"),
        ("2021-6-5", "2021-06-05"),
        ("2021年6月30日", "2021-06-30"),
        ("2021.6.30", "2021-06-30"),
        ("20210630", "2021-06-30"),
        ("2020-01..2025-12", "2020..2025"),
        ("2021.11..2022.02", "2021-11..2022-02"),
        ("2021-06-30..2021-07-02", "2021-06-30..2021-07-02"),
    ],
)
def test_one_span_has_one_name(text: str | int, name: str) -> None:
    period = Period.of(text)

    assert period.name == name
    assert period == Period.of(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "2021..",
        "..2021",
        "2022..2021",
        "2021-00-05",  # was read as the year 2021
        "2021-03-00",  # was read as March
        "2021-13",
        "2021-02-30",
        "2021.1",  # a spreadsheet shows 2021.10 so
        "2021.0",
        "2021Q5",
        "202113",
        "44286",
        "0000",
        "9999",
        "2021年十一月",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(DataError) as caught:
        Period.of(text)

    assert code(caught) == "period-unreadable"


def test_period_knows_its_days() -> None:
    period = Period.of("2020-02")

    assert (period.start, period.last, period.end) == (date(2020, 2, 1), date(2020, 2, 29), date(2020, 3, 1))
    assert period.contains(date(2020, 2, 29))
    assert not period.contains(period.end)
    assert (period.year, period.months, str(period)) == (2020, 1, "2020-02")


def test_period_goes_back_by_whole_years_only() -> None:
    assert Period.of(2021).back(2) == Period.of(2019)
    with pytest.raises(DataError):
        Period.of("2021Q1").back(1)


def test_months_of_a_span_follow_each_other() -> None:
    assert [m.name for m in Period.of("2021-11..2022-02").split_months()] == [
        "2021-11",
        "2021-12",
        "2022-01",
        "2022-02",
    ]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 800))
def test_any_span_of_days_keeps_its_name_and_order(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)

    period = Period.of(f"{first}..{last}")

    assert (period.start, period.last) == (first, last)
    assert Period.of(period.name) == period
    assert period <= Period.of(f"{first}..{last}")
    assert period < Period.of(f"{date.fromordinal(last.toordinal() + 1)}")


@pytest.mark.parametrize(
    "value",
    [
        date(2021, 3, 31),
        datetime(2021, 3, 31, 8),  # noqa: DTZ001
        "2021-03-31",
        "2021/3/31",
        "2021年3月31日",
        "2021.3.31",
        "20210331",
        "2021-03-31 00:00:00",
        "2021-03-31T08:00:00+08:00",
    ],
)
def test_day_is_read_as_officials_write_it(value: object) -> None:
    assert read_date(value) == date(2021, 3, 31)


def test_an_open_end_is_a_day() -> None:
    assert read_date("9999-12-31") == date.max


@pytest.mark.parametrize(
    "value", ["", "2021", "2021-03", "2021-02-30", "44286", None, "31/03/2021", "2021-01-01..2021-01-01"]
)
def test_what_is_no_day_is_refused(value: object) -> None:
    with pytest.raises(DataError) as caught:
        read_date(value)

    assert code(caught) == "date-unreadable"

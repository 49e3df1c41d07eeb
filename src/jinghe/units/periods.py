"""Spans of time and days as officials write them (期间与日期)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, total_ordering

from jinghe.errors import DataError, problem
from jinghe.units.numbers import plain

__all__ = ["Period", "read_date"]


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A span of time (期间): first day, first day after, and its name.

    `Period.of` gives one span one name, however it was written, so that a period can be a key.

    >>> Period.of("2010-01..2010-09").months
    9
    >>> Period.of("2021").contains(date(2021, 12, 31))
    True
    >>> Period.of("2021年1—6月") == Period.of("2021H1")
    True
    """

    start: date
    end: date
    name: str

    @classmethod
    def of(cls, text: str | int) -> Period:
        """Read 2021, 2021Q1, 2021H1, 2021-03, 2021-03-05, a span 2021-01..2021-09, or the like in Chinese."""
        words = _iso(str(text))
        first, dots, last = words.partition("..")
        try:
            start, end = _span(first)[0], _span(last if dots else first)[1]
            if end <= start:
                raise ValueError(words)
        except (ValueError, OverflowError):
            raise DataError([problem("period-unreadable", found=text)]) from None
        return cls(start, end, _name(start, end))

    @property
    def year(self) -> int:
        """The year of the first day."""
        return self.start.year

    @property
    def last(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)

    @property
    def months(self) -> int:
        """Calendar months touched."""
        return (self.last.year - self.start.year) * 12 + self.last.month - self.start.month + 1

    def contains(self, day: date) -> bool:
        """Is the day inside?"""
        return self.start <= day < self.end

    def back(self, years: int) -> Period:
        """The same calendar year `years` earlier; only whole years can be moved."""
        if (self.start.month, self.start.day) != (1, 1) or self.end != date(self.start.year + 1, 1, 1):
            raise DataError([problem("period-unreadable", found=self.name)])
        return Period.of(self.year - years)

    def split_months(self) -> Iterator[Period]:
        """Yield the calendar months touched, in order."""
        year, month = self.start.year, self.start.month
        for _ in range(self.months):
            yield Period.of(f"{year:04d}-{month:02d}")
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)

    def __lt__(self, other: Period) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    def __str__(self) -> str:
        return self.name


def read_date(value: object) -> date:
    """Read a day: a date, 2021-03-31, 2021/3/31, 2021.3.31, 20210331, 2021年3月31日; a time of day is dropped.

    Raises DataError when it is not one day.

    >>> read_date("2021年3月31日")
    datetime.date(2021, 3, 31)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _SPAN.fullmatch(_iso(re.sub(r"(?<=[0-9])[T ][0-9]{1,2}:[0-9]{2}.*$", "", str(value).strip())))
    try:
        if not match or not match[5]:
            raise ValueError(value)
        return date(int(match[1]), int(match[4]), int(match[5]))
    except ValueError:
        raise DataError([problem("date-unreadable", found=value)]) from None


_SPAN = re.compile(r"([0-9]{4})(?:Q([1-4])|H([12])|-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
# As officials write it, and the same in ISO spelling. 2021.1 stays unread: spreadsheets show 2021.10 so.
_WRITTEN = (
    (r"\s+(?=[^0-9])|(?<=[^0-9])\s+", ""),
    (r"([0-9]{4})年([0-9]{1,2})(?:月份?)?[-—~至]([0-9]{1,2})月份?", r"\1-\2..\1-\3"),
    (r"([0-9]{4})年?前([23])季度?", r"\1Q1..\1Q\2"),
    (r"年?第?([1-4])季度?", r"Q\1"),
    (r"年?上半年", "H1"),
    (r"年?下半年", "H2"),
    (r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]?", r"\1-\2-\3"),
    (r"([0-9]{4})年([0-9]{1,2})月份?", r"\1-\2"),
    (r"([0-9]{4})(?:年?全年|年度?)", r"\1"),
    (r"/", "-"),
    (r"\b([0-9]{4})\.?([0-9]{2})\.?([0-9]{2})\b|\b([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})\b", r"\1\4-\2\5-\3\6"),
    (r"\b([0-9]{4})\.?([0-9]{2})\b", r"\1-\2"),
)


@lru_cache(maxsize=4096)
def _iso(text: str) -> str:
    words = plain(text).translate(str.maketrans("一二三四", "1234")).upper()
    for pattern, iso in _WRITTEN:
        words = re.sub(pattern, iso, words)
    return words


def _span(text: str) -> tuple[date, date]:
    match = _SPAN.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, quarter, half, month, day = (int(group) if group else None for group in match.groups())
    assert year is not None
    if month is not None and day is not None:
        first = date(year, month, day)
        return first, first + timedelta(days=1)
    length = 3 if quarter else 6 if half else 12 if month is None else 1
    first = date(year, month if month is not None else ((quarter or half or 1) - 1) * length + 1, 1)
    return first, _months_after(first, length)


def _months_after(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _name(start: date, end: date) -> str:
    last = end - timedelta(days=1)
    length = (end.year - start.year) * 12 + end.month - start.month
    whole_months = start.day == end.day == 1
    for months, letter in ((3, "Q"), (6, "H")):
        if whole_months and length == months and start.month % months == 1:
            return f"{start.year}{letter}{start.month // months + 1}"
    shown = 10 if not whole_months else 4 if start.month == end.month == 1 else 7
    names = [day.isoformat()[:shown] for day in (start, last)]
    return names[0] if names[0] == names[1] else "..".join(names)

"""Days of a statement and of its periods (日程): what is due when, and which period lies before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from jinghe.sharing.agreement import Agreement
from jinghe.units import Period

__all__ = ["Dates", "earlier", "periods_before", "set_dates"]


@dataclass(frozen=True, slots=True)
class Dates:
    """What is due when (结算日程); None where the agreement does not say.

    Figures until `data_due`, the statement notified by `notice`, objections until `objections`, payment by `payment`.
    """

    data_due: date | None = None
    notice: date | None = None
    objections: date | None = None
    payment: date | None = None

    def as_dict(self) -> dict[str, str | None]:
        """Return the days in ISO spelling."""
        days = {name: getattr(self, name) for name in self.__slots__}
        return {name: day.isoformat() if day else None for name, day in days.items()}


def set_dates(agreement: Agreement, period: Period) -> Dates:
    """Set the days of a statement from the agreement's calendar.

    data_due, notice and payment count from the last day of the period, the days to object from the notice, or from
    data_due where no notice is set.

    >>> from jinghe.units import Period
    >>> Period.of(2021).last + timedelta(days=45)
    datetime.date(2022, 2, 14)
    """
    days = agreement.calendar

    def after(first: date | None, key: str) -> date | None:
        return first + timedelta(days=days[key]) if first and key in days else None

    data_due = after(period.last, "data_due_days")
    notice = after(period.last, "notice_days")
    return Dates(data_due, notice, after(notice or data_due, "objection_days"), after(period.last, "payment_due_days"))


def earlier(period: Period, *, years: int) -> Period:
    """Return the same months so many years before; 29 February counts as the first of March.

    >>> earlier(Period.of("2021-03"), years=1).name
    '2020-03'
    """
    if not years:
        return period
    return _span(_moved(period.start, -12 * years), _moved(period.end, -12 * years))


def periods_before(period: Period, *, start: date) -> Iterator[Period]:
    """Yield the periods of the same length from a day on that come before a period, the earliest first.

    Nothing is yielded where they do not fill the time from `start` exactly.

    >>> [one.name for one in periods_before(Period.of(2023), start=date(2021, 1, 1))]
    ['2021', '2022']
    """
    months = period.months
    whole = (period.start.year - start.year) * 12 + period.start.month - start.month
    if (start.day, period.start.day, period.end.day) != (1, 1, 1) or whole % months:
        return
    for back in range(whole // months, 0, -1):
        yield _span(_moved(period.start, -back * months), _moved(period.end, -back * months))


def _span(start: date, end: date) -> Period:
    return Period.of(f"{start}..{end - timedelta(days=1)}")


def _moved(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(years, month + 1, day.day)
    except ValueError:
        return date(years, month + 2, 1)

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contract import Contract, Light, Milestone, Progress, light
from jinghe.labels import Text

ROAD = Contract(
    id="road",
    form="special",
    title=Text("甲乙四条断头路", "Four dead-end roads A–B"),
    field="infrastructure",
    lead="990100",
    participants=("990200",),
    principal="990000",
    due=date(2022, 6, 30),
    count=4,
    unit=Text("条道路", "roads"),
    milestones=(Milestone("half", Text("打通两条", "two open"), date(2021, 12, 31), 2),),
)


def reports(*items: tuple[date, int]) -> list[Progress]:
    return [Progress("road", on, done, "toy") for on, done in items]


TOY = reports((date(2021, 10, 31), 1), (date(2022, 2, 28), 2), (date(2022, 6, 15), 4))


def changes(found: Light) -> list[tuple[str, str]]:
    return [(str(change.on), change.colour) for change in found.history]


def test_the_toy_road_goes_red_on_the_first_day_after_and_stays_yellow_for_good() -> None:
    found = light(ROAD, progress=TOY, on=date(2022, 12, 31))

    assert changes(found) == [("2021-10-02", "yellow"), ("2022-01-01", "red"), ("2022-02-28", "yellow")]
    assert (found.colour, found.done, found.due) == ("yellow", 4, date(2022, 6, 30))
    assert found.reason.zh == "曾逾期，2022-02-28 补齐；逾期后补齐不再转绿。已全部完成（4条道路）。"
    assert found.history[1].reason == Text(
        "“打通两条”期限为 2021-12-31，应完成2条道路；已报完成1条道路，已逾期。",
        "“two open” was due on 2021-12-31 with 2 of 4 roads; 1 reported done: overdue.",
    )


def test_work_done_in_time_is_green() -> None:
    found = light(ROAD, progress=reports((date(2021, 9, 1), 2), (date(2022, 3, 1), 4)), on=date(2023, 1, 1))

    assert changes(found) == [("2021-09-01", "green")]
    assert found.reason.en == "All done (4 roads)."


def test_a_target_is_met_on_its_own_day() -> None:
    found = light(ROAD, progress=reports((date(2021, 12, 31), 2)), on=date(2022, 1, 1))

    assert found.colour == "green"
    assert found.reason.zh == "到期节点均已达到，进度不落后。"


def test_one_day_late_is_late_even_if_no_red_day_was_seen() -> None:
    found = light(ROAD, progress=reports((date(2022, 1, 1), 4)), on=date(2022, 1, 1))

    assert (found.colour, found.reason.en[:41]) == ("yellow", "It was overdue and caught up on 2022-01-0")


def test_a_due_date_that_nears_with_work_left_is_yellow_until_the_work_is_done() -> None:
    one = replace(ROAD, milestones=(), count=1)
    progress = reports((date(2022, 1, 1), 0), (date(2022, 6, 1), 1))

    assert changes(light(one, progress=progress, on=date(2022, 7, 1))) == [
        ("2022-01-01", "green"),
        ("2022-04-01", "yellow"),
        ("2022-06-01", "green"),
    ]
    shorter = light(one, progress=progress, on=date(2022, 7, 1), warning_days=29)
    assert changes(shorter) == [("2022-01-01", "green")]


def test_the_warning_counts_the_days_and_the_work_left() -> None:
    found = light(ROAD, progress=TOY[:1], on=date(2021, 12, 1))

    assert found.reason == Text(
        "“打通两条”将于 2021-12-31 到期，还有 30 天，尚差1条道路。",
        "“two open” falls due on 2021-12-31; days left: 30, work left: 1 of 4 roads.",
    )


def test_falling_behind_an_even_pace_is_yellow_from_the_very_day() -> None:
    slow = replace(
        ROAD, milestones=(), begin=date(2021, 1, 1), due=date(2024, 12, 30)
    )  # 1459 days, one road each 364.75

    found = light(slow, progress=reports((date(2022, 6, 1), 1)), on=date(2023, 1, 2))

    assert changes(found) == [
        ("2021-01-01", "green"),
        ("2022-01-01", "yellow"),
        ("2022-06-01", "green"),
        ("2023-01-01", "yellow"),
    ]
    assert found.reason.zh == "按匀速推算，此时应完成2条道路；已报完成1条道路，进度落后，尚未逾期。"


def test_nothing_reported_is_said_and_counts_as_nothing_done() -> None:
    found = light(ROAD, progress=[], on=date(2022, 1, 1))

    assert (found.colour, found.done) == ("red", None)
    assert "未见进展报告" in found.reason.zh


def test_without_any_date_progress_alone_is_shown() -> None:
    found = light(replace(ROAD, due=None, milestones=()), progress=TOY[:1], on=date(2030, 1, 1))

    assert changes(found) == [("2021-10-31", "grey")]
    assert found.note is None
    assert found.reason == Text(
        "未公布期限和节点，只列进展：已报完成1条道路，共4条道路。",
        "Neither a due date nor a milestone was published; progress alone is shown: 1 reported done of 4 roads.",
    )


@pytest.mark.parametrize("due", [None, date(2021, 1, 1)])
def test_an_implicit_contract_is_grey_and_says_that_shirking_cannot_be_seen(due: date | None) -> None:
    found = light(replace(ROAD, count=None, milestones=(), due=due), progress=[], on=date(2022, 1, 1))

    assert (found.colour, found.due) == ("grey", due)
    assert found.note == Text(
        "没有可计量的成果，难以发现推诿。", "Nothing in it can be counted: shirking cannot be seen."
    )


def test_what_was_not_yet_known_does_not_count() -> None:
    assert light(ROAD, progress=TOY, on=date(2022, 2, 27)).colour == "red"
    assert light(ROAD, progress=[Progress("bus", date(2021, 1, 1), 4)], on=date(2022, 2, 27)).colour == "red"


def test_a_count_taken_back_after_its_day_is_red_and_never_green_again() -> None:
    progress = reports((date(2021, 12, 1), 2), (date(2022, 1, 15), 1), (date(2022, 2, 1), 4))

    assert changes(light(ROAD, progress=progress, on=date(2022, 3, 1)))[-3:] == [
        ("2021-12-01", "green"),
        ("2022-01-15", "red"),
        ("2022-02-01", "yellow"),
    ]


def test_before_it_begins_a_contract_is_green() -> None:
    found = light(replace(ROAD, begin=date(2021, 1, 1)), progress=[], on=date(2020, 6, 1))

    assert (changes(found), found.reason.zh) == ([("2020-06-01", "green")], "尚无节点到期，进度不落后。")


def test_an_open_end_does_not_break_the_calendar() -> None:
    assert light(replace(ROAD, due=date.max, milestones=()), progress=[], on=date(2022, 1, 1)).colour == "green"


series = st.lists(st.tuples(st.dates(date(2021, 1, 1), date(2023, 1, 1)), st.integers(0, 5)), max_size=8)


@settings(max_examples=15)
@given(series, st.dates(date(2021, 1, 1), date(2023, 6, 1)), st.sampled_from([None, date(2021, 1, 1)]))
def test_history_is_the_same_as_reading_the_light_day_by_day(
    items: list[tuple[date, int]], on: date, begin: date | None
) -> None:
    contract = replace(ROAD, begin=begin)
    progress = reports(*dict(items).items())

    found = light(contract, progress=progress, on=on)

    for days in range((on - found.history[0].on).days + 1):
        day = found.history[0].on + timedelta(days=days)
        said = [change.colour for change in found.history if change.on <= day][-1]
        assert light(contract, progress=progress, on=day).colour == said


@given(series, st.dates(date(2021, 1, 1), date(2023, 6, 1)))
def test_green_never_follows_red(items: list[tuple[date, int]], on: date) -> None:
    colours = [change.colour for change in light(ROAD, progress=reports(*dict(items).items()), on=on).history]

    assert "red" not in colours or "green" not in colours[colours.index("red") :]

"""Signs of falling back."""

from dataclasses import replace
from datetime import date

import pytest

from jinghe.contract import Progress
from jinghe.diagnosis.regress import COURSES, find_courses, find_regress


def reporting(compact, *reports):
    """The toy compact with other reports of progress: (contract, day, done) each."""
    made = tuple(Progress(contract, date.fromisoformat(day), done) for contract, day, done in reports)
    return replace(compact, progress=made)


def lit(assessment, colour):
    return replace(assessment, lights=tuple(replace(one, colour=colour) for one in assessment.lights))


@pytest.mark.parametrize(
    ("reports", "course"),
    [
        ([("2020-01-01", 1), ("2021-01-01", 1)], "stalled"),
        ([("2020-02-01", 1), ("2021-01-01", 1)], ""),
        ([("2020-01-01", 2), ("2020-06-01", 1)], "fell_back"),
        ([("2020-01-01", 1), ("2020-06-01", 2)], "moving"),
        ([("2020-01-01", 4)], "moving"),
        ([("2020-01-01", 1), ("2020-06-01", 4), ("2021-06-01", 4)], "moving"),
        ([("2020-01-01", 1), ("2030-01-01", 1)], ""),
        ([("2020-01-01", 1)], ""),
        ([], ""),
    ],
)
def test_a_course_is_read_off_the_reports_where_there_is_no_light(compact, assessment, reports, course):
    first = next(c for c in compact.contracts if c.count == 4)
    changed = reporting(compact, *((first.id, *report) for report in reports))

    assert course == find_courses(changed, assessment=lit(assessment, "grey"))[first.id]


@pytest.mark.parametrize(("colour", "course"), [("red", "overdue"), ("green", "moving")])
def test_a_light_tells_the_course_where_one_is_lit(compact, assessment, colour, course):
    assert {course} == set(find_courses(reporting(compact), assessment=lit(assessment, colour)).values())
    assert course in COURSES


def test_too_few_courses_say_nothing_about_the_whole(compact, assessment):
    found = find_regress(reporting(compact), assessment=lit(assessment, "grey"))

    assert found.holds is None
    assert "0 of 5 contracts" in found.evidence.en


def test_half_of_the_courses_bad_is_a_risk_and_fewer_are_none(compact, assessment):
    green = lit(assessment, "green")
    red = [replace(one, colour="red") for one in green.lights]
    mixed = [replace(green, lights=(*red[:n], *green.lights[n:])) for n in (2, 3)]

    assert [True, False] == [find_regress(reporting(compact), assessment=one).holds for one in mixed]


def test_a_sharing_agreement_that_ran_out_is_named_and_decides_nothing(compact, assessment):
    ended = tuple(replace(one, end=date(2021, 1, 1), start=date(2020, 1, 1)) for one in compact.agreements)

    found = find_regress(replace(compact, agreements=ended), assessment=lit(assessment, "green"))

    assert found.holds is True
    assert all(one.title.zh in found.evidence.zh for one in ended if one.is_horizontal)


def test_roads_that_have_not_moved_for_two_years_are_named():
    from jinghe.compact import load_compact
    from jinghe.operation import assess
    from jinghe.panel import Panel
    from jinghe.units import Period

    shanxi = replace(load_compact("shanxi"), contest=None)
    assessment = assess(shanxi, panel=Panel(), period=Period.of("2024"), seed=1, on=date(2025, 6, 1))

    assert "stalled" == find_courses(shanxi, assessment=assessment)["taiyuan-jinzhong-roads"]
    assert "13" in find_regress(shanxi, assessment=assessment).evidence.zh

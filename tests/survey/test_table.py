"""A table is recalculated from what it prints before it leaves."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.survey import Check, Column, Row, Table, verify_table, verify_tables
from jinghe.survey.table import FORMS, show_cell

NAMES = (("n", "count"), ("mean", "mean"), ("sd", "mean"), ("statistic", "number"), ("df", "df"), ("p", "p"))


def table(*rows, check, hidden=()):
    columns = (Column("g", Text.of("g")), *(Column(name, Text.of(name), form) for name, form in NAMES))
    made = tuple(Row((Text.of("x"), *row), hidden=at in hidden) for at, row in enumerate(rows))
    return Table("t", Text("表", "Table"), columns, made, Text("方法", "Method"), checks=(check,))


SLOTS = {name: name for name, _ in NAMES}
TABLE_4 = Check("t_ind", (0, 1), SLOTS, items=1, scale=(1, 5))


def test_the_table_of_the_paper_that_contradicts_itself_is_never_printed():
    found = table((284, 4.48, 0.81, 0.07, 2404, 0.99), (2122, 4.48, 0.80, None, None, None), check=TABLE_4)

    with pytest.raises(DataError) as raised:
        verify_table(found)

    assert {item.code for item in raised.value.problems} == {"survey-table-inconsistent"}
    assert "0.990" in raised.value.problems[0].text("zh")


def test_the_same_table_with_its_true_p_passes():
    verify_table(table((284, 4.48, 0.81, 0.07, 2404, 0.944), (2122, 4.48, 0.80, None, None, None), check=TABLE_4))


@pytest.mark.parametrize(
    "row",
    [
        (20, 5.30, 0.5, None, None, None),  # beyond the scale
        (28, 5.19, None, None, None, None),  # GRIM
        (20, 3.00, 2.5, None, None, None),  # more spread than the scale allows
    ],
)
def test_an_impossible_mean_is_never_printed(row):
    wide = (1, 7) if row[1] == 5.19 else (1, 5)

    with pytest.raises(DataError):
        verify_table(table(row, check=Check("means", (0,), SLOTS, items=1, scale=wide)))


def test_a_share_must_be_that_of_its_count():
    columns = tuple(Column(name, Text.of(name), name if name != "o" else "text") for name in ("o", "count", "share"))
    check = Check("part", (0,), {"count": "count", "share": "share"}, n=68)
    good = Table("t", Text.of("t"), columns, (Row((Text.of("x"), 61, 61 / 68)),), Text.of("m"), checks=(check,))

    verify_table(good)
    with pytest.raises(DataError):
        verify_table(replace(good, rows=(Row((Text.of("x"), 61, 61 / 166)),)))


def test_a_hidden_row_shows_its_name_and_is_not_checked():
    found = table((None,) * 6, check=Check("means", (0,), SLOTS, items=1, scale=(1, 5)), hidden={0})

    verify_table(found)
    assert found.lines("zh") == [["x", "隐去", "", "", "", "", ""]]
    assert found.as_dict()["hidden"] == [0]


def test_json_holds_what_is_printed_and_nothing_finer():
    found = table((284, 4.4812345, 0.81, 0.07, 361.02, 0.944), check=Check("means", (0,), SLOTS))

    assert found.as_dict()["rows"]["en"] == [["x", "284", "4.48", "0.81", "0.07", "361.02", "0.944"]]
    assert "4.4812345" not in str(found.as_dict())


def test_all_contradictions_are_told_at_once():
    bad = table((20, 5.30, 0.5, None, None, None), check=Check("means", (0,), SLOTS, items=1, scale=(1, 5)))

    with pytest.raises(DataError) as found:
        verify_tables([bad, bad])

    assert len(found.value.problems) == 2


def test_numbers_are_written_as_papers_do():
    cells = ((0.0004, "p"), (0.05, "p"), (-0.001, "mean"), (2404.0, "df"), (12, "count"))
    shown = [show_cell(value, form, "zh") for value, form in cells]

    assert shown == ["<0.001", "0.050", "0.00", "2404", "12"]
    assert [show_cell(math.nan, form, "en") for form in FORMS] == ["—"] * len(FORMS)


@pytest.mark.parametrize(("shares", "sound"), [((0.5, 0.5), True), ((0.4, 0.4), False), ((0.52, 0.5), False)])
def test_shares_of_one_choice_must_be_people_and_add_up_to_them(shares, sound):
    columns = (Column("g", Text.of("G")), Column("n", Text.of("n"), "count"))
    columns += tuple(Column(f"o{at}", Text.of("o"), "share") for at in range(2))
    slots = {"n": "n", "o0": "o0", "o1": "o1"}
    table = Table("t", Text.of("T"), columns, (Row((Text.of("a"), 10, *shares)),), Text.of("M"))

    check = replace(table, checks=(Check("single", (0,), slots),))

    if sound:
        verify_table(check)
    else:
        with pytest.raises(DataError):
            verify_table(check)

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.recalc.grim import debit, grim, grimmer, sd_range, smallest_n
from jinghe.recalc.printed import read_printed

# scrutiny 0.6.1, tests/testthat/test-grim.R and test-debit.R
SCRUTINY = [
    ([f"{x / 100:.2f}" for x in range(519, 531)], 28, 1, "FFTFFFTFFFTF"),
    ([f"{x / 1000:.3f}" for x in range(150, 160)], 120, 3, "TFFTFFTFTF"),
    ([f"{x / 100:.2f}" for x in range(80, 90)], 28, 2, "TFTFTFTTTT"),
    ([f"{x}%" for x in range(519, 531)], 28, 1, "FFTFFFTFFFTF"),
    ([f"{x}%" for x in range(6, 17)], 50, 1, "TFTFTFTFTFT"),
    (["5.19"], 40, 1, "F"),
]
PIGS = [("0.53", "0.50"), ("0.44", "0.50"), ("0.77", "0.42"), ("0.19", "0.35"), ("0.34", "0.47"), ("0.93", "0.25")]


@pytest.mark.parametrize(("means", "n", "items", "expected"), SCRUTINY)
def test_grim_gives_the_published_rows_of_scrutiny(means, n, items, expected):
    assert expected == "".join("FT"[grim(mean, n, items).feasible] for mean in means)


def test_debit_gives_the_published_rows_of_scrutiny():
    assert "TTTFTTT" == "".join("FT"[debit(m, sd, 1683)] for m, sd in (*PIGS, ("0.12", "0.33")))
    assert all(
        debit(*x) for x in (("0.00", "0.00", 50), ("1.00", "0.00", 50), ("0.50", "0.503", 100), ("0.000", "0.000", 5))
    )
    assert not any(debit(*x) for x in (("0.00", "0.50", 50), ("1.00", "0.50", 50)))
    assert (884, 900) == (grim("0.53", 1683).sums[0], grim("0.53", 1683).sums[-1])
    assert [False, True] == [debit("0.05", sd, 20) for sd in ("0.21", "0.22")]


def test_grimmer_gives_the_published_rows_of_rsprite2():
    assert grimmer("5.21", "1.60", 28).feasible
    assert not grimmer("3.44", "2.47", 18).feasible


def test_two_answers_have_the_sds_one_can_list():
    assert ["0.00", "1.41"] == [sd for sd in ("0.00", "0.71", "1.00", "1.41") if grimmer("2.00", sd, 2).feasible]
    assert ["0.71"] == [sd for sd in ("0.00", "0.70", "0.71", "1.41") if grimmer("2.50", sd, 2).feasible]


def test_a_mean_that_only_a_tie_can_give_says_so():
    assert grim("2.5", 20).sums == range(49, 52)
    assert not grim("2.5", 20).ties
    assert grim("0.12", 8).ties  # 1/8 = 0.125


def test_the_paper_s_sums_are_those_of_the_reference():
    listed = {m: (grim(m, 2406).sums[0], grim(m, 2406).sums[-1]) for m in ("4.488", "4.490", "4.502")}

    assert {"4.488": (10797, 10799), "4.490": (10802, 10804), "4.502": (10831, 10833)} == listed
    assert 22 == len(grim("4.48", 2122).sums)
    assert range(27491, 27512) == grim("12.96", 2122).sums


def test_the_smallest_areas_are_those_of_the_reference():
    means = ("173.79", "170.29", "164.31", "159.82", "130.89", "127.73")

    assert [14, 7, 13, 11, 9, 11] == [smallest_n(read_printed(mean)) for mean in means]
    assert smallest_n(read_printed("0.99"), most=50) is None


def test_the_sd_of_a_scale_has_two_ends():
    found = sd_range(read_printed("4.48"), 284, (1, 5))

    assert 0.500 == pytest.approx(found.low, abs=5e-4)
    assert 1.349 == pytest.approx(found.high, abs=5e-4)  # at 4.48 itself 1.348
    assert sd_range(read_printed("5.60"), 284, (1, 5)) is None
    assert sd_range(read_printed("1.00"), 10, (1, 5)).high == 0


def test_a_very_large_sample_is_answered_at_once():
    assert grim("4", 10**30).vacuous
    assert grimmer("4", "1", 10**7).cut
    assert grimmer("4", "1", 10**7).feasible
    assert debit("0.5", "0.5", 10**9)
    assert not debit("0.5", "0.3", 10**9)
    assert sd_range(read_printed("4"), 10**7, (1, 5)).high > 1.8


@given(st.lists(st.integers(1, 5), min_size=2, max_size=60), st.integers(0, 3))
def test_data_that_exist_are_never_called_impossible(data, decimals):
    mean, sd = f"{statistics.mean(data):.{decimals}f}", f"{statistics.stdev(data):.{decimals}f}"
    spread = sd_range(read_printed(mean), len(data), (1, 5))

    assert sum(data) in grim(mean, len(data)).sums
    assert grimmer(mean, sd, len(data), 1, (1, 5)).feasible
    assert spread.low - 1e-9 <= statistics.stdev(data) <= spread.high + 1e-9


@pytest.mark.slow
@given(st.lists(st.lists(st.integers(1, 7), min_size=3, max_size=3), min_size=2, max_size=40))
def test_scores_of_three_items_are_never_called_impossible(rows):
    scores = [sum(row) / 3 for row in rows]

    assert grimmer(f"{statistics.mean(scores):.2f}", f"{statistics.stdev(scores):.2f}", len(rows), 3, (1, 7)).feasible


@pytest.mark.slow
@given(st.lists(st.integers(0, 1), min_size=2, max_size=80), st.integers(1, 3))
def test_binary_data_are_never_called_impossible(data, decimals):
    assert debit(f"{statistics.mean(data):.{decimals}f}", f"{statistics.stdev(data):.{decimals}f}", len(data))

import pytest

from jinghe.contest.flags import (
    Untested,
    find_digit_power,
    find_digit_spread,
    probe_heaping,
    probe_rounding,
    probe_spread,
)

ROUND = ["510", "165", "915", "230", "190", "145", "184", "205", "134", "190", "207"]


def test_round_last_digits_are_counted_with_their_weak_power(scope, row):
    [found] = probe_heaping(scope(row("x", ROUND)))

    assert (found.code, found.jurisdiction, found.n) == ("digit-heaping", "P", 11)
    assert found.effect == pytest.approx(8 / 11 - 0.2)
    assert found.p == pytest.approx(165 * 0.2**8 * 0.8**3 + 55 * 0.2**9 * 0.8**2 + 11 * 0.2**10 * 0.8 + 0.2**11)
    assert found.power == pytest.approx(0.2465, abs=1e-4)
    assert found.evidence.en.startswith("x, 2021: 8 of 11 figures end in 0 or 5; by chance with probability 0.00024.")


def test_few_digits_are_not_tested_and_counted(scope, row):
    [found] = probe_heaping(scope(row("x", ["100"] * 7, "ABCDEFG"), codes="ABCDEFG"))

    assert (type(found), found.n) == (Untested, 7)
    assert found.reason.en == "7 figures of three digits or more; 8 are needed"


def test_each_city_is_tested_over_all_its_figures(scope, years):
    table = [[101.0 + t + 10 * i for t in range(10)] for i in range(2)]
    even, heaped = (
        years("x", table, decimals=0, codes="AB"),
        years("y", [[100.0 + 5 * t for t in range(10)]], decimals=0, codes="B"),
    )

    first, second = probe_rounding(scope(even, heaped, codes="AB", periods=tuple(map(str, range(2012, 2022)))))

    assert (first.jurisdiction, first.n, first.effect) == ("A", 10, pytest.approx(0))
    assert (second.jurisdiction, second.n, second.effect) == ("B", 20, pytest.approx(12 / 20 - 0.2))


def test_last_digits_that_are_not_even_are_found(scope, years):
    table = [[100 + 3 * t + 10 * i for t in range(10)] for i in range(10)]
    even = scope(years("x", table, decimals=0), periods=tuple(map(str, range(2012, 2022))))
    uneven = scope(years("x", [[x // 2 * 2 for x in line] for line in table], decimals=0), periods=even.history)

    [fair], [found] = probe_spread(even), probe_spread(uneven)

    assert (fair.p, fair.n) == (pytest.approx(1), 100)
    assert found.p < 1e-10
    assert found.power == pytest.approx(find_digit_power(100))


def test_the_spread_of_digits_by_hand():
    assert find_digit_spread("0" * 100) == (1.0, pytest.approx(0, abs=1e-30))
    # 20 zeros, 0 ones, ten of each other: (100 + 100)/10 = 20 on 9 df
    effect, p = find_digit_spread("0" * 20 + "23456789" * 10)
    assert (effect, p) == (pytest.approx((20 / 900) ** 0.5), pytest.approx(0.0179, abs=1e-4))


def test_too_few_digits_for_the_spread_are_counted(scope, row):
    [found] = probe_spread(scope(row("x", ROUND)))

    assert (type(found), found.n) == (Untested, 11)

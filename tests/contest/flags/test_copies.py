import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.flags import Untested, find_match_chance, find_match_power, probe_copies


@settings(max_examples=30)
@given(st.lists(st.floats(0, 1), max_size=6), st.integers(0, 7))
def test_the_match_chance_is_that_of_all_outcomes(shares, matches):
    total = 0.0
    for bits in range(1 << len(shares)):
        hits = [bits >> k & 1 for k in range(len(shares))]
        total += np.prod([s if hit else 1 - s for s, hit in zip(shares, hits, strict=True)]) * (sum(hits) >= matches)

    assert find_match_chance(matches, shares) == pytest.approx(total)


def test_the_power_of_the_match_test_by_hand():
    # three figures that agree by chance with 1 %: two suffice (p = 0.0003); half copied: P(≥ 2 of 3) = ½ — and one
    # alone (p = 0.0297) is below 5 %, too: P(≥ 1 of 3) = 7/8
    assert find_match_power([0.01] * 3) == pytest.approx(7 / 8)
    assert find_match_power([0.02] * 3) == pytest.approx(1 / 2)


def test_two_cities_with_the_same_figures_are_found(scope, years, rng):
    tables = [rng.uniform(100, 999, (11, 1)) for _ in range(6)]
    for table in tables[:4]:
        table[1] = table[0]
    found = list(probe_copies(scope(*(years(f"x{k}", table, decimals=1) for k, table in enumerate(tables)))))

    worst = min(found, key=lambda one: one.p)
    assert worst.evidence.en.startswith("City A and City B, 2021: 4 of 6 figures of three digits or more are the same.")
    assert worst.p < 1e-4
    assert len(found) == 55
    assert sum(one.p < 0.05 for one in found) <= 3


def test_a_city_that_repeats_last_year_is_found(scope, years, rng):
    tables = [rng.uniform(100, 999, (11, 2)) for _ in range(5)]
    for table in tables:
        table[4, 1] = table[4, 0]
    found = list(
        probe_copies(
            scope(*(years(f"x{k}", table, decimals=1) for k, table in enumerate(tables)), periods=("2020", "2021"))
        )
    )

    repeated = [one for one in found if one.evidence.en.startswith("City E, 2020 and 2021: 5 of 5")]
    assert len(repeated) == 1
    assert repeated[0].p < 1e-4


def test_figures_that_often_agree_are_no_copies(scope, years):
    table = np.array([[103.0]] * 6 + [[101.0]] * 5)
    found = list(probe_copies(scope(*(years(f"x{k}", table, decimals=0) for k in range(4)))))

    assert min(one.p for one in found) > 0.02  # every figure agrees for half of all pairs


def test_the_pairs_of_many_contestants_are_not_compared_and_counted(years, scope):
    codes = tuple(f"C{k:03}" for k in range(101))
    [found] = probe_copies(scope(years("x", [[123.4]] * 101, codes=codes), codes=codes))

    assert (type(found), found.n) == (Untested, 101)


def test_short_figures_and_few_of_them_are_not_compared(scope, years, rng):
    assert list(probe_copies(scope(years("x", [[1.0]] * 11, decimals=1)))) == []
    found = list(probe_copies(scope(years("x", rng.uniform(100, 999, (11, 1)), decimals=1))))
    assert {type(one) for one in found} == {Untested}


@pytest.mark.slow
def test_the_size_is_at_most_6_percent(scope, years, rng):
    p = []
    for _ in range(100):
        tables = [rng.integers(100, 130, (11, 1)) for _ in range(8)]
        found = probe_copies(scope(*(years(f"x{k}", table, decimals=0) for k, table in enumerate(tables))))
        p += [one.p for one in found if not isinstance(one, Untested)]

    assert np.mean(np.array(p) <= 0.05) <= 0.06

from datetime import date
from math import comb

import numpy as np
import pytest

from jinghe.contest.flags import Untested, find_overlap, find_overlap_power, list_revisions, probe_revisions


@pytest.fixture
def revise(make_figure):
    """First and later releases of figures: {city: [(first, later), …]}, one year each."""

    def make(figures, *, name="g", unit="亿元", start=2012):
        days = date(2022, 3, 1), date(2023, 3, 1)
        return [
            make_figure(code, name, f"{x:.2f}", unit=unit, period=str(start + t), vintage=day)
            for code, pairs in figures.items()
            for t, pair in enumerate(pairs)
            for x, day in zip(pair, days, strict=True)
        ]

    return make


YEARS = tuple(map(str, range(2012, 2022)))


def test_a_revision_runs_from_the_first_to_the_latest_release(scope, revise):
    table = scope(revise({"A": [(100, 110)], "B": [(100, 100.004)]}), codes="AB", periods=YEARS)

    assert [(one.item.jurisdiction, one.change) for one in list_revisions(table)] == [
        ("A", pytest.approx(0.1)),
        ("B", 0),
    ]


def test_less_is_an_improvement_where_less_is_better(scope, revise):
    table = scope(revise({"A": [(100, 90)]}), codes="A", periods=YEARS, directions={"g": -1})

    assert list_revisions(table)[0].change == pytest.approx(0.1)


def test_a_city_revised_up_again_and_again_is_found(scope, revise):
    figures = {"A": [(100, 110)] * 10, "B": [(100, 110), (100, 90)] * 5}

    first, second = probe_revisions(scope(revise(figures), codes="AB", periods=YEARS), {})

    assert (first.jurisdiction, first.n, first.effect, first.p) == ("A", 10, 0.5, pytest.approx(0.5**10))
    assert (second.effect, second.p > 0.5) == (0, True)
    assert "10 figures were revised unlike the others', 10 of them for the better" in first.evidence.en


def test_a_census_that_raises_all_raises_nobody(scope, revise):
    found = list(
        probe_revisions(
            scope(revise({code: [(100, 110)] * 10 for code in "ABCDEF"}), codes="ABCDEF", periods=YEARS), {}
        )
    )

    assert {(type(one), one.n) for one in found} == {(Untested, 0)}


def test_fisher_by_hand():
    # the lady tasting tea: 4 of 8, all right: 1/70; 3 or more: 17/70
    assert find_overlap(4, 4, 4, 8) == pytest.approx(1 / 70)
    assert find_overlap(3, 4, 4, 8) == pytest.approx(17 / 70)
    assert find_overlap(0, 4, 4, 8) == pytest.approx(1)


def test_the_power_of_fishers_test_by_enumeration():
    low, high, total = 0.2, 0.8, 0.0
    for up in range(5):
        for other in range(5):
            weight = (
                comb(4, up) * high**up * (1 - high) ** (4 - up) * comb(4, other) * low**other * (1 - low) ** (4 - other)
            )
            total += weight * (find_overlap(up, 4, up + other, 8) <= 0.05)

    assert find_overlap_power(4, 8) == pytest.approx(total)


def test_the_power_of_fishers_test_is_found_for_the_counties_of_a_decade():
    # comb(1190, 595) is far beyond a float; with so many revisions the test cannot miss four in five against one
    assert find_overlap_power(595, 1190) == pytest.approx(1)
    # z = 0.05 / √(0.475 · 0.525 / 300) = 1.73 against 1.645, whole numbers taking some; 20,000 draws find 0.513
    assert find_overlap_power(600, 1200, low=0.45, high=0.5) == pytest.approx(0.513, abs=0.01)


def test_figures_below_target_that_are_raised_are_found(scope, revise, make_figure):
    pairs = [(95, 101)] * 5 + [(105, 105)] * 5
    targets = [make_figure("A", "t", 100, unit="亿元", period=year) for year in YEARS]
    *_, found = probe_revisions(scope(revise({"A": pairs}), targets, codes="A", periods=YEARS), {"g": "t"})

    assert (found.code, found.indicator, found.n, found.effect) == ("late-revision", "g", 10, 1)
    assert found.p == pytest.approx(1 / comb(10, 5))


def test_without_targets_or_revisions_it_is_counted(scope, revise):
    [found] = probe_revisions(scope(codes="A", periods=YEARS), {"g": "t"})

    assert (type(found), found.n) == (Untested, 0)


@pytest.mark.slow
def test_the_size_is_at_most_6_percent(scope, revise, rng):
    def run():
        change = rng.normal(0, 3, (6, 10)) + rng.normal(0, 5, 10)  # what happens to all, and one's own
        figures = {code: [(100, 100 + x) for x in row] for code, row in zip("ABCDEF", change, strict=True)}
        found = probe_revisions(scope(revise(figures), codes="ABCDEF", periods=YEARS), {})
        return [one.p for one in found if not isinstance(one, Untested)]

    assert np.mean(np.concatenate([run() for _ in range(150)]) <= 0.05) <= 0.06

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from jinghe.recalc.phases import (
    condition_squares,
    pooled_contrast,
    readings,
    straight_lining_bound,
    unpooled_least_f,
)
from jinghe.recalc.printed import Interval, interval, read_printed

MEANS = ("4.488", "4.490", "4.502")
BOX = [read_printed(mean).bounds for mean in MEANS]
POINT = [(read_printed(mean).value,) * 2 for mean in MEANS]
ANSWERS = st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=4, max_size=30)


def f_of(rows):
    """F, SS_cond and SS_error of a repeated-measures ANOVA, by the textbook."""
    x = np.array(rows, dtype=float)
    n, k = x.shape
    condition = n * ((x.mean(0) - x.mean()) ** 2).sum()
    error = ((x - x.mean(1, keepdims=True)) ** 2).sum() - condition
    return condition / (k - 1) / (error / ((n - 1) * (k - 1))) if error > 1e-9 else None


def fixture(counts):
    """The reference's fixtures: counts of six patterns, the rest constant at 4 or 5 (SS terms do not see them)."""
    patterns = [(4, 4, 5), (4, 4, 3), (5, 4, 4), (3, 4, 4), (4, 5, 4), (4, 3, 4)]
    rows = [pattern for pattern, count in zip(patterns, counts, strict=True) for _ in range(count)]
    return rows + [(4, 4, 4)] * (2406 - len(rows))


@pytest.mark.parametrize(
    ("counts", "f", "p", "epsilon", "p_corrected"),
    [
        ((90, 61, 5, 10, 2, 2), 5.9593, 0.00260, 0.5898, 0.01077),
        ((100, 71, 80, 85, 44, 44), 2.3858, 0.0921, 0.9657, 0.0941),
    ],
)
def test_the_fixtures_of_the_reference_are_read_as_they_were_made(counts, f, p, epsilon, p_corrected):
    rows = fixture(counts)
    found = f_of(rows)
    at = readings(Interval(found, found), k=3, n=2406)
    different = sum(len(set(row)) > 1 for row in rows)
    box = [(Fraction(int(total), 2406),) * 2 for total in np.array(rows).sum(0)]

    assert f == pytest.approx(found, abs=5e-5)
    assert p == pytest.approx(at["sphericity"].low, abs=5e-5)
    assert at["greenhouse-geisser"].low <= p_corrected <= at["greenhouse-geisser"].high
    assert p_corrected == pytest.approx(stats.f.sf(found, 2 * epsilon, 4810 * epsilon), abs=5e-5)
    exact = Fraction(found) * (1 - Fraction(1, 10**9))  # F in floating point may lie a hair above its value
    assert different == straight_lining_bound(box, n=2406, f=exact).different_at_most  # the bound is attained


def test_the_paper_s_sums_of_squares_are_those_of_the_reference():
    low, high = condition_squares(BOX, n=2406)

    assert ("0.2358", "0.2759", "0.3192") == tuple(
        f"{float(x):.4f}" for x in (low, condition_squares(POINT, n=2406)[0], high)
    )


def test_at_least_four_in_five_respondents_gave_identical_answers():
    found = straight_lining_bound(BOX, n=2406, f=Fraction("2.345"))

    assert (491, 1915, "79.6%") == (found.different_at_most, found.identical, f"{found.share:.1%}")
    assert 423 == straight_lining_bound(POINT, n=2406, f=Fraction("2.35")).different_at_most
    assert 171 == straight_lining_bound(POINT, n=2406, f=Fraction("5.82")).different_at_most
    assert 203 == straight_lining_bound(BOX, n=2406, f=Fraction("5.66")).different_at_most
    assert straight_lining_bound(BOX, n=2406, f=Fraction(0)) is None


def test_every_reading_of_the_paper_s_f_gives_a_p_near_a_tenth():
    found = readings(Interval(2.35, 2.35), k=3, n=2406)

    assert {"sphericity": "0.0955", "between": "0.0954", "multivariate": "0.0956"} == {
        name: f"{found[name].low:.4f}" for name in ("sphericity", "between", "multivariate")
    }
    assert ("0.0955", "0.1254") == (f"{found['greenhouse-geisser'].low:.4f}", f"{found['greenhouse-geisser'].high:.4f}")


@pytest.mark.parametrize(
    ("pair", "f", "expected"),
    [
        ((0, 2), 2.35, (1.94, 2.06)),
        ((1, 2), 2.35, (1.62, 1.80)),
        ((0, 1), 2.35, (0.14, 0.44)),
        ((0, 2), 5.82, (3.06, 3.24)),
        ((1, 2), 5.82, (2.55, 2.84)),
        ((0, 1), 5.82, (0.22, 0.69)),
    ],
)
def test_the_paper_s_pooled_contrasts_are_those_of_the_reference(pair, f, expected):
    found = pooled_contrast(BOX, pair=pair, f=Interval(f, f))

    assert expected == (round(found.low, 2), round(found.high, 2))


def test_separate_error_terms_need_an_f_of_one_and_a_third():
    note = [(0, 2, True), (1, 2, True), (0, 1, False)]
    means = [4.488, 4.490, 4.502]

    assert 1.30 == pytest.approx(unpooled_least_f(means, n=2406, contrasts=note, alpha=0.05), abs=0.01)
    assert 1.94 == pytest.approx(
        unpooled_least_f(means, n=2406, contrasts=note, alpha=0.05 / 3), abs=0.02
    )  # Bonferroni
    assert 0 == unpooled_least_f(means, n=2406, contrasts=note[:1], alpha=0.05)


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=4))
def test_the_box_of_means_holds_the_squares_of_every_point_in_it(ends):
    box = [(Fraction(min(pair)), Fraction(max(pair))) for pair in ends]
    low, high = condition_squares(box, n=1)
    grid = np.stack(np.meshgrid(*[np.linspace(float(a), float(b), 5) for a, b in box]), axis=-1).reshape(-1, len(box))
    squares = ((grid - grid.mean(1, keepdims=True)) ** 2).sum(1)

    assert float(low) - 1e-9 <= squares.min()
    assert high == pytest.approx(squares.max())


def test_a_dozen_phases_and_more_still_have_a_bound():
    low, high = condition_squares([(Fraction(0), Fraction(1))] * 13, n=1)

    assert (0, Fraction(13, 4)) == (low, high)


@pytest.mark.slow
@given(ANSWERS)
def test_no_more_rows_differ_than_the_bound_allows(rows):
    f = f_of(rows)
    assume(f is not None and f > 0.01)
    printed = read_printed(f"{f:.2f}")
    assume(printed.bounds[0] > 0)
    box = [read_printed(f"{mean:.2f}").bounds for mean in np.array(rows).mean(0)]

    found = straight_lining_bound(box, n=len(rows), f=printed.bounds[0])

    assert sum(len(set(row)) > 1 for row in rows) <= found.different_at_most


@pytest.mark.slow
@given(ANSWERS)
def test_the_pooled_t_of_data_lies_in_its_range(rows):
    f = f_of(rows)
    assume(f is not None and f > 0.01)
    x = np.array(rows, dtype=float)
    n, k = x.shape
    means = x.mean(0)
    error = n * ((means - means.mean()) ** 2).sum() / (k - 1) / f
    t = abs(means[2] - means[0]) / np.sqrt(2 * error / n)

    found = pooled_contrast([read_printed(f"{m:.2f}").bounds for m in means], pair=(0, 2), f=interval(f"{f:.2f}"))

    assert found.low * 0.999 - 1e-6 <= t <= found.high * 1.001 + 1e-6

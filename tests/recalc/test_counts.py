from __future__ import annotations

import statistics
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.recalc.counts import _solve, find_counts, top_box_range
from jinghe.recalc.printed import read_printed as read


def test_the_top_box_equals_listing_every_sample():
    samples = [x for x in combinations_with_replacement(range(1, 6), 8) if f"{statistics.mean(x):.1f}" == "3.9"]
    samples = [x for x in samples if f"{statistics.stdev(x):.1f}" == "1.2"]
    shares = [x.count(5) / 8 for x in samples]

    found = top_box_range(read("3.9"), read("1.2"), 8, (1, 5))

    assert (min(shares), max(shares)) == pytest.approx((found.low, found.high))


@pytest.mark.parametrize(
    ("n", "mean", "sd", "expected"),
    [
        (284, "4.48", "0.81", ("57.7%", "68.7%")),
        (2122, "4.48", "0.80", ("57.1%", "68.4%")),
        (284, "4.54", "0.68", ("58.8%", "65.1%")),
        (2122, "4.48", "0.77", ("55.9%", "66.0%")),
    ],
)
def test_the_paper_s_shares_of_the_top_answer(n, mean, sd, expected):
    found = top_box_range(read(mean), read(sd), n, (1, 5))

    assert expected == (f"{found.low:.1%}", f"{found.high:.1%}")


def test_no_sample_is_found_where_there_is_none():
    assert find_counts(read("3.44"), read("2.47"), 18, (1, 7)) is None
    assert top_box_range(read("1.5"), read("3.0"), 10, (1, 5)) is None
    assert find_counts(read("1.55"), read("0.5"), 3, (1, 5)) is None


@settings(max_examples=20)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=30))
def test_a_sample_found_has_the_mean_and_sd_asked_for(data):
    mean, sd = read(f"{statistics.mean(data):.2f}"), read(f"{statistics.stdev(data):.2f}")

    counts = find_counts(mean, sd, len(data), (1, 5))

    sample = [answer for answer, count in enumerate(counts, start=1) for _ in range(count)]
    assert len(data) == len(sample)
    assert float(mean.value) == pytest.approx(statistics.mean(sample), abs=0.005001)
    assert float(sd.value) == pytest.approx(statistics.stdev(sample), abs=0.005001)


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=40), st.integers(2, 4), st.sampled_from([0, 0.1]))
def test_listing_equals_integer_programming(data, width, off):
    data = [min(value, width + 1) for value in data]
    mean, sd = read(f"{statistics.mean(data):.2f}"), read(f"{statistics.stdev(data) + off:.2f}")
    programme = [_solve(mean, sd, len(data), (1, width + 1), weight) for weight in (1, -1)]

    found = top_box_range(mean, sd, len(data), (1, width + 1))

    if found is None:
        assert programme[0] is None
    else:
        assert [ends[-1] / len(data) for ends in programme] == pytest.approx([found.low, found.high])

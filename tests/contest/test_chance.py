import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.chance import find_chance, find_power, find_q, find_t_power


def test_chance_and_power_are_exact():
    assert find_chance(3, 2, share=0.2) == pytest.approx(3 * 0.2**2 * 0.8 + 0.2**3)
    assert find_chance(5, 0, share=0.2) == 1
    assert find_chance(5, 6, share=0.2) == 0
    # n = 11: P(≥ 5) = 0.0504 > 5 %, so 6 are needed; P(Bin(11, 0.4) ≥ 6) = 0.2465
    assert find_chance(11, 5, share=0.2) > 0.05 > find_chance(11, 6, share=0.2)
    assert find_power(11, null=0.2, true=0.4) == pytest.approx(find_chance(11, 6, share=0.4))


def test_the_window_of_ten_thousand_figures_does_not_overflow():
    assert find_chance(10_000, 5_200, share=0.5) == pytest.approx(3.2e-5, rel=0.1)


def test_the_power_of_a_t_test_by_its_table():
    # ten figures, a mean of one standard deviation, two sides: 0.8031 in the tables of Cohen (1988) and R's pwr
    assert find_t_power(9, shift=10**0.5) == pytest.approx(0.8031, abs=1e-4)
    assert find_t_power(30, shift=0.0, sides=1) == pytest.approx(0.05, abs=1e-5)


@settings(max_examples=30)
@given(st.integers(1, 200))
def test_power_is_a_probability(n):
    assert 0 <= find_power(n, null=0.2, true=0.4) <= 1


def test_false_discoveries_by_hand():
    # Benjamini & Hochberg (1995), 15 tests at 5 %: the four smallest are flagged
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]

    q = find_q(p)

    assert int((q <= 0.05).sum()) == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert find_q([]).tolist() == []


@settings(max_examples=30)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.randoms())
def test_q_is_never_below_p_and_knows_no_order(p, random):
    q = find_q(p)
    order = list(range(len(p)))
    random.shuffle(order)

    assert np.all(q >= np.array(p) - 1e-15)
    assert find_q([p[k] for k in order]) == pytest.approx(q[order])

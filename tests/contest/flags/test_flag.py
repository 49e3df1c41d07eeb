import pytest

from jinghe.contest.flags import Probe, raise_flags
from jinghe.labels import Text


def probe(p, power=0.9):
    return Probe("jump", "A", "gdp", "2021", 0.1, p, 7, power, Text("证据", "evidence"), Text("偏离时", "a jump"))


def test_only_what_stands_out_among_all_tests_is_flagged():
    found = raise_flags([probe(0.001), probe(0.04), probe(0.5), probe(0.9)], rate=0.05)

    assert [(one.p, one.q) for one in found] == [(0.001, 0.004)]


def test_strength_says_n_power_p_and_q_in_both_languages():
    [strong] = raise_flags([probe(0.01)], rate=0.05)
    [weak] = raise_flags([probe(0.01, power=0.2)], rate=0.05)

    assert strong.strength == Text(
        "强：n = 7，偏离时的检出概率为 90%；p = 0.01，按 1 项检验校正后 q = 0.01",
        "strong: n = 7, power 90% against a jump; p = 0.01, q = 0.01 over 1 tests",
    )
    assert weak.strength.en.startswith("weak: n = 7, power 20%")


def test_a_rate_of_nothing_flags_nothing():
    assert raise_flags([probe(1e-300)], rate=0.0) == ()
    assert raise_flags([], rate=1.0) == ()


def test_a_flag_keeps_the_numbers_of_its_test():
    [found] = raise_flags([probe(0.01)], rate=0.05)

    assert (found.effect, found.n, found.power, found.q) == (0.1, 7, 0.9, pytest.approx(0.01))

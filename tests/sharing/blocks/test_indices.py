"""Indices: the water index of the Xin'an river, the air index of Shandong, and capacity."""

from __future__ import annotations

from fractions import Fraction

import pytest

from jinghe.errors import RuleError
from jinghe.sharing.blocks import delta_weighted, inverse_capacity, percent_drop, weighted_ratio

NOW, BASE = ("1.9", "0.10", "1.45", "0.028"), ("2.0", "0.12", "1.30", "0.030")


def exact(*words: str) -> list[Fraction]:
    return [Fraction(word) for word in words]


@pytest.mark.parametrize(
    "factor, weights, expected",
    [("0.85", ("0.25",) * 4, 0.8143), ("0.85", ("0.22", "0.22", "0.28", "0.28"), 0.8211),
     ("0.90", ("0.22", "0.22", "0.28", "0.28"), 0.8694)],
)  # fmt: skip
def test_the_index_of_the_xinan_river_moves_with_its_rounds(
    factor: str, weights: tuple[str, ...], expected: float
) -> None:
    found = weighted_ratio(exact(*NOW), base=exact(*BASE), weights=exact(*weights), factor=Fraction(factor))

    assert abs(float(found) - expected) <= 5e-5 + 1e-12  # expected is printed to four digits; one lies at its half


def test_the_air_of_shandong_improves_by_its_weights() -> None:
    fall = exact("5", "8", "3", "-2")
    now = exact("50", "90", "20", "40")
    before = [a + b for a, b in zip(now, fall, strict=True)]

    assert Fraction("4.45") == delta_weighted(now, before=before, weights=exact("0.6", "0.15", "0.15", "0.1"))


def test_falls_in_per_cent_are_averaged_by_weight() -> None:
    found = percent_drop(exact("9", "21"), before=exact("10", "20"), weights=exact("1/2", "1/2"))

    assert Fraction(5, 2) == found  # (10 % − 5 %) / 2


def test_the_mean_of_capacity_cancels_in_a_key() -> None:
    plain, scaled = ([inverse_capacity(Fraction(p), capacity=Fraction(f), reference=r)
                      for p, f in ((100, 120), (50, 80), (20, 60))] for r in (Fraction(1), Fraction(86)))  # fmt: skip

    assert [x / sum(plain) for x in plain] == [x / sum(scaled) for x in scaled]


def test_a_base_of_nothing_is_refused() -> None:
    with pytest.raises(RuleError):
        weighted_ratio(exact("1"), base=exact("0"), weights=exact("1"))

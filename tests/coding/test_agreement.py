from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jinghe.coding import LABELS, agree, agree_on_codes
from jinghe.errors import RuleError

PARADOX = [[118, 5], [2, 0]]


def test_the_paradox_is_told_and_both_figures_are_shown(crossed):
    found = agree(crossed(PARADOX), categories=(0, 1), draws=200)

    assert ("0.9440", "-0.0234", "0.9408") == tuple(
        f"{found.get(name).value:.4f}" for name in ("observed", "kappa", "ac1")
    )
    assert "κ 悖论" in found.warnings[0].zh
    assert "κ paradox" in found.warnings[0].en


def test_one_label_only_means_no_variation_and_ac1_of_one(crossed):
    found = agree(crossed([[5, 0], [0, 0]]), categories=(0, 1), draws=50)

    assert np.isnan(found.get("alpha").value)
    assert 1.0 == found.get("ac1").value
    assert 50 == found.get("alpha").undefined
    assert "没有变化" in found.warnings[0].zh


def test_an_even_table_draws_no_warning(crossed):
    assert () == agree(crossed([[40, 5], [5, 40]]), categories=(0, 1), draws=10).warnings


def test_intervals_hold_the_value_and_are_the_same_for_the_same_seed(crossed):
    table = crossed([[30, 5], [5, 10]])

    one, two, other = (agree(table, categories=(0, 1), draws=500, seed=seed) for seed in (1, 1, 2))

    assert all(c.low <= c.value <= c.high for c in one.coefficients)
    assert one.coefficients == two.coefficients != other.coefficients


def test_the_interval_covers_as_the_normal_one_does_for_observed_agreement(crossed):
    table = crossed([[300, 60], [40, 100]])
    found = agree(table, categories=(0, 1), draws=4000, seed=3).get("observed")

    half = 1.96 * np.sqrt(0.8 * 0.2 / 500)

    # 0.003: the error of a percentile from 4,000 draws, about half a percent of the width
    assert pytest.approx((0.8 - half, 0.8 + half), abs=0.003) == (found.low, found.high)


def test_a_new_code_leaves_the_intervals_of_the_others_alone(ratings):
    fewer = replace(ratings, codes=ratings.codes[1:], values=ratings.values[:, :, 1:])

    whole = {found.code: found for found in agree_on_codes(ratings, draws=100, seed=5)}
    part = {found.code: found for found in agree_on_codes(fewer, draws=100, seed=5)}

    assert repr([whole[code] for code in part]) == repr(list(part.values()))


def test_every_code_is_measured_apart(ratings):
    found = {one.code: one for one in agree_on_codes(ratings, draws=100)}

    assert 1.0 == found["C1"].get("alpha").value
    assert 0.8 == found["A1"].get("observed").value
    assert (5, 5, 2) == (found["A1"].units, found["A1"].paired, found["A1"].coders)
    assert pytest.approx((0.9, 0.1)) == found["A1"].shares
    assert set(LABELS) == {c.name for c in found["A1"].coefficients}


@pytest.mark.parametrize(
    ("table", "words", "codes"),
    [
        ([[1], [0]], {}, ["coders-few"]),
        ([1, 0], {}, ["coders-few"]),
        ([[1, 0]], {"categories": (1,)}, ["categories-few", "rating-undeclared"]),
        ([[1, 0]], {"categories": (0, 1, 1)}, ["categories-few"]),
        ([[1, 7]], {}, ["rating-undeclared"]),
        ([[1, np.nan], [np.nan, 0]], {}, ["ratings-unpaired"]),
        ([[1, 0]], {"metric": "ratio"}, ["choice-unknown"]),
    ],
)
def test_what_cannot_be_measured_is_refused_in_words(table, words, codes):
    with pytest.raises(RuleError) as caught:
        agree(np.array(table, dtype=float), **{"categories": (0, 1), "draws": 10} | words)

    assert codes == [fault.code for fault in caught.value.problems]
    assert all(fault.text("zh") and fault.text("en") for fault in caught.value.problems)


@pytest.mark.slow
def test_ten_thousand_segments_five_coders_and_forty_codes_are_measured_in_time():
    import time

    from jinghe.coding import Ratings

    values = (np.random.default_rng(1).random((10_000, 5, 40)) < 0.2).astype(np.int8)
    names = [tuple(map(str, range(size))) for size in values.shape]
    start = time.process_time()

    agree_on_codes(Ratings(*names, values), draws=1000)

    assert time.process_time() - start < 20

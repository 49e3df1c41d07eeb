from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.compact import Alternative, Compact, load_compact, load_panel, replace_values
from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.simulation.checks_laws import make_full
from jinghe.simulation.engine import play, run_block
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.experiment import compare
from jinghe.simulation.measures import MEASURES, RECORDS
from jinghe.simulation.scenario import read_setting

DESIGN = prepare(make_full(years=4)).design


@pytest.fixture(scope="module")
def toy(root) -> Compact:
    return load_compact(root / "cases" / "toy")


@given(st.integers(1, 29), st.integers(1, 3), st.integers(0, 2**64 - 1))
def test_however_replications_are_cut_and_shared_the_bits_are_the_same(cut, threads, seed) -> None:
    whole = play(DESIGN, seed=seed, replications=range(30), threads=1)

    parts = [play(DESIGN, seed=seed, replications=r, threads=threads) for r in (range(cut), range(cut, 30))]

    assert np.array_equal(whole.rows, np.concatenate([part.rows for part in parts]), equal_nan=True)
    assert np.array_equal(whole.regional, np.concatenate([part.regional for part in parts]))


def test_sums_by_city_are_the_same_bits_on_any_number_of_threads() -> None:
    one, four = (play(DESIGN, seed=7, replications=range(200), threads=threads) for threads in (1, 4))

    assert np.array_equal(one.means, four.means)
    assert np.array_equal(one.gain_error, four.gain_error)


def test_the_first_hundred_of_five_hundred_are_a_run_of_one_hundred() -> None:
    many, few = (play(DESIGN, seed=7, replications=range(count)) for count in (500, 100))

    assert np.array_equal(many.rows[:100], few.rows, equal_nan=True)


def test_sums_are_those_of_the_records() -> None:
    played = play(DESIGN, seed=7, replications=range(40), keep=40)

    for v, name in enumerate(RECORDS[:5]):
        assert played.means[v] == pytest.approx(played.recorded(name).mean(axis=0))
    gain = played.recorded("gain").mean(axis=1)
    assert played.gain == pytest.approx(gain.mean(axis=0))
    assert played.gain_error == pytest.approx(gain.std(axis=0, ddof=1) / 40**0.5)


def test_transfers_and_the_account_of_the_province_sum_to_nothing() -> None:
    played = play(DESIGN, seed=7, replications=range(60))

    assert played.measured("imbalance").max() < 1e-9


def test_no_more_is_kept_than_asked_for() -> None:
    shares: list[float] = []

    played = play(DESIGN, seed=7, replications=range(30), keep=4, progress=shares.append)

    assert played.kept.shape == (4, len(RECORDS), 4, 5)
    assert shares[-1] == 1.0
    assert shares == sorted(shares)


def test_blocks_of_a_compact_put_together_are_one_run(toy) -> None:
    panel = load_panel(toy).panel

    whole = run_block(toy, panel=panel, first=0, count=12, seed=7)
    parts = [run_block(toy, panel=panel, first=first, count=6, seed=7) for first in (0, 6)]

    assert set(whole) == set(MEASURES)
    for name, values in whole.items():
        assert np.array_equal(values, np.concatenate([part[name] for part in parts]), equal_nan=True)


def test_a_block_that_cannot_be_run_says_so(toy) -> None:
    greedy = replace_values(toy, {"simulate.parameters.prize": 1e4})

    with pytest.raises(RuleError):
        run_block(greedy, panel=load_panel(toy).panel, first=0, count=2, seed=7)


def test_a_block_of_a_sweep_keeps_the_technology_of_the_compact_it_is_compared_with(toy) -> None:
    """Twice the prize: as in `compare`, the attention unit stays that of the compact, else it would double, too."""
    panel, other = load_panel(toy).panel, replace_values(toy, {"simulate.parameters.prize": 2.0})
    base = read_setting(toy, panel=panel).attention
    asked = {"panel": panel, "first": 0, "count": 4, "seed": 7}

    kept, own = (run_block(other, attention=attention, **asked) for attention in (base, None))

    alternative = (Alternative("more", Text("多", "More"), {"simulate.parameters.prize": 2.0}),)
    beside = replace(toy, simulate=replace(toy.simulate, alternatives=alternative))
    told = compare(beside, panel=panel, seed=7, replications=4)[1].summary["cooperation"].value
    assert kept["cooperation"].mean() == pytest.approx(told, abs=1e-12)
    assert abs(own["cooperation"].mean() - told) > 0.01


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_no_key_holds_is_refused(toy, seed) -> None:
    with pytest.raises(RuleError) as caught:
        run_block(toy, panel=load_panel(toy).panel, first=0, count=2, seed=seed)

    assert [(p.code, p.place.path) for p in caught.value.problems] == [("parameter-range", "simulate.seed")]

from __future__ import annotations

import warnings

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.exploration.design import sample
from jinghe.exploration.sensitivity import decompose, screen, tabulate_effects, tabulate_shares
from jinghe.labels import Text

ISHIGAMI_FIRST, ISHIGAMI_TOTAL = (
    (0.3139, 0.4424, 0.0),
    (0.5576, 0.4424, 0.2437),
)  # Saltelli et al. (2008), a = 7, b = 0.1


def run(designs, function, *, noise=0.0, replications=1, seed=0):
    columns = {path: np.array(values) for path, values in designs.columns.items()}
    means = function(columns)["y"]
    luck = np.random.default_rng(seed).standard_normal((len(means), replications))
    return means[:, None] + noise * luck


def peer(designs):
    return {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[0.0, 1.0]] * 3}


def test_shares_of_the_ishigami_function_are_the_published_ones(ishigami_factors, ishigami_function) -> None:
    designs = sample(ishigami_factors, method="saltelli", n=8192, seed=1)

    found = decompose(designs, run(designs, ishigami_function))

    np.testing.assert_allclose(found.first, ISHIGAMI_FIRST, atol=0.015)  # 8,192 rows
    np.testing.assert_allclose(found.total, ISHIGAMI_TOTAL, atol=0.01)
    assert found.variance == pytest.approx(13.844588, rel=0.01)
    assert ((found.total_interval[:, 0] <= found.total) & (found.total <= found.total_interval[:, 1])).all()


@pytest.mark.slow
def test_shares_are_those_of_salib_on_the_same_points(ishigami_factors, ishigami_function) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from SALib.analyze import sobol
    designs = sample(ishigami_factors, method="saltelli", n=512, seed=1)
    y = run(designs, ishigami_function)[:, 0]
    a, b, *mixed = y.reshape(5, 512)
    order = np.stack([a, *mixed, b], axis=1).ravel()  # A, AB_1 … AB_d, B row by row

    theirs = sobol.analyze(peer(designs), order, calc_second_order=False, num_resamples=2, seed=1)
    ours = decompose(designs, y)

    # SALib centres at the mean of all runs, we at that of A and B
    np.testing.assert_allclose(ours.first, theirs["S1"], atol=1e-7)
    np.testing.assert_allclose(ours.total, theirs["ST"], atol=1e-7)


@pytest.mark.slow
def test_replication_noise_is_taken_out_of_the_shares(ishigami_factors, ishigami_function) -> None:
    designs = sample(ishigami_factors, method="saltelli", n=2048, seed=1)
    noisy = run(designs, ishigami_function, noise=8.0, replications=4)

    found, naive = decompose(designs, noisy), decompose(designs, noisy.mean(axis=1))

    np.testing.assert_allclose(found.total, ISHIGAMI_TOTAL, atol=0.12)  # noise variance 16 beside 13.8, 2,048 rows
    assert found.noise == pytest.approx(16, rel=0.15)
    assert naive.total[1] > 0.7  # 0.4424 in truth: with the noise left in, everything seems to matter


@pytest.mark.slow
def test_noise_that_all_designs_share_does_no_harm(ishigami_factors, ishigami_function) -> None:
    designs = sample(ishigami_factors, method="saltelli", n=2048, seed=1)
    shared = 20 * np.random.default_rng(1).standard_normal((1, 8))

    found = decompose(designs, run(designs, ishigami_function, replications=8) + shared)

    np.testing.assert_allclose(found.total, ISHIGAMI_TOTAL, atol=0.02)


@pytest.mark.slow
def test_effects_are_those_of_salib_on_the_same_walks(ishigami_factors, ishigami_function) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from SALib.analyze import morris
    designs = sample(ishigami_factors, method="morris", n=50, seed=2)
    y = run(designs, ishigami_function)[:, 0]

    theirs = morris.analyze(peer(designs), designs.unit, y, num_levels=4, num_resamples=10, seed=1)
    ours = screen(designs, y)

    np.testing.assert_allclose(ours.mean, np.asarray(theirs["mu"]), rtol=1e-9)
    np.testing.assert_allclose(ours.strength, np.asarray(theirs["mu_star"]), rtol=1e-9)
    np.testing.assert_allclose(ours.spread, np.asarray(theirs["sigma"]), rtol=1e-9)


def test_a_linear_function_has_its_coefficients_and_no_spread(between) -> None:
    factors = (between("a"), between("b"), between("c"))
    designs = sample(factors, method="morris", n=10, seed=1)
    values = run(designs, lambda c: {"y": 3 * c["a"] - 2 * c["b"]})

    found = screen(designs, values)

    np.testing.assert_allclose(found.mean, [3, -2, 0], atol=1e-12)
    np.testing.assert_allclose(found.strength, [3, 2, 0], atol=1e-12)
    np.testing.assert_allclose(found.spread, 0, atol=1e-12)


def test_noise_does_not_pass_for_curvature(between) -> None:
    designs = sample((between("a"), between("b")), method="morris", n=300, seed=1)

    found = screen(designs, run(designs, lambda c: {"y": 3 * c["a"]}, noise=1.0, replications=10))

    # noise of an effect: √(2/10)/(2/3) = 0.67; σ estimated from 300 walks
    np.testing.assert_allclose(found.noise, np.sqrt(2 / 10) * 1.5, rtol=0.05)
    assert (found.spread < 0.25).all()


def test_tables_put_the_strongest_first(ishigami_factors, ishigami_function) -> None:
    name = Text("结果", "outcome")
    walks, rows = (sample(ishigami_factors, method=m, n=256, seed=1) for m in ("morris", "saltelli"))

    effects = tabulate_effects(walks, screen(walks, run(walks, ishigami_function)), outcome=name)
    shares = tabulate_shares(rows, decompose(rows, run(rows, ishigami_function)), outcome=name)

    assert "x1" == shares.rows[0][0].en
    assert sorted((row[1] for row in effects.rows), reverse=True) == [row[1] for row in effects.rows]


def test_a_wrong_design_a_gap_and_a_flat_outcome_are_refused(ishigami_factors) -> None:
    rows = sample(ishigami_factors, method="saltelli", n=8, seed=1)
    gap = np.ones(len(rows))
    gap[3] = np.nan
    found = []
    for designs, values, analyse in [
        (rows, np.ones(40), screen),
        (rows, gap, decompose),
        (rows, np.ones(40), decompose),
    ]:
        with pytest.raises(RuleError) as caught:
            analyse(designs, values)
        found.append(caught.value.problems[0].code)

    assert ["design-other", "sensitivity-undefined", "sensitivity-flat"] == found

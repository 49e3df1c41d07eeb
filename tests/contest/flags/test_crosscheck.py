import numpy as np
import pytest

from jinghe.contest.flags import Check, Untested, find_crosscheck, probe_crosschecks

YEARS = tuple(map(str, range(2016, 2022)))
CHECK = (Check("gdp", "power"),)


def panel(rng, periods, noise=0.02):
    beside = np.exp(rng.normal(4, 0.5, (11, 1)) + rng.normal(0.05, 0.1, (11, periods)).cumsum(axis=1))
    city, year = rng.normal(0, 0.3, (11, 1)), rng.normal(0.03, 0.02, periods).cumsum()
    return np.exp(city + year + 0.8 * np.log(beside) + rng.normal(0, noise, (11, periods))) * 100, beside


def test_the_city_whose_output_outran_its_electricity_is_found(scope, years, rng):
    reported, beside = panel(rng, 6)
    reported[2, -1] *= 1.15
    found = list(
        probe_crosschecks(
            scope(years("gdp", reported, unit="亿元"), years("power", beside, unit="亿度"), periods=YEARS), CHECK
        )
    )

    worst = min(found, key=lambda one: one.p)
    assert (worst.jurisdiction, len(found)) == ("C", 11)
    assert worst.effect == pytest.approx(np.log(1.15), abs=0.06)
    assert worst.p < 0.001
    assert "above what power suggests" in worst.evidence.en
    assert 0.5 < worst.power <= 1


def test_the_elasticity_is_that_of_the_panel(rng):
    found = find_crosscheck(*panel(rng, 10, noise=0.005))

    assert found.slope == pytest.approx(0.8, abs=0.03)
    assert found.df == 110 - 11 - 10 + 1 - 1
    assert found.scale == pytest.approx(0.005, abs=0.001)


def test_an_exact_line_and_too_few_figures_are_no_test(scope, years, rng):
    beside = panel(rng, 6)[1]

    assert find_crosscheck(beside[:1, :3], beside[:1, :3]) is None
    assert find_crosscheck(np.full((3, 4), np.nan), np.ones((3, 4))) is None
    [few] = probe_crosschecks(scope(years("gdp", beside[:, :1]), years("power", beside[:, :1])), CHECK)
    assert (type(few), few.n) == (Untested, 11)


def test_figures_that_are_not_positive_are_missing(rng):
    reported, beside = panel(rng, 6)
    reported[0, 0] = -1

    assert np.isnan(find_crosscheck(reported, beside).t[0, 0])


@pytest.mark.slow
def test_the_size_is_at_most_6_percent(rng):
    for periods in (3, 6):
        p = [find_crosscheck(*panel(rng, periods)).p[:, -1] for _ in range(500)]
        assert np.mean(np.concatenate(p) <= 0.05) <= 0.06

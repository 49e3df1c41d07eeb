import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contest.uncertainty.tau_best import find_tau_best, find_tau_worst

TWELVE = [
    *("Belgium", "Canada", "Denmark", "Estonia", "Finland", "Japan"),
    *("Korea", "Netherlands", "Poland", "Slovenia", "Sweden", "Switzerland"),
]


@pytest.mark.parametrize("coverage,members", [(0.95, TWELVE), (0.90, [n for n in TWELVE if n != "Sweden"])])
def test_twelve_countries_may_be_among_the_five_best_in_pisa_mathematics(pisa, coverage, members):
    """The sets printed in the csranks vignette (version 1.2.2) at 95 and 90 %."""
    best = find_tau_best(pisa.values, errors=pisa.errors, tau=5, coverage=coverage, seed=1)

    assert members == [name for name, inside in zip(pisa.names, best, strict=True) if inside]


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=6), st.integers(1, 6))
def test_more_places_never_exclude_anyone_and_the_estimated_best_are_in(values, tau):
    fewer, more = (find_tau_best(values, errors=np.ones(len(values)), tau=t, draws=200, seed=1) for t in (tau, tau + 1))

    assert (more >= fewer).all()
    assert fewer[np.argmax(values)]
    assert fewer.sum() >= min(tau, len(values))


def test_the_worst_are_the_best_upside_down(pisa):
    worst = find_tau_worst(pisa.values, errors=pisa.errors, tau=3, seed=1)

    assert ["Chile", "Colombia", "Mexico"] == [name for name, inside in zip(pisa.names, worst, strict=True) if inside]


def test_who_has_no_estimate_is_in_no_set():
    assert find_tau_best([2.0, float("nan"), 1.0], errors=[1, 1, 1], tau=3, seed=1).tolist() == [True, False, True]

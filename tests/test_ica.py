from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.ica import find_join_chance, find_least_trust, find_net_benefit, perceive

SHARE = st.floats(0, 1)


def test_without_biases_it_is_plain_institutional_collective_action() -> None:
    found = find_net_benefit(benefit=1.0, friction=0.3, risk=0.25, trust=np.array(0.2), standards=np.array(0.0))

    assert float(found) == pytest.approx(1.0 - 0.3 - 0.25 * 0.8)


@given(SHARE, st.floats(0, 3))
def test_full_standards_remove_both_biases(local_first, barrier) -> None:
    assert perceive(local_first, barrier, np.array(1.0)) == (1.0, 1.0)


@given(SHARE, st.floats(0, 3), SHARE, SHARE)
def test_either_bias_only_lowers_what_cooperation_seems_worth(local_first, barrier, trust, standards) -> None:
    given_ = {"benefit": 1.0, "friction": 0.3, "risk": 0.25, "trust": np.array(trust), "standards": np.array(standards)}

    biased = find_net_benefit(**given_, local_first=local_first, barrier=barrier)

    assert biased <= find_net_benefit(**given_) + 1e-12


def test_the_least_trust_is_where_the_net_benefit_is_nothing() -> None:
    rules = {"benefit": 0.6, "friction": 0.2, "risk": 0.4, "local_first": 0.5, "barrier": 0.8}
    standards = np.linspace(0, 1, 11)

    trust = find_least_trust(**rules, standards=standards)

    assert find_net_benefit(**rules, trust=trust, standards=standards) == pytest.approx(0, abs=1e-12)


def test_who_gains_joins_rather_than_not_and_nothing_overflows() -> None:
    chance = find_join_chance(np.array([-1e6, -0.05, 0.0, 0.05, 1e6]), tau=0.05)

    assert chance == pytest.approx([0, 1 / (1 + np.e), 0.5, 1 / (1 + np.exp(-1)), 1])

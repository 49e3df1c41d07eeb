from __future__ import annotations

from jinghe.recalc.check import _CHECKS
from jinghe.recalc.claim import STATISTICS, TESTS, Claim


def test_every_test_has_its_checks_and_a_name_in_both_languages():
    assert set(TESTS) == set(_CHECKS)
    assert set(TESTS) >= set(STATISTICS)
    assert all(name.zh and name.en for name in TESTS.values())


def test_a_claim_says_by_default_nothing_it_was_not_told():
    claim = Claim("c", "t")

    assert (claim.tails, claim.items, claim.stars, claim.p) == (None, None, None, None)

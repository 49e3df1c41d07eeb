from __future__ import annotations

import time

from jinghe.recalc.check import check_claim, check_claims

# reference §2.2, its summary: (status, decision error)
REFERENCE = {
    "t3.phases": ("inconsistent", True),
    "t4.necessity": ("inconsistent", False),
    "t4.meaning": ("conditional", False),
    "t5.initiative": ("consistent", False),
    "areas.means": ("untestable", False),
    "areas.order": ("consistent", False),
    "sizes": ("consistent", False),
    "shares": ("consistent", False),
}


def test_the_verdict_table_is_that_of_the_reference(verdicts):
    assert REFERENCE == {name: (found.status, found.decision_error) for name, found in verdicts.items()}


def test_every_verdict_gives_its_reason_in_both_languages(verdicts):
    for found in verdicts.values():
        assert found.text.zh
        assert found.text.en
        assert "—" not in found.text.en
        assert all(item.text.zh and item.text.en for item in found.findings)


def test_claims_are_checked_in_their_order(claim):
    claims = [claim("t", {"t": "2.20", "df": "28", "p": p}) for p in ("0.036", "0.30")]

    assert ["consistent", "inconsistent"] == [found.status for found in check_claims(claims)]
    assert check_claim(claims[0]) == check_claims(claims)[0]


def test_a_thousand_claims_take_seconds_at_most(claim):
    groups = [
        {"name": "a", "n": 284, "mean": "4.54", "sd": "0.68"},
        {"name": "b", "n": 2122, "mean": "4.48", "sd": "0.77"},
    ]
    claims = [claim("t_ind", {"t": "1.50", "p": "0.14"}, groups, items=1, range=[1, 5])] * 100

    start = time.perf_counter()
    check_claims(claims)

    assert time.perf_counter() - start < 2.5  # five times the target's pace

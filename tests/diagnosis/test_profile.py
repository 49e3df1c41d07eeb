"""Consensus, organisation, action."""

from jinghe.diagnosis.profile import find_profile
from jinghe.evidence import Evidence

A, B, C, PROVINCE = "990100", "990200", "990300", "990000"


def test_the_profile_counts_plans_modes_and_fields(with_items):
    compact = with_items(
        (PROVINCE, (A, B), "planning", "in_force"),
        (A, (B,), "roads", "completed"),
        (A, (B, C), "roads", "completed"),
        (A, (B,), "ecology", "planned"),
    )

    consensus, organisation, action = find_profile(compact, evidence=Evidence())

    assert "1 plans" in consensus.text.en
    assert "vertical 25%, horizontal 50%, network 25%" in organisation.text.en
    assert "2 fields" in action.text.en


def test_an_empty_register_gives_zeros_and_no_error(with_items):
    assert "vertical 0%" in find_profile(with_items(), evidence=Evidence())[1].text.en

"""Consensus, organisation, action."""

from jinghe.compact import load_compact
from jinghe.diagnosis.profile import find_profile
from jinghe.evidence import Evidence, gather_evidence

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
    assert "A–B zone (2 members)" in organisation.text.en
    assert "Three cities" not in organisation.text.en, "a pool for ranking is no organisation"
    assert "vertical 25%, horizontal 50%, network 25%" in action.text.en
    assert "items in place: 2: " in action.text.en


def test_an_empty_register_gives_no_mode_and_no_error(with_items):
    action = find_profile(with_items(), evidence=Evidence())[2]

    assert "Fields with items in place: 0." == action.text.en


def test_coded_passages_stand_under_the_headings_of_the_framework():
    yuqian = load_compact("yuqian")

    found = {one.id: one for one in find_profile(yuqian, evidence=gather_evidence(yuqian, seed=1))}
    assert "横向平等协调 17" in found["coded"].text.zh
    assert "总体布局 0（待裁定" in found["coded"].text.zh
    assert "防止规模性返贫、城乡融合发展" in found["blank"].text.zh
    assert "network governance" in found["action"].text.en
    assert ("evidence.network", ("Y3", "Y4")) == (found["action"].path, found["action"].rows)

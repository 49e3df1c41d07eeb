from __future__ import annotations

from jinghe.sharing.stages import STAGES


def test_the_table_is_sound() -> None:
    assert STAGES.check() == []
    assert STAGES.states == ("draft", "issued", "objected", "final", "corrected", "paid")
    assert STAGES.ends == ("corrected",)


def test_whatever_is_issued_can_be_corrected() -> None:
    assert {"issued", "objected", "final", "paid"} == {s.state for s in STAGES.steps if s.action == "correct"}


def test_nothing_leads_back_to_a_draft() -> None:
    assert all(step.to != "draft" for step in STAGES.steps)


def test_both_pages_are_whole() -> None:
    for lang in ("zh", "en"):
        assert len(STAGES.steps) + 1 == STAGES.describe(lang).count("\n|") - 1
    assert "| 草案 | 结算机构 | 送达 | 报数截止日起 | — | 已送达 | 锁定内容并与前单相链 |" in STAGES.describe("zh")

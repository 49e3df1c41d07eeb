from __future__ import annotations

from jinghe.dispute import TABLE, describe_procedure

ENDS = {"settled", "withdrawn", "lapsed", "closed"}


def test_the_table_is_sound() -> None:
    assert TABLE.check() == []
    assert ENDS == set(TABLE.ends)
    assert {"claimed", "replied", "mediation", "hearing", "ruled", "appealed"} == set(TABLE.states) - ENDS


def test_every_end_says_what_becomes_of_the_line_and_nothing_else_does() -> None:
    assert all((step.to in ENDS) == bool(step.effect) for step in TABLE.steps)


def test_from_every_open_state_an_end_can_be_reached() -> None:
    reaching = set(ENDS)
    for _ in TABLE.states:
        reaching |= {step.state for step in TABLE.steps if step.to in reaching}

    assert set(TABLE.states) == reaching


def test_the_page_reads_in_both_languages() -> None:
    zh, en = describe_procedure("zh"), describe_procedure("en")

    assert len(TABLE.steps) + 2 == zh.count("\n|") == en.count("\n|")
    assert "| 待裁定 | 裁定组 | 作出裁定 | 裁定期内 | — | 已裁定 | — |" in zh
    assert "终结状态：已和解、已撤回、已失效" not in zh
    assert "终结状态：已和解、已撤回、因期满失效、已结案。" in zh
    assert "without days for an appeal a ruling is final" in en

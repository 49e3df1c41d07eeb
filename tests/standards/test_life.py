from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError, RuleError
from jinghe.labels import Text
from jinghe.standards import STATES, Event, JointStandard, Recognition, follow, read_joint, recognises
from jinghe.standards.life import TRANSITIONS

WHOLE = (
    "propose",
    "approve:A",
    "approve:B",
    "draft",
    "consult",
    "adopt:B",
    "adopt:A",
    "issue:A",
    "issue:B",
    "take_effect",
)


def standard(*steps, parties=("A", "B"), gap=30):
    begin = date(2022, 8, 2)
    events = [
        Event(
            step.split(":")[0], begin + timedelta(gap * k), step.partition(":")[2], f"DB/{k}" if "issue" in step else ""
        )
        for k, step in enumerate(steps)
    ]
    return JointStandard("s", Text("甲", "A"), parties, tuple(events))


def codes(*steps):
    with pytest.raises(RuleError) as caught:
        follow(standard(*steps), on=date(2030, 1, 1))
    return [fault.code for fault in caught.value.problems]


def test_a_joint_standard_runs_its_whole_life():
    life = follow(standard(*WHOLE, "review", "confirm", "abolish"), on=date(2030, 1, 1))

    assert "abolished" == life.state
    assert (("A", "DB/7"), ("B", "DB/8")) == life.numbers
    assert [
        *("proposed", "jointly_approved", "drafting", "consultation", "approved", "jointly_issued"),
        *("in_force", "review_due", "in_force", "abolished"),
    ] == [state for _, state in life.history]


def test_a_step_of_all_waits_for_every_party():
    life = follow(standard(*WHOLE), on=date(2022, 8, 2) + timedelta(30))

    assert ("proposed", ("B",)) == (life.state, life.awaited)


def test_only_what_had_happened_by_the_day_counts():
    assert "" == follow(standard(*WHOLE), on=date(2022, 1, 1)).state
    assert "in_force" == follow(standard(*WHOLE), on=date(2030, 1, 1)).state


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["approve:A"], ["joint-step"]),
        (["propose", "draft"], ["joint-step"]),
        (["propose", "approve:C"], ["joint-party"]),
        (["propose", "approve"], ["joint-party"]),
        (["propose", "approve:A", "approve:A"], ["joint-party"]),
        ([*WHOLE, "end"], ["joint-step"]),
    ],
)
def test_a_step_out_of_turn_is_named(steps, expected):
    assert expected == codes(*steps)


def test_events_out_of_order_are_named():
    with pytest.raises(RuleError, match="stands after one of"):
        follow(standard("propose", "approve:A", gap=-1), on=date(2030, 1, 1))


@given(st.lists(st.sampled_from(sorted({step for _, step in TRANSITIONS})), max_size=12))
def test_any_list_of_steps_is_played_or_refused_in_words(steps):
    made = standard(*(f"{step}:A" for step in steps), parties=("A",))

    with suppress(RuleError):
        assert follow(made, on=date(2030, 1, 1)).state in {"", *STATES}


def test_the_state_table_names_only_states_it_has():
    assert {*TRANSITIONS.values()} == {*STATES}
    assert {state for state, _ in TRANSITIONS} <= {"", *STATES}


def test_recognition_holds_from_its_day_until_its_end():
    one = Recognition("SC-Y2", "500000", "510000", date(2023, 1, 1), date(2024, 1, 1))

    assert one is recognises([one], code="SC-Y2", by="500000", on=date(2023, 6, 1))
    assert None is recognises([one], code="SC-Y2", by="500000", on=date(2024, 1, 1))
    assert None is recognises([one], code="SC-Y2", by="510000", on=date(2023, 6, 1))


def test_the_joint_standard_of_the_case_is_proposed(folder):
    (found,) = read_joint(folder / "joint.csv")

    life = follow(found, on=date(2023, 1, 1))

    assert ("proposed", date(2022, 8, 2)) == (life.state, life.since)


def test_faulty_rows_are_named_together(tmp_path):
    file = tmp_path / "j.csv"
    head = "standard,title_zh,title_en,parties,step,on,party,number,source,note\n"
    file.write_text(head + "s,甲,,A,wish,soon,,,,\n", encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_joint(file)

    assert ["choice-unknown", "date-unreadable", "joint-parties"] == [fault.code for fault in caught.value.problems]

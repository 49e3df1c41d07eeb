from __future__ import annotations

from dataclasses import replace

import pytest

from jinghe.coding import Ruling, adjudicate, read_rulings
from jinghe.coding.record import MISSING
from jinghe.errors import DataError, RuleError


def test_what_all_agree_on_stands_and_the_rest_waits(ratings):
    settled = adjudicate(ratings)

    assert {("d1-0001", "C1"), ("d1-0002", "O4"), ("d2-0001", "A2"), ("d2-0002", "C3")} == settled.applied
    assert [("d1-0003", "A1", ("甲",)), ("d2-0001", "B5", ("乙",))] == [
        (dispute.segment, dispute.code, dispute.applied_by) for dispute in settled.open
    ]


def test_a_ruling_settles_its_dispute(ratings):
    rulings = [Ruling("d1-0003", "A1", True, "丙", "协商即横向协调"), Ruling("d2-0001", "B5", False, "丙", "未提政绩")]

    settled = adjudicate(ratings, rulings=rulings)

    assert () == settled.open
    assert ("d1-0003", "A1") in settled.applied
    assert ("d2-0001", "B5") not in settled.applied


def test_what_one_coder_alone_read_stands_and_is_marked(ratings):
    values = ratings.values.copy()
    values[3:, 0] = MISSING

    settled = adjudicate(replace(ratings, values=values))

    assert {("d2-0001", "A2"), ("d2-0002", "C3")} == settled.single <= settled.applied


def test_idle_repeated_and_unfounded_rulings_are_refused(ratings):
    rulings = [Ruling("d1-0001", "C1", True, "丙", "理由"), *[Ruling("d1-0003", "A1", True, "丙", " ")] * 2]

    with pytest.raises(RuleError) as caught:
        adjudicate(ratings, rulings=rulings)

    expected = ["ruling-idle", "ruling-unfounded", "ruling-repeated", "ruling-unfounded"]
    assert expected == [fault.code for fault in caught.value.problems]


def test_rulings_are_read_and_faults_named(tmp_path):
    head = "segment,code,applies,by,reason,on\n"
    good, bad = tmp_path / "g.csv", tmp_path / "b.csv"
    good.write_text(head + "d1-0003,A1,no,丙,未及协商,2024-06-01\n", encoding="utf-8")
    bad.write_text(head + "d1-0003,A1,maybe,丙,理由,soon\n", encoding="utf-8")

    (ruling,) = read_rulings(good)

    assert ("A1", False, "丙") == (ruling.code, ruling.applies, ruling.by)
    with pytest.raises(DataError) as caught:
        read_rulings(bad)
    assert ["choice-unknown", "date-unreadable"] == [fault.code for fault in caught.value.problems]

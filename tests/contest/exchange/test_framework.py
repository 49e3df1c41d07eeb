from dataclasses import replace

import pytest

from jinghe.contest.exchange.framework import KINDS, Entry, Row, check_framework, find_levels
from jinghe.errors import DataError


def faults(framework, *entries, rows=None):
    changed = replace(framework, entries=framework.entries + entries, rows=framework.rows if rows is None else rows)
    with pytest.raises(DataError) as caught:
        check_framework(changed, file="f.xlsx")
    return {(p.code, p.place.path) for p in caught.value.problems}


def test_a_sound_framework_passes_as_it_is(framework):
    assert check_framework(framework, file="f") is framework
    assert framework.root.code == "whole"
    assert [one.code for one in framework.children("links")] == ["roads", "dust"]
    assert framework.periods == ("2021",)
    assert {one.kind for one in framework.entries} < set(KINDS)


def test_levels_are_counted_from_the_indicators(framework):
    assert find_levels(framework) == {"roads": 1, "dust": 1, "jobs": 1, "links": 2, "work": 2, "whole": 3}


def test_every_fault_of_the_tree_is_told_at_once(framework):
    lost = Entry("lost", "Lost", "Indicator", "linkz", denominator="peple")
    ring = (Entry("x", "X", "Aggregate", "y"), Entry("y", "Y", "Aggregate", "x"))
    found = faults(framework, lost, *ring, Entry("top", "Top", "Aggregate"), Entry("dust", "Again", "Denominator"))

    assert found >= {
        ("node-unknown", "iMeta.lost.Parent"), ("node-unknown", "iMeta.lost.Denominator"), ("exchange-ring", "iMeta.x"),
        ("tree-root", "iMeta"), ("exchange-barren", "iMeta.top"), ("node-duplicate", "iMeta"),
    }  # fmt: skip


def test_a_unit_stands_once_in_a_period_and_there_is_one(framework):
    assert ("exchange-unit-repeated", "iData.A") in faults(framework, rows=(*framework.rows, Row("A", "A", "2021")))
    assert ("exchange-empty", "iData") in faults(framework, rows=())

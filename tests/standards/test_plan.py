from __future__ import annotations

from dataclasses import replace

from jinghe.standards import TIERS, make_plan


def test_basic_fields_come_first_then_key_fields(printed, crosswalk):
    steps = make_plan(*printed, crosswalk)

    order = [(*TIERS, "").index(step.tier) for step in steps]
    assert sorted(order) == order
    assert ("recognise", ("sichuan:SC-T3", "chongqing:JD302")) == (steps[0].action, steps[0].items)
    assert {"adopt": 2, "align": 5, "divide": 5, "recognise": 3} == {
        action: sum(step.action == action for step in steps) for action in ("adopt", "align", "divide", "recognise")
    }


def test_inside_a_tier_the_greater_priority_comes_first(printed, crosswalk):
    steps = make_plan(*printed, crosswalk)

    for tier in TIERS:
        found = [step.priority for step in steps if step.tier == tier]
        assert sorted(found, reverse=True) == found


def test_a_field_in_need_comes_before_one_without(catalogue, walk):
    a = catalogue("a", {"1": "f", "2": "g"}, ["f", "g"], f=1, g=3)
    b = catalogue("b", {"1": "f", "2": "g"}, ["f", "g"], f=1, g=3)

    steps = make_plan(a, b, walk(("a:1", "exact", "b:1"), ("a:2", "exact", "b:2")))

    assert [("g", 0.75), ("f", 0.25)] == [(step.field, step.need) for step in steps]


def test_what_is_settled_leaves_the_plan(catalogue, walk):
    a, b = (catalogue(name, {"1": "f", "2": "f"}, ["f"]) for name in "ab")
    made = walk(("a:1", "exact", "b:1"), ("a:2", "close", "b:2"))

    steps = make_plan(a, b, made, settled=("a:1", "b:1"))

    assert [("align", 0.5)] == [(step.action, step.need) for step in steps]


def test_a_blocking_conflict_heads_its_tier_and_the_unjudged_are_told(catalogue, walk):
    a, b = catalogue("a", {"1": "f", "2": "f", "3": "f"}, ["f"]), catalogue("b", {"1": "f", "2": "f"}, ["f"])
    made = walk(("a:1", "exact", "b:1"), ("a:2", "close", "b:2"))
    block = {"qualifier": "has-incompatibility", "qualifier_category": "blocked"}
    rows = (made.matches[0], replace(made.matches[1], cells={**made.matches[1].cells, **block}))

    steps = make_plan(a, b, replace(made, matches=rows))

    assert [("unblock", "a:2"), ("recognise", "a:1"), ("judge", "a:3")] == [(s.action, s.items[0]) for s in steps]

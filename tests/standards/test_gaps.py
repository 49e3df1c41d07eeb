from __future__ import annotations

from dataclasses import replace

from jinghe.standards import find_gaps
from jinghe.standards.gaps import index_items, restrict


def test_gaps_of_the_case_are_those_of_the_reference(printed, crosswalk):
    gaps = find_gaps(*printed, crosswalk)

    left, right = gaps.sides
    assert ["SC-T4", "SC-Y7", "SC-Y8", "SC-Y9", "SC-Y10", "SC-Y11", "SC-X1", "SC-X2"] == [i.code for i in left.absent]
    assert ["JD301", "YX206"] == [item.code for item in right.absent]
    assert () == left.unjudged == right.unjudged
    assert ["sichuan:SC-T3"] == [match.subject for match in gaps.conflicts]
    assert (("chongqing:YX204", 2), ("chongqing:YX207", 5)) == gaps.merged


def test_each_side_can_supply_what_the_other_lacks(printed, crosswalk):
    found = [(s.taker, s.function.id, s.item.code) for s in find_gaps(*printed, crosswalk).supplies]

    assert [("sichuan", "representative", "YX206"), ("chongqing", "assets", "SC-Y11")] == found


def test_what_nobody_judged_is_told_apart_from_what_has_no_counterpart(catalogue, walk):
    a, b = catalogue("a", {"1": "f", "2": "f"}, ["f"]), catalogue("b", {"1": "f"}, ["f"])

    sides = find_gaps(a, b, walk(("a:1", "exact", "sssom:NoTermFound"))).sides

    assert (["1"], ["2"]) == ([i.code for i in sides[0].absent], [i.code for i in sides[0].unjudged])
    assert ["1"] == [item.code for item in sides[1].unjudged]


def test_a_blocked_pair_is_listed(catalogue, walk):
    a, b = catalogue("a", {"1": "f"}, ["f"]), catalogue("b", {"1": "f"}, ["f"])
    made = walk(("a:1", "exact", "b:1"), qualifier="has-incompatibility", qualifier_category="blocked")

    assert 1 == len(find_gaps(a, b, made).blocked)


def test_a_match_with_an_abolished_standard_joins_nothing(printed, crosswalk):
    a, b = printed
    gone = replace(b, items=tuple(replace(i, status="abolished" if i.code == "YX202" else "") for i in b.items))

    assert len(crosswalk.counted) - 1 == len(restrict(a, gone, crosswalk)[2].counted)
    assert "SC-Y2" in [item.code for item in find_gaps(a, gone, crosswalk).sides[0].unmatched]


def test_items_are_found_under_the_names_of_a_crosswalk(printed):
    index = index_items(printed)

    assert 33 == len(index)
    assert (printed[0], printed[0].items[0]) == index["sichuan:SC-T1"]

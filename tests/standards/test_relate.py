from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.standards import Crosswalk, Match, chain, check_crosswalk, find_cardinalities, find_rings, invert

KINDS = ("exact", "close", "broad", "narrow", "related")


def pairs(crosswalk):
    return [(m.subject, m.predicate.removeprefix("skos:").removesuffix("Match"), m.object) for m in crosswalk.matches]


def test_the_inverse_turns_broader_into_narrower(walk, crosswalk, printed):
    found = invert(walk(("a:1", "broad", "b:1"), ("a:2", "exact", "b:2"), ("a:3", "exact", "sssom:NoTermFound")))

    assert [("b:1", "narrow", "a:1"), ("b:2", "exact", "a:2"), ("sssom:NoTermFound", "exact", "a:3")] == pairs(found)
    assert [] == check_crosswalk(invert(crosswalk), catalogues=printed)
    assert "#subject_source: chongqing:catalogue" in invert(crosswalk).header


def test_inverting_twice_gives_the_crosswalk_back(crosswalk):
    assert crosswalk == invert(invert(crosswalk))


names = st.sampled_from(["a:1", "a:2", "b:1", "b:2", "sssom:NoTermFound"])
rows = st.lists(st.tuples(names, st.sampled_from(KINDS), names), max_size=8)


@given(rows)
def test_any_crosswalk_inverted_twice_comes_back_with_turned_cardinalities(triples):
    columns = ("subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification")
    matches = [Match({"subject_id": s, "predicate_id": f"skos:{p}Match", "object_id": o}) for s, p, o in triples]
    made = Crosswalk((), columns, tuple(matches))

    turned = [":".join(reversed(found.split(":"))) for found in find_cardinalities(made.matches)]

    assert made == invert(invert(made))
    assert tuple(turned) == find_cardinalities(invert(made).matches)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("exact", "broad", "broad"),
        ("broad", "exact", "broad"),
        ("exact", "close", "close"),
        ("close", "exact", "close"),
        ("exact", "exact", "exact"),
        ("broad", "broad", "broad"),
        ("narrow", "narrow", "narrow"),
        ("close", "close", None),
        ("related", "related", None),
        ("broad", "narrow", None),
        ("close", "broad", None),
    ],
)
def test_chains_follow_the_published_rules(walk, first, second, joined):
    found = chain(walk(("a:1", first, "b:1")), walk(("b:1", second, "c:1")), set_id="urn:ac")

    assert ([("a:1", joined, "c:1")] if joined else []) == pairs(found)


def test_a_chain_is_no_mapping_before_its_review(walk):
    found = chain(walk(("a:1", "exact", "b:1")), walk(("b:1", "exact", "c:1")), set_id="urn:ac")

    assert () == found.counted
    assert "semapv:MappingChaining" == found.matches[0].get("mapping_justification")
    assert "via b:1" == found.matches[0].get("comment")
    assert [] == check_crosswalk(found)


def test_only_reviewed_matches_are_chained(walk):
    unreviewed = walk(("a:1", "exact", "b:1"), reviewer_label="")

    assert () == chain(unreviewed, walk(("b:1", "exact", "c:1")), set_id="urn:ac").matches


def test_cardinalities_of_the_case_are_as_in_the_reference(crosswalk):
    names = [(match.subject, match.object) for match in crosswalk.matches]

    found = dict(zip(names, find_cardinalities(crosswalk.matches), strict=True))

    assert {"n:1"} == {card for (_, target), card in found.items() if target.endswith("YX207")}
    assert {"1:0"} == {card for (_, target), card in found.items() if target == "sssom:NoTermFound"}
    assert {"0:1"} == {card for (subject, _), card in found.items() if subject == "sssom:NoTermFound"}


def test_cardinalities_of_the_published_example_with_unmapped_items():
    rows = [("S:1", "sssom:NoTermFound"), ("S:1", "O:1"), ("sssom:NoTermFound", "O:2"), ("sssom:NoTermFound",) * 2]
    matches = [Match({"subject_id": s, "object_id": o}) for s, o in rows]

    assert ("1:0", "1:1", "0:1", "0:0") == find_cardinalities(matches)


def test_a_ring_of_broader_items_is_found_through_exact_ones(walk):
    ring = walk(("a:1", "broad", "b:1"), ("b:1", "exact", "c:1"), ("c:1", "broad", "a:1"), ("a:2", "broad", "b:1"))
    sound = walk(("a:1", "broad", "b:1"), ("c:1", "narrow", "a:1"), ("a:1", "exact", "c:2"))

    assert ["a:1", "c:1"] == [match.subject for match in find_rings(ring.matches)]
    assert () == find_rings(sound.matches)
    assert () == find_rings([])

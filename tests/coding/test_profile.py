from __future__ import annotations

import pytest

from jinghe.coding import Ruling, adjudicate, find_following, find_profile, quote
from jinghe.errors import RuleError


@pytest.fixture(scope="module")
def settled(ratings):
    return adjudicate(ratings, rulings=[Ruling("d1-0003", "A1", True, "丙", "理由")])


@pytest.fixture(scope="module")
def material(codebook, documents, segments):
    return {"codebook": codebook, "documents": documents, "segments": segments}


def test_codes_are_counted_by_stage_with_those_below_them(settled, material):
    found = find_profile(settled, **material, attribute="stage", codes=["C", "A", "A1", "A2"])

    assert (1, 3, 1, 1) == (found.get("initial", "C").segments, *_base(found.get("initial", "C")))
    assert [("A1", 1), ("A2", 0)] == [(code, found.get("initial", code).segments) for code in ("A1", "A2")]
    assert 0.5 == found.get("transition", "A2").share
    assert None is found.get("advanced", "C").share
    assert 0 == found.unplaced


def test_a_document_without_the_attribute_is_told(settled, material):
    found = find_profile(settled, **material, attribute="field")

    assert 1 == found.unplaced
    assert 6 * 20 == len(found.cells)


def test_organisation_and_action_after_consensus_are_counted_in_the_order_of_the_text(settled, material):
    found = find_following(
        settled, codebook=material["codebook"], segments=material["segments"], codes=["O", "A"], after="C"
    )

    assert (2, 3, 2 / 3) == (found.after, found.total, found.share)  # A2 of d2 comes before its C3


def test_nothing_to_follow_has_no_share(settled, material):
    found = find_following(
        settled, codebook=material["codebook"], segments=material["segments"], codes=["B"], after="C"
    )

    assert (0, None) == (found.total, found.share)


def test_a_quote_says_where_it_stands(settled, material):
    (found,) = quote(settled, **material, code="O")

    assert ("为此建立了联席会议。", 2, ("O4",), "s") == (found.text, found.number, found.codes, found.source)
    assert "访谈d1，第 2 段（第 13—23 字）" == found.cite("zh")
    assert "d1, segment 2 (characters 13–23)" == found.cite("en")


def test_unknown_codes_and_attributes_are_refused(settled, material):
    with pytest.raises(RuleError) as caught:
        find_profile(settled, **material, attribute="weather", codes=["Z"])

    assert ["coding-undeclared", "choice-unknown"] == [fault.code for fault in caught.value.problems]
    with pytest.raises(RuleError, match="not declared"):
        quote(settled, **material, code="Z")


def _base(cell):
    return cell.of_segments, cell.documents, cell.of_documents

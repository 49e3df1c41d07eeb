from __future__ import annotations

import pytest

from jinghe.coding import read_codebook
from jinghe.errors import DataError

FRAME = {"codebook": "b", "title": "编码本"}


def faults(codes, **more):
    with pytest.raises(DataError) as caught:
        read_codebook({**FRAME, "codes": codes, **more})
    assert all(fault.text("zh") and fault.text("en") for fault in caught.value.problems)
    return [fault.code for fault in caught.value.problems]


def test_the_codebook_of_the_case_holds_the_framework_and_the_barriers(codebook):
    assert ["C", "O", "A", "B"] == [code.id for code in codebook.codes if not code.parent]
    assert [4, 4, 3, 5] == [sum(code.parent == top for code in codebook.codes) for top in "COAB"]
    assert [6, 3, 6] == [len(values) for values in codebook.attributes.values()]
    assert "地方本位" == codebook.find("B1").name.zh


def test_codes_that_hold_others_are_not_codable_and_gather_them(codebook):
    assert 16 == len(codebook.codable)
    assert {"A", "A1", "A2", "A3"} == codebook.gather("A")
    assert {"C1"} == codebook.gather("C1")
    assert None is codebook.find("Z")


def test_a_heading_is_codable_where_it_says_so():
    book = read_codebook(
        {**FRAME, "codes": [{"id": "C", "name": "甲", "codable": True, "codes": [{"id": "D", "name": "乙"}]}]}
    )

    assert ("C", "D") == book.codable


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (None, ["codebook-empty"]),
        ([], ["codebook-empty"]),
        ("C", ["codebook-shape", "codebook-empty"]),
        ([{"id": "C", "name": "甲"}, {"id": "C", "name": "乙"}], ["codebook-repeated"]),
        ([{"id": "a b", "name": "甲"}], ["codebook-id"]),
        ([{"id": "C"}], ["text-empty"]),
        ([{"id": "C", "name": "甲", "colour ": 1}], ["codebook-key"]),
        ([{"id": "C", "name": "甲", "codable": "yes"}], ["codebook-shape"]),
        (["C"], ["codebook-shape", "codebook-id", "text-empty"]),
    ],
)
def test_faults_of_a_codebook_are_named(codes, expected):
    assert expected == faults(codes)


def test_a_fourth_level_is_refused():
    nested = [{"id": "4", "name": "丁"}]
    for level in "321":
        nested = [{"id": level, "name": level, "codes": nested}]

    assert ["codebook-deep"] == faults(nested)


def test_attributes_are_ids_with_words():
    assert ["codebook-shape"] == faults([{"id": "C", "name": "甲"}], attributes={"stage": ["initial"]})


@pytest.mark.parametrize("tree", [None, [], "x", 3, {"codes": {"a": 1}}, {"title": [], "codes": [[]]}])
def test_no_tree_whatever_ends_in_a_traceback(tree):
    with pytest.raises(DataError):
        read_codebook(tree)

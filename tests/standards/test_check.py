from __future__ import annotations

import pytest

from jinghe.standards import check_crosswalk, parse_sssom

HEAD = "#curie_map:\n#  a: urn:a:\n#  b: urn:b:\n"
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\treviewer_label"
ROW = "a:1\tskos:exactMatch\tb:1\tsemapv:ManualMappingCuration\t甲"


def codes(*rows, more=""):
    found = check_crosswalk(parse_sssom(HEAD + "\n".join((COLUMNS + more, *rows)) + "\n"), file="x.sssom.tsv")
    assert all(fault.text("zh") and fault.text("en") and fault.place.file == "x.sssom.tsv" for fault in found)
    return [fault.code for fault in found]


def test_the_crosswalk_of_the_case_is_sound(crosswalk, printed):
    assert [] == check_crosswalk(crosswalk, catalogues=printed)


def test_a_mapping_without_justification_is_refused_at_its_line():
    text = HEAD + COLUMNS + "\n" + ROW.replace("semapv:ManualMappingCuration", "") + "\n"

    (fault,) = check_crosswalk(parse_sssom(text), file="x.sssom.tsv")

    assert "crosswalk-unjustified" == fault.code
    assert "x.sssom.tsv:5 a:1 → b:1：没有写明认定依据（mapping_justification）。" in fault.text("zh")
    assert "x.sssom.tsv:5 a:1 → b:1: there is no justification (mapping_justification)." in fault.text("en")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (ROW.replace("a:1", "z:1"), "crosswalk-prefix"),
        (ROW.replace("a:1", "1"), "crosswalk-prefix"),
        (ROW.replace("exactMatch", "sameMatch"), "choice-unknown"),
        (ROW.replace("b:1", ""), "cell-empty"),
        (ROW.replace("\t甲", "\t"), "crosswalk-unreviewed"),
    ],
)
def test_a_faulty_row_is_named(row, code):
    assert [code] == codes(row)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("confidence", "1.2", "crosswalk-figure"),
        ("confidence", "high", "crosswalk-figure"),
        ("confidence", "nan", "crosswalk-figure"),
        ("reviewer_agreement", "-2", "crosswalk-figure"),
        ("mapping_date", "soon", "date-unreadable"),
        ("predicate_modifier", "not", "choice-unknown"),
        ("qualifier_category", "barred", "choice-unknown"),
        ("mapping_cardinality", "n:1", "crosswalk-cardinality"),
    ],
)
def test_a_faulty_cell_is_named(column, cell, code):
    assert [code] == codes(f"{ROW}\t{cell}", more=f"\t{column}")


def test_a_cardinality_of_a_narrower_scope_is_left_alone():
    assert [] == codes(f"{ROW}\t1:n\tpredicate_id", more="\tmapping_cardinality\tcardinality_scope")


def test_a_pair_with_two_relations_a_ring_and_a_contradiction_are_named():
    broad = ROW.replace("exact", "broad")

    assert ["crosswalk-pair"] == codes(ROW, ROW.replace("exact", "close"))
    assert ["crosswalk-pair", "crosswalk-ring"] == codes(ROW, broad)
    assert ["crosswalk-ring"] * 2 == codes(broad, broad.replace("a:1", "x").replace("b:1", "a:1").replace("x", "b:1"))
    assert ["crosswalk-absence"] == codes(ROW, ROW.replace("b:1", "sssom:NoTermFound"))


def test_an_item_that_no_catalogue_has_is_named_with_the_nearest(crosswalk, printed):
    wrong = parse_sssom("#curie_map:\n#  sichuan: urn:s:\n" + COLUMNS + "\n" + ROW.replace("a:1", "sichuan:SC-T33"))

    found = check_crosswalk(wrong, catalogues=printed)

    assert ["crosswalk-item", "crosswalk-prefix"] == [fault.code for fault in found]
    assert "sichuan:SC-T3" in found[0].text("en")

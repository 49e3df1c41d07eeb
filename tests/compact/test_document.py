from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.compact.document import parse_document, read_document, read_tree
from jinghe.errors import CompactError


def parse(text: str):
    return parse_document(text, file="compact.yaml")


def test_values_are_plain_and_dates_are_dates():
    document, problems = parse(
        "a: {x: 1, 2021-01-01: 0.6}\nb: ['140100', 0140100, on, ~, true]\nc: 2021-02-30\nd: 1e3\ne: 0x1F\n"
    )

    assert problems == []
    assert document.tree == {
        "a": {"x": 1, date(2021, 1, 1): 0.6},
        "b": ["140100", 140100, "on", None, True],
        "c": "2021-02-30",
        "d": 1000.0,
        "e": 31,
    }


def test_every_value_knows_its_line_and_its_text():
    text = "a:\n  - id: q   # why\n    due: 2025-12-31\n\nb:\nc: |\n  one\n  two\n\nd: 2\n"

    document, _ = parse(text)

    assert [document.line(s) for s in [("a", 0), ("a", 0, "due"), ("b",), ("d",), ("a", 0, "gone", 3), ("gone",)]] == [
        2,
        3,
        5,
        10,
        2,
        1,
    ]
    spot = document.spots[("a",)]
    assert text[spot.start : spot.end] == "- id: q   # why\n    due: 2025-12-31"
    assert text[document.spots[("c",)].start : document.spots[("c",)].end] == "|\n  one\n  two"
    assert document.spots[("a", 0, "due")].printed == "2025-12-31"


def test_all_duplicate_keys_are_reported_and_the_first_value_stays():
    document, problems = parse("a: 1\na: 2\nb: {c: 1, c: 2}\n")

    assert document.tree == {"a": 1, "b": {"c": 1}}
    assert [(p.code, p.place.line, dict(p.values)["first"]) for p in problems] == [
        ("key-duplicate", 2, "1"),
        ("key-duplicate", 3, "3"),
    ]


@pytest.mark.parametrize(
    "text, line, found",
    [
        ("a: [1\nb: 2\n", 2, "b: 2"),
        ("a: 1\n b: 2\n", 2, "b: 2"),
        ("\ta: 1", 1, "a: 1"),
        ('a: 1\nb: "x\n', 2, 'b: "x'),
        ("a: 1\n---\nb: 2", 2, "---"),
        ("- a\nb: 1", 2, "b: 1"),
    ],
)
def test_broken_yaml_names_the_line(text, line, found):
    document, problems = parse(text)

    assert document.tree == {}
    assert [(p.code, p.place.line, dict(p.values)["found"]) for p in problems] == [("yaml-broken", line, found)]


@pytest.mark.parametrize(
    "text", ["a: &x 1\nb: *x", "a: &x [*x]", "a: !!python/object:os.system y", "a: {[1]: 2}", "? {a: 1}\n: 2"]
)
def test_aliases_tags_and_composed_keys_are_not_part_of_a_compact(text):
    assert {p.code for p in parse(text)[1]} == {"yaml-special"}


def test_a_key_with_a_question_mark_and_no_colon_has_no_value():
    assert {"due": None} == parse_document("? due", file="compact.yaml")[0].tree


def test_a_list_is_no_document_and_an_empty_file_is_an_empty_one():
    assert [p.code for p in parse("- a\n- b\n")[1]] == ["yaml-root"]
    assert parse("# nothing yet\n")[1] == []


def test_a_missing_file_and_a_wrong_encoding_are_problems(tmp_path):
    (tmp_path / "gbk.yaml").write_bytes("a: 1\nb: 山西".encode("gbk"))

    missing = read_document(tmp_path / "none.yaml", file="none.yaml")[1]
    encoding = read_document(tmp_path / "gbk.yaml", file="gbk.yaml")[1]

    assert [p.code for p in missing] == ["file-missing"]
    assert [(p.code, p.place.line) for p in encoding] == [("yaml-encoding", 2)]


@given(st.text(alphabet="ab:{}[],-# \n\"'&*!|>?\t\x00é", max_size=40))
def test_no_text_makes_the_reader_fail(text):
    document, problems = parse(text)

    assert isinstance(document.tree, dict)
    assert all(p.text("zh") and p.text("en") for p in problems)


def test_a_file_outside_a_compact_is_read_as_plain_values(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("claims: [{a: 1}]\n", encoding="utf-8")

    assert read_tree(tmp_path / "x.yaml") == {"claims": [{"a": 1}]}
    with pytest.raises(CompactError):
        read_tree(tmp_path / "missing.yaml")

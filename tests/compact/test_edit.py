from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.compact.document import parse_document
from jinghe.compact.edit import insert_key, render_value, replace_each, replace_value
from jinghe.compact.path import find_steps, list_paths, take

TEXT = """\
# head
a: {x: 1, 2021-01-01: 0.6}   # flow
b:
  - id: q   # first
    due: 2025-12-31

  - id: r
c:   # below
  k: 1
  # inner
  l: "二"

d:
e: |
  one
  two
f: 'old'
"""


def parse(text: str):
    document, problems = parse_document(text, file="")
    assert problems == []
    return document


@pytest.mark.parametrize(
    "steps, value, old, new",
    [
        (("a", "x"), 2, "x: 1,", "x: 2,"),
        (("a",), 0.5, "a: {x: 1, 2021-01-01: 0.6}   # flow", "a: 0.5   # flow"),
        (("b", 0, "due"), date(2026, 1, 31), "due: 2025-12-31", "due: 2026-01-31"),
        (("b", 1), {"id": "s"}, "- id: r", "- {id: s}"),
        (("c",), [1], 'c:   # below\n  k: 1\n  # inner\n  l: "二"\n', "c: [1]   # below\n"),
        (("d",), "新", "d:\n", "d: 新\n"),
        (("e",), "x: y", "e: |\n  one\n  two\n", 'e: "x: y"\n'),
        (("f",), "new", "f: 'old'", "f: new"),
    ],
)
def test_only_the_value_changes(steps, value, old, new):
    text = replace_value(parse(TEXT), steps, value)

    assert text == TEXT.replace(old, new)
    assert take(parse(text).tree, steps) == value


def test_several_values_change_at_once():
    text = replace_each(parse(TEXT), {("f",): 1, ("a", "x"): "eins", ("c",): [], ("b", 1, "id"): "s"})

    assert parse(text).tree == parse(TEXT).tree | {
        "a": {"x": "eins", date(2021, 1, 1): 0.6},
        "b": [{"id": "q", "due": date(2025, 12, 31)}, {"id": "s"}],
        "c": [],
        "f": 1,
    }


def test_the_same_value_changes_nothing():
    document = parse(TEXT)

    assert all(
        replace_value(document, find_steps(document.tree, p), take(document.tree, find_steps(document.tree, p))) == TEXT
        for p in list_paths(document.tree)
    )


def test_the_same_number_in_another_type_is_another_value():
    assert replace_value(parse("a: 1\n"), ("a",), "1") == 'a: "1"\n'


@pytest.mark.parametrize(
    "steps, old, new",
    [
        (("a", "z"), "2021-01-01: 0.6}", "2021-01-01: 0.6, z: 9}"),
        (("a", date(2020, 1, 1)), "2021-01-01: 0.6}", "2020-01-01: 9, 2021-01-01: 0.6}"),
        (("b", 1, "due"), "  - id: r\n", "  - id: r\n    due: 9\n"),
        (("b", 0, "note"), "due: 2025-12-31\n", "due: 2025-12-31\n    note: 9\n"),
        (("c", "m"), 'l: "二"\n', 'l: "二"\n  m: 9\n'),
        (("g",), "f: 'old'\n", "f: 'old'\ng: 9\n"),
    ],
)
def test_a_new_key_goes_to_its_place(steps, old, new):
    text = insert_key(parse(TEXT), steps, 9)

    assert text == TEXT.replace(old, new)
    assert take(parse(text).tree, steps) == 9


@pytest.mark.parametrize(
    "text, expected",
    [("a: {}\n", "a: {x: 9}\n"), ("a: {y: 1,}\n", "a: {y: 1, x: 9,}\n"), ("a:\n  y: 1", "a:\n  y: 1\n  x: 9")],
)
def test_a_new_key_fits_into_odd_mappings(text, expected):
    assert insert_key(parse(text), ("a", "x"), 9) == expected


def test_a_date_is_put_in_order_between_lines():
    text = "a:\n  2021-01-01: 1\n  2025-01-01: 3\n"

    assert (
        insert_key(parse(text), ("a", date(2023, 1, 1)), 2) == "a:\n  2021-01-01: 1\n  2023-01-01: 2\n  2025-01-01: 3\n"
    )


WORDS = st.text() | st.sampled_from(
    ["yes", "null", "2021-01-01", "1e3", "- a", "a: b", "a #b", "", " a", "é", "太原市", "0x1F", "~", "1_0"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
    | WORDS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.dates(), inner, max_size=3),
    max_leaves=6,
)


@given(VALUES)
def test_a_rendered_value_reads_back_the_same(value):
    tree = parse(f"a: {render_value(value)}\n").tree

    assert tree == {"a": value}


@given(VALUES, st.data())
def test_a_replaced_value_reads_back_and_the_rest_stays(value, data):
    document = parse(TEXT)
    path = data.draw(st.sampled_from(list_paths(document.tree)))
    steps = find_steps(document.tree, path)

    tree = parse(replace_value(document, steps, value)).tree

    assert take(tree, steps) == value
    for other in list_paths(document.tree):
        place = find_steps(document.tree, other)
        if place[: len(steps)] != steps and steps[: len(place)] != place:
            assert take(tree, place) == take(document.tree, place)

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.compact.path import find_steps, list_paths, parse_path, show_path, take, unknown_path

TREE = {
    "contracts": [{"id": "roads", "due": 1}, {"id": "bus"}],
    "contest": {
        "weights": {"growth": {date(2021, 1, 1): 0.6, date(2023, 1, 1): 0.5}, "green": 0.1},
        "steps": [{"screen": {"coverage": 0.65}}, {"rank": {}}],
    },
    "agreements": [{"agreement": "park", "values": [{"from": date(2021, 1, 1), "value": 5}]}],
    "set": {"contest.weights.growth": 0.9},
    "names": ["140100", "7"],
}


@pytest.mark.parametrize(
    "path, value",
    [
        ("contest.weights.green", 0.1),
        ("contest.weights.growth@2023-01-01", 0.5),
        ("contracts[roads].due", 1),
        ("contracts[1].id", "bus"),
        ("contest.steps[screen].coverage", 0.65),
        ("agreements[park].values[2021-01-01].value", 5),
        ('set["contest.weights.growth"]', 0.9),
        ("contest[weights].green", 0.1),
        ("contest.steps[0].screen.coverage", 0.65),
        ("names[1]", "7"),
    ],
)
def test_a_path_finds_its_value(path, value):
    steps = find_steps(TREE, path)

    assert take(TREE, steps) == value


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "a..b",
        "contest.weights.",
        "contracts[roads",
        "contracts[9]",
        "names.1",
        "x@2021-13-01",
        '["\\x"]',
        "contest.weights.green@2021-01-01",
    ],
)
def test_what_is_no_path_finds_nothing(path):
    assert find_steps(TREE, path) is None


def test_every_path_shown_is_found_again():
    for path in list_paths(TREE):
        assert show_path(TREE, find_steps(TREE, path)) == path


def test_items_with_the_same_id_are_shown_by_number():
    tree = {"notes": [{"id": "a"}, {"id": "a"}]}

    assert list_paths(tree)[1:] == ["notes[0]", "notes[0].id", "notes[1]", "notes[1].id"]


def test_an_unknown_path_names_the_nearest():
    fault = unknown_path(TREE, "contest.weight.growht")

    assert dict(fault.values) == {"found": "contest.weight.growht", "nearest": "contest.weights.growth"}


KEYS = st.text(alphabet='ab.[]@"\\ 7é', max_size=4)
TREES = st.recursive(
    st.integers(), lambda inner: st.dictionaries(KEYS, inner, max_size=3) | st.lists(inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(KEYS, TREES, max_size=3))
def test_a_shown_path_leads_back_to_its_value(tree):
    for path in list_paths(tree):
        assert parse_path(path)
        assert find_steps(tree, path) is not None


@given(st.text(alphabet='ab.[]@"\\0123-', max_size=20))
def test_no_text_makes_the_parser_fail(path):
    assert find_steps(TREE, path) is None or parse_path(path)

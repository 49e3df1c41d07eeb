"""Skip logic: a tiny grammar, read and never executed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.survey.expression import Coded, evaluate, list_items, list_pairs, parse_expression

COLUMNS = {
    "a": Coded(np.array([0, 1, -1]), ("yes", "no")),
    "g": Coded(np.array([0, 4, -1]), ("1", "2", "3", "4", "5")),
    "m": Coded(np.array([[True, False], [True, True], [False, False]]), ("x", "y")),
    "n": Coded(np.array([3.0, 0.0, np.nan])),
    "t": Coded(np.array(["ja", "", "7"], dtype=object)),
}


def holds(text):
    return evaluate(parse_expression(text), COLUMNS.__getitem__, n=3).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${a} = 'yes'", [True, False, False]),
        ("${a} != 'yes'", [False, True, True]),
        ("${a} = ''", [False, False, True]),
        ("${g} >= 3", [False, True, False]),
        ("${g} < 3 or ${n} = 0", [True, True, False]),
        ("selected(${m}, 'y')", [False, True, False]),
        ("count-selected(${m}) >= 1 and not(${a} = 'no')", [True, False, False]),
        ("count-selected(${a}) = 1", [True, True, False]),
        ("selected(${a}, 'no')", [False, True, False]),
        ("(${a} = 'yes' or ${a} = 'no') and ${n} > -1", [True, True, False]),
        ("${t} = 'ja'", [True, False, False]),
        ("${t} > 5", [False, False, True]),
        ("${m} = 'x y'", [False, True, False]),
        ("${n} = ''", [False, False, True]),
        ("${a} = ${t}", [False, False, False]),
        ("${n}", [True, False, False]),
        ("selected(${a}, 'perhaps')", [False, False, False]),
        ("${m} > 1", [False, False, False]),
    ],
)
def test_an_expression_holds_where_it_should(text, expected):
    assert expected == holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "${a} =",
        "${a} == 1",
        "a = 1",
        "selected(${a})",
        "selected('a', 'b')",
        "__import__('os')",
        "${a} = 'yes",
        "not ${a}",
        "${a} = 1 extra",
        "(${a} = 1) = 1",
        "and",
        "(" * 60 + "1" + ")" * 60,
    ],
)
def test_what_is_not_in_the_grammar_is_refused(text):
    with pytest.raises(DataError) as found:
        parse_expression(text)

    assert [item.code for item in found.value.problems] == ["survey-expression"]
    assert "表达式" in found.value.problems[0].text("zh")


@given(st.text(alphabet="${}abgmn'\"()=<>!., 0123456789ornotdselecu-", max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        tree = parse_expression(text)
    except DataError:
        return
    assert set(list_items(tree)) >= {item for item, _ in list_pairs(tree)}


def test_items_and_the_words_held_against_them_are_listed():
    tree = parse_expression("${a} = 'yes' and (. > 1 or selected(${m}, 'x'))")

    assert list_items(tree) == ("a", ".", "m")
    assert list_pairs(tree) == (("a", "yes"), ("m", "x"))

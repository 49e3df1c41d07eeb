from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.exploration.condition import name_outcome, read_condition


@pytest.mark.parametrize(
    "words, held",
    [
        ("y<1", [True, False, False]),
        ("y <= 1", [True, True, False]),
        ("y>1.0", [False, False, True]),
        ("y>=1e0", [False, True, True]),
    ],
)
def test_a_condition_holds_where_it_says_and_never_where_undefined(words, held) -> None:
    assert [*held, False] == read_condition(words).holds(np.array([0.0, 1.0, 2.0, np.nan])).tolist()


def test_a_condition_is_said_in_both_languages() -> None:
    words = read_condition("trust<0.3").words

    assert ("末年互信低于 0.3", "Trust, last year below 0.3") == (words.zh, words.en)
    assert "other" == name_outcome("other").zh


@pytest.mark.parametrize("words", ["", "trust", "trust=0.3", "trust<", "0.3<trust", "trust<<1", "trust<1 or x>2"])
def test_what_is_no_condition_is_refused(words) -> None:
    with pytest.raises(RuleError) as caught:
        read_condition(words)
    assert "condition-unreadable" == caught.value.problems[0].code

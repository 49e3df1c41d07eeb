from __future__ import annotations

import pytest

from jinghe.recalc.decision import DEFAULT_LEVELS, check_stars, decision_line, is_decision_error, printed_p
from jinghe.recalc.printed import Interval


def stars(claim, reported, **head):
    [found] = check_stars(claim("t", reported, **head))
    return found


@pytest.mark.parametrize(
    ("reported", "levels", "status", "decision_error"),
    [
        ({"p": "0.003", "stars": "**"}, {"**": "0.01"}, "consistent", False),
        ({"p": "0.030", "stars": "**"}, {"**": "0.01"}, "inconsistent", False),
        ({"p": "0.200", "stars": "*"}, {}, "inconsistent", True),
        ({"p": "0.200", "stars": ""}, {}, "consistent", False),
        ({"p": "0.003", "stars": ""}, {}, "inconsistent", True),
        ({"p": "0.0001", "stars": "*"}, {}, "consistent", False),  # the note prints no further level
        ({"p": "0.0001", "stars": "*"}, {"*": "0.05", "**": "0.01"}, "inconsistent", False),
        ({"p": "0.08", "stars": "*"}, {"*": "0.10"}, "consistent", False),
        ({"p": "0.05", "stars": "*"}, {}, "consistent", False),
    ],
)
def test_stars_are_held_against_p(claim, reported, levels, status, decision_error):
    found = stars(claim, reported, levels=levels)

    assert (status, decision_error) == (found.status, found.decision_error)


def test_the_reason_names_p_and_level(claim):
    found = stars(claim, {"p": "0.003", "stars": ""})

    assert "p=0.003 小于 0.0500，却不标星号。" == found.text.zh
    assert "p=0.003 is below 0.0500 but has no star." == found.text.en


def test_without_stars_or_p_nothing_is_compared(claim):
    assert [] == check_stars(claim("t", {"p": "0.003"}))
    assert [] == check_stars(claim("t", {"stars": "*"}))


def test_a_decision_is_reversed_only_when_every_p_is_across(claim):
    significant = claim("t", {"p": "0.03"})

    assert is_decision_error(significant, Interval(0.06, 0.07))
    assert not is_decision_error(significant, Interval(0.04, 0.07))
    assert not is_decision_error(claim("t", {"p": "<0.10"}), Interval(0.2, 0.3))
    assert is_decision_error(claim("t", {"p": "ns"}), Interval(0.01, 0.02))
    assert is_decision_error(claim("t", {"stars": ""}), Interval(0.01, 0.02))
    assert is_decision_error(claim("t", {"p": "0.05"}), Interval(0.06, 0.07))  # as statcheck counts it
    assert not is_decision_error(claim("t", {}), Interval(0.06, 0.07))


def test_the_sentence_on_the_decision_is_silent_where_it_cannot_tell(claim):
    assert "" == decision_line(claim("t", {"p": "0.03"}), Interval(0.04, 0.07)).en
    assert "颠倒" in decision_line(claim("t", {"p": "0.03"}), Interval(0.06, 0.07)).zh
    assert "stands" in decision_line(claim("t", {"p": "0.30"}), Interval(0.06, 0.07)).en


def test_stars_stand_for_a_p_below_their_level(claim):
    assert DEFAULT_LEVELS["***"] == printed_p(claim("t", {"stars": "***"})).value
    assert "0.02" == printed_p(claim("t", {"p": "0.02", "stars": "***"})).text
    assert printed_p(claim("t", {"stars": ""})) is None

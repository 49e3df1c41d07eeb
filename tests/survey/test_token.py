"""Tokens serve once and lead to no answer."""

from __future__ import annotations

from itertools import count

import pytest

from jinghe.errors import DataError
from jinghe.survey import close_register, issue_tokens, redeem_token


def test_a_token_serves_once():
    tokens, register = issue_tokens(["a", "b"])
    register = redeem_token(register, f" {tokens[0].upper()} ")

    for token, code in ((tokens[0], "survey-token-used"), ("guessed", "survey-token-unknown")):
        with pytest.raises(DataError) as found:
            redeem_token(register, token)
        assert [item.code for item in found.value.problems] == [code]


def test_the_register_holds_neither_tokens_nor_the_order_of_the_invited():
    tokens, register = issue_tokens([f"u{k}" for k in range(20)])

    assert not set(tokens) & set(register.units)
    assert list(register.units) == sorted(register.units)


def test_closing_leaves_counts_alone():
    tokens, register = issue_tokens(["a", "a", "b"])
    for token in tokens[1:]:
        register = redeem_token(register, token)

    turnout = close_register(register)

    assert (turnout.invited, turnout.answered) == ({"a": 2, "b": 1}, {"a": 1, "b": 1})
    assert not any(token in repr(turnout) for token in tokens)


def test_the_same_token_hashes_differently_under_another_salt():
    numbers = count()

    def draw(size):
        return next(numbers).to_bytes(size, "big")

    (first, one), (second, two) = issue_tokens(["a"], draw=draw), issue_tokens(["a"], draw=bytes)

    assert first == second
    assert set(one.units) != set(two.units)


def test_a_broken_source_of_randomness_is_refused():
    with pytest.raises(DataError) as found:
        issue_tokens(["a", "b"], draw=bytes)

    assert [item.code for item in found.value.problems] == ["survey-token-clash"]

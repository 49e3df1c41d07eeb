from __future__ import annotations

import pickle

import pytest

from jinghe.errors import (
    CompactError,
    DataError,
    JingheError,
    Place,
    Problem,
    RuleError,
    attempt,
    problem,
    read_messages,
)


def test_problem_says_place_found_rule_and_remedy() -> None:
    fault = problem("share-range", "contest.weights", file="shanxi/compact.yaml", line=42, found="1.2")

    assert (
        fault.text("en") == "shanxi/compact.yaml:42 contest.weights: the share is 1.2. "
        "A share lies between 0 and 1. Correct the share."
    )
    assert fault.text("zh") == "shanxi/compact.yaml:42 contest.weights：份额为 1.2。份额在 0 与 1 之间。请改写份额。"
    assert fault.level == "error"


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(), ""),
        (Place("a.csv"), "a.csv"),
        (Place("a.csv", 3), "a.csv:3"),
        (Place(path="contest"), "contest"),
        (Place("a.csv", 3, "gdp"), "a.csv:3 gdp"),
    ],
)
def test_place_shows_what_it_knows(place: Place, shown: str) -> None:
    assert str(place) == shown


def test_problem_without_a_place_starts_with_what_was_found() -> None:
    assert problem("date-unreadable", found="x").text("zh").startswith("无法识别日期“x”。")


def test_braces_in_a_value_are_left_alone() -> None:
    assert "“{found}”" in problem("number-unreadable", found="{found}").text("en")


def test_at_changes_only_what_it_is_given() -> None:
    fault = problem("file-missing", "data", file="a.csv", line=1, found="x")

    assert fault.at(line=2).place == Place("a.csv", 2, "data")
    assert fault.at(file="", path="gdp").place == Place("", 1, "gdp")


def test_error_carries_every_problem() -> None:
    faults = [problem("share-range", found="2"), problem("share-unreadable", found="x")]

    error = CompactError(iter(faults))

    assert error.problems == tuple(faults)
    assert str(error).count("\n") == 1


@pytest.mark.parametrize("kind", [JingheError, CompactError, DataError, RuleError])
def test_error_survives_a_process_border(kind: type[JingheError]) -> None:
    error = kind([problem("share-range", "x", found="2")])

    copy = pickle.loads(pickle.dumps(error))

    assert (type(copy), copy.problems) == (kind, error.problems)


def test_attempt_keeps_the_fault_at_its_place_and_goes_on() -> None:
    def read(text: str) -> int:
        raise DataError([problem("number-unreadable", found=text)])

    faults: list[Problem] = []

    assert attempt(faults, read, "x", file="a.csv", line=3, path="gdp") is None
    assert faults == [problem("number-unreadable", "gdp", file="a.csv", line=3, found="x")]
    assert attempt(faults, len, "four") == 4


def test_attempt_lets_faults_of_the_programmer_through() -> None:
    with pytest.raises(ZeroDivisionError):
        attempt([], lambda x: 1 / x, 0)


def test_messages_are_read_by_code() -> None:
    assert read_messages()["observation-duplicate"]["level"] == "error"

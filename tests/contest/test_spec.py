import pytest

from jinghe.contest.spec import (
    placed,
    read_choice,
    read_keys,
    read_list,
    read_map,
    read_number_in,
    read_pair,
    unknown,
)
from jinghe.errors import CompactError, DataError, problem


def codes(error: pytest.ExceptionInfo[CompactError]) -> list[tuple[str, str]]:
    return [(p.code, p.place.path) for p in error.value.problems]


def test_a_known_word_is_returned():
    assert read_choice("rank", ("minmax", "rank")) == "rank"


@pytest.mark.parametrize("found", ["min-max", None, 3, ["minmax"]])
def test_another_word_is_told_with_the_nearest(found):
    with pytest.raises(CompactError) as error:
        read_choice(found, ("minmax", "rank"), path="contest.steps[normalise].default")

    assert codes(error) == [("contest-choice", "contest.steps[normalise].default")]


def test_the_nearest_word_is_named_in_both_languages():
    found = unknown("contest-choice", "minmx", ("minmax", "rank"), path="here")

    assert (
        found.text("en")
        == "here: “minmx” is not one of the choices. The choices are minmax, rank. The nearest is “minmax”."
    )
    assert found.text("zh") == "here：“minmx”不在可选项之列。可选：minmax, rank。最接近的是“minmax”。"


def test_unknown_and_missing_keys_are_told_together():
    with pytest.raises(CompactError) as error:
        read_keys({"offf": 1, "over": 2}, ("of", "over"), required=("of",), path="m")

    assert codes(error) == [("contest-choice", "m.offf"), ("contest-key-missing", "m")]


def test_something_else_than_a_mapping_is_told():
    with pytest.raises(CompactError) as error:
        read_keys("gdp", ("of",), path="m")

    assert codes(error) == [("contest-mapping", "m")]


def test_nothing_is_an_empty_mapping_and_an_empty_list():
    assert read_map(None, path="") == {}
    assert read_list(None) == []


def test_a_lone_entry_stands_for_a_list_of_one():
    assert [list(read_list(value)) for value in ("rank", 3, ["a", "b"])] == [["rank"], [3], ["a", "b"]]


def test_a_list_where_a_mapping_is_wanted_is_told():
    with pytest.raises(CompactError) as error:
        read_map([1], path="w")

    assert codes(error) == [("contest-mapping", "w")]


@pytest.mark.parametrize("value", ["x", None, True, 1.5, -0.1, float("nan")])
def test_a_number_outside_its_range_is_told(value):
    with pytest.raises(CompactError) as error:
        read_number_in(value, low=0, high=1, path="c")

    assert codes(error) == [("contest-range", "c")]


def test_a_pair_is_read():
    assert read_pair([0, "3"], path="") == (0.0, 3.0)


@pytest.mark.parametrize("value,code", [([3, 0], "goalposts-reversed"), ([1, 1], "goalposts-reversed")])
def test_ends_the_wrong_way_round_are_told(value, code):
    with pytest.raises(CompactError) as error:
        read_pair(value, path="g")

    assert codes(error) == [(code, "g")]


@pytest.mark.parametrize("value", [3, "03", [1], [1, 2, 3], None])
def test_what_is_no_pair_is_told(value):
    with pytest.raises(CompactError) as error:
        read_pair(value, path="g")

    assert codes(error) == [("contest-pair", "g")]


def test_problems_get_their_path():
    with pytest.raises(CompactError) as error, placed("contest.prizes"):
        raise DataError([problem("money-unreadable", found="x")])

    assert codes(error) == [("money-unreadable", "contest.prizes")]

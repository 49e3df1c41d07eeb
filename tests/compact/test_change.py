from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.compact import dump_compact, get_value, load_compact, replace_values
from jinghe.compact.change import check_alternatives
from jinghe.errors import CompactError


def lines(before, after) -> list[str]:
    """The lines of the second text that the first has not."""
    return [line.strip() for line in dump_compact(after).splitlines() if line not in dump_compact(before).splitlines()]


@pytest.mark.parametrize(
    "path, value",
    [
        ("contest.weights.growth", 0.4),
        ("contest.weights.growth@2022-05-01", 0.4),
        ("contest.weights.gdp_per_head@2021-12-31", 0.5),
        ("contest.weights.gdp_per_head@2022-01-01", 0.25),
        ("contest.steps[screen].coverage", 0.65),
        ("contracts[road].due", date(2022, 6, 30)),
        ("contracts[road].participants[0]", "990200"),
        ("agreements[toy-park].parameters.term_years.values[2021-01-01].value", 5),
        ("agreements[1].status", "in_force"),
        ("version", "1"),
    ],
)
def test_a_value_is_read_by_its_path(toy, path, value):
    assert get_value(toy, path) == value


def test_a_plain_value_replaces_all_dates(toy):
    changed = replace_values(toy, {"contest.weights.gdp_per_head": 0.3, "contest.weights.gdp_real_growth": 0.7})

    assert changed.contest.weight("gdp_per_head", date(2021, 6, 1)) == 0.3
    assert changed.contest.weight("gdp_per_head", date(2022, 6, 1)) == 0.3
    assert lines(toy, changed) == ["gdp_real_growth: 0.7", "gdp_per_head: 0.3"]


def test_a_value_from_a_day_on_leaves_the_past_alone(toy):
    changed = replace_values(
        toy, {"contest.weights.growth@2022-01-01": 0.5, "contest.weights.collaboration@2022-01-01": 0.3}
    )

    assert changed.contest.weight("growth", date(2021, 12, 31)) == 0.4
    assert changed.contest.weight("growth", date(2022, 1, 1)) == 0.5
    assert lines(toy, changed) == [
        "growth: {2021-01-01: 0.4, 2022-01-01: 0.5}",
        "collaboration: {2021-01-01: 0.4, 2022-01-01: 0.3}",
    ]


def test_a_date_that_is_there_is_changed_and_one_between_is_put_in_order(toy):
    changed = replace_values(
        toy,
        {
            "contest.weights.gdp_per_head@2022-01-01": 0.2,
            "contest.weights.gdp_real_growth@2022-01-01": 0.8,
            "contest.weights.gdp_per_head@2021-07-01": 0.4,
            "contest.weights.gdp_real_growth@2021-07-01": 0.6,
        },
    )

    assert get_value(changed, "contest.weights.gdp_per_head") == {
        date(2021, 1, 1): 0.5,
        date(2021, 7, 1): 0.4,
        date(2022, 1, 1): 0.2,
    }


def test_a_value_from_before_the_first_day_is_a_plain_one(toy):
    changed = replace_values(
        toy, {"contest.weights.growth@2020-01-01": 0.5, "contest.weights.collaboration@2021-01-01": 0.3}
    )

    assert get_value(changed, "contest.weights.growth") == 0.5


def test_an_optional_field_that_is_not_written_yet_is_added(toy):
    changed = replace_values(toy, {"contracts[zone].due": date(2022, 12, 31), "contest.weights.joint_items": 0.7})

    assert next(c for c in changed.contracts if c.id == "zone").due == date(2022, 12, 31)
    assert changed.contest.weight("shared_services", date(2021, 1, 1)) == pytest.approx(0.3)
    assert lines(toy, changed) == ["due: 2022-12-31", "joint_items: 0.7"]


def test_an_optional_part_at_the_top_is_added(folder, write):
    bare = load_compact(write("compact.yaml", "platform: {disputes: {reply_days: 15, ruling_days: 30}}\n", ""))

    assert replace_values(bare, {"platform": {"disputes": {"reply_days": 9}}}).platform == {
        "disputes": {"reply_days": 9}
    }


def test_an_agreement_is_changed_in_its_own_file(toy):
    path = "agreements[toy-park].parameters.term_years.values[2021-01-01].value"

    changed = replace_values(toy, {path: 6})

    assert get_value(changed, path) == 6
    assert dump_compact(changed) == dump_compact(toy)
    assert changed.agreements[0].parameters["term_years"].values[0].printed == "6"
    assert changed.digest != toy.digest


def test_a_part_and_a_value_inside_it_are_set_one_after_the_other(toy):
    changed = replace_values(toy, {"platform.disputes": {"reply_days": 1}, "platform.disputes.reply_days": 2})

    assert changed.platform == {"disputes": {"reply_days": 2}}


def test_the_first_compact_stays_as_it_is(toy):
    text, digest = dump_compact(toy), toy.digest

    replace_values(toy, {"simulate.horizon": 9})

    assert (text, digest, 5) == (dump_compact(toy), toy.digest, toy.simulate.horizon)


def test_the_same_values_give_the_same_compact(toy):
    assert replace_values(toy, {"contest.weights.growth": 0.4, "version": "1"}) == toy


def test_siblings_are_not_rescaled_in_silence(toy):
    with pytest.raises(CompactError) as caught:
        replace_values(toy, {"contest.weights.growth": 0.9})

    assert [(p.code, dict(p.values)["sum"]) for p in caught.value.problems] == [("weights-sum", "1.5")]


def test_all_unknown_paths_and_all_faults_are_told_together(toy):
    with pytest.raises(CompactError) as caught:
        replace_values(
            toy,
            {"contest.weigth.growth": 1, "contest.weights.green": 0.5, "simulate.horizon": "long", "x@2021-01-01": 1},
        )

    assert [p.code for p in caught.value.problems] == ["path-unknown", "path-unknown", "type-wrong", "weights-sum"]


@pytest.mark.parametrize(
    "path", ["", "contest..weights", "version@2021-01-01", "contest.weights.growth@2021-02-30", "contracts[bridge]"]
)
def test_what_is_no_path_of_the_compact_names_the_nearest(toy, path):
    with pytest.raises(CompactError) as caught:
        get_value(toy, path)

    assert [p.code for p in caught.value.problems] == ["path-unknown"]


def test_before_the_first_date_nothing_is_in_force(toy):
    with pytest.raises(CompactError) as caught:
        get_value(toy, "contest.weights.gdp_per_head@2020-12-31")

    assert caught.value.problems[0].code == "value-not-in-force"


def test_every_alternative_is_tried(shanxi, toy):
    assert check_alternatives(shanxi) == []
    assert check_alternatives(toy) == []


@settings(max_examples=10)
@given(st.integers(0, 100))
def test_weights_that_sum_are_accepted_whatever_they_are(toy, percent):
    growth = percent * 0.8 / 100

    changed = replace_values(toy, {"contest.weights.growth": growth, "contest.weights.collaboration": 0.8 - growth})

    assert changed.contest.weight("growth", date(2021, 1, 1)) == growth


def test_a_change_of_a_file_keeps_an_earlier_change_of_an_agreement(toy):
    changed = replace_values(
        toy, {"agreements[toy-park].title": "新名", "data": {"observations": "data/observations.csv"}}
    )

    assert changed.agreements[0].title.zh == "新名"
    assert changed.progress == ()


def test_what_is_read_cannot_change_the_compact(toy):
    get_value(toy, "contracts[road].participants").append("990300")

    assert get_value(toy, "contracts[road].participants") == ["990200"]

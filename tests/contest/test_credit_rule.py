from datetime import date

import pytest

from jinghe.contest.credit_rule import FORMS, RULES, CreditRule, read_credit_rule
from jinghe.errors import CompactError


def test_a_bare_name_is_a_rule_with_usual_terms():
    assert CreditRule.of("both") == CreditRule("both", lead_share=0.5, count_share=1.0)
    assert CreditRule.of(CreditRule("lead", 0.7)).lead_share == 0.7


def test_nothing_written_is_equal_shares_without_confirmation():
    assert read_credit_rule(None) == CreditRule("equal")


def test_a_schedule_is_dated():
    shares = {"A": {"2021-01-01": 0.6, "2026-01-01": 0.5}, "B": {"2021-01-01": 0.4, "2026-01-01": 0.5}}
    tree = {"rule": "negotiated", "schedule": {"park": shares}}

    found = read_credit_rule(tree)

    assert found.schedule["park"]["A"] == ((date(2021, 1, 1), 0.6), (date(2026, 1, 1), 0.5))


def test_a_table_of_worths_becomes_a_game():
    found = read_credit_rule({"rule": "shapley", "worths": {"road": {"A": 0, "B": 0.2, "A+B": 1}}})

    assert found.worths["road"].worth("A", "B") == 1
    assert found.worths["road"].parties == ("A", "B")


def test_a_form_holds_for_its_field_or_for_all():
    rule = read_credit_rule({"rule": "shapley", "forms": {"default": "unanimity", "water": "additive"}})

    assert (rule.form("water"), rule.form("roads")) == ("additive", "unanimity")
    assert CreditRule("shapley").form("roads") is None


def test_the_penalty_for_reports_that_differ_is_read():
    assert read_credit_rule({"rule": "equal", "mirror_penalty": 0.5}).mirror_penalty == 0.5


@pytest.mark.parametrize(
    "tree,expected",
    [
        ({"rule": "shapely"}, [("contest-choice", "contest.credit.rule")]),
        ({"rule": "lead"}, [("contest-key-missing", "contest.credit")]),
        ({"rule": "both"}, [("contest-key-missing", "contest.credit")]),
        ({"rule": "negotiated"}, [("contest-key-missing", "contest.credit")]),
        ({"rule": "lead", "lead_share": 1.2}, [("contest-range", "contest.credit.lead_share")]),
        ({"mirror_penalty": -1}, [("contest-range", "contest.credit.mirror_penalty")]),
        ({"forms": {"roads": "airport"}}, [("contest-choice", "contest.credit.forms.roads")]),
        ({"schedule": {"p": {"A": 0.6, "B": 0.3}}}, [("credit-schedule-sum", "contest.credit.schedule.p")]),
        ({"schedule": {"p": {}}}, [("credit-schedule-sum", "contest.credit.schedule.p")]),
        ({"schedule": {"p": {"A": "much"}}}, [("share-unreadable", "contest.credit.schedule.p.A")]),
        ({"worths": {"r": {"A": 0, "A+B": 1}}}, [("game-coalition-missing", "contest.credit.worths.r")]),
        ({"worths": {"r": {"A": 0, "B": 0, "A+B": 0}}}, [("credit-worth-total", "contest.credit.worths.r")]),
        ({"worths": {"r": {"A": 1}}}, [("game-parties", "contest.credit.worths.r")]),
        ({"worths": {"r": 3}}, [("contest-mapping", "contest.credit.worths.r")]),
    ],
)
def test_each_fault_of_a_credit_rule_is_told(tree, expected):
    with pytest.raises(CompactError) as error:
        read_credit_rule(tree)

    assert [(p.code, p.place.path) for p in error.value.problems] == expected
    assert all(p.text(lang) for p in error.value.problems for lang in ("zh", "en"))


def test_a_dated_schedule_must_sum_to_one_on_every_date():
    tree = {"schedule": {"p": {"A": {"2021-01-01": 0.6, "2023-01-01": 0.5}, "B": {"2021-01-01": 0.4}}}}

    with pytest.raises(CompactError) as error:
        read_credit_rule(tree)

    assert error.value.problems[0].text("en") == (
        "contest.credit.schedule.p: from 2023-01-01 the shares sum to 0.9. The shares of a negotiated split sum to 1 "
        "from its first date on. Correct the shares, or give every party one from the same date."
    )


def test_rules_and_forms_are_those_of_the_dictionary():
    assert (len(set(RULES)), len(set(FORMS))) == (7, 3)

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from jinghe.compact import load_compact, load_panel
from jinghe.contest import PoolRule
from jinghe.errors import RuleError
from jinghe.simulation.rules import find_unexpressed, read_funds, read_pools, read_weights
from jinghe.simulation.scenario import read_setting


@pytest.fixture(scope="module")
def shanxi(root):
    return load_compact(root / "cases" / "shanxi")


def with_steps(shanxi, **changed):
    return replace(shanxi, contest=replace(shanxi.contest, steps=replace(shanxi.contest.steps, **changed)))


def with_prize(shanxi, **changed):
    return replace(shanxi, contest=replace(shanxi.contest, prizes=(replace(shanxi.contest.prizes[0], **changed),)))


def test_weights_are_products_down_from_the_root(shanxi) -> None:
    days = [date(2021, 12, 31), date(2023, 12, 31)]

    assert read_weights(shanxi.contest, "growth", days) == pytest.approx([0.6, 0.5])
    assert read_weights(shanxi.contest, "collab", days) == pytest.approx([0.3, 0.4])


def test_the_pools_of_the_contest_are_the_pools_of_the_model(shanxi) -> None:
    rules = (PoolRule("north", codes=("140200", "140600", "140900")), PoolRule("others"))
    pooled = replace(shanxi, contest=replace(shanxi.contest, pools=rules, prizes=()))

    setting = read_setting(pooled, panel=load_panel(shanxi).panel)

    north = {code for code, pool in zip(setting.codes, setting.pools, strict=True) if pool == 0}
    assert north == {"140200", "140600", "140900"}
    assert set(setting.pools) == {0, 1}
    assert not read_pools(shanxi, setting.codes, date(2021, 12, 31)).any()


def test_bands_are_a_sum_of_funds_that_pays_every_place_its_own(shanxi) -> None:
    """First: half; second and third: 3/20 each; fourth and fifth 1/10 each."""
    bands = ((1, Fraction(1, 2)), (3, Fraction(3, 10)), (5, Fraction(1, 5)))
    contest = with_prize(shanxi, rule="bands", bands=bands, top=5).contest
    revenue = np.full(11, contest.prizes[0].amount.fen / 100)

    funds, _ = read_funds(contest, revenue, fund_value=1.0)

    paid = [sum(f.worth / f.top for f in funds if place <= f.top) for place in range(1, 7)]
    assert paid == pytest.approx([0.5, 0.15, 0.15, 0.1, 0.1, 0.0])


@pytest.mark.parametrize(
    "change, code, path, found",
    [
        (
            lambda c: with_steps(c, aggregations={"index": "topsis"}),
            "rule-unexpressed",
            "steps[aggregate].index",
            "topsis",
        ),
        (lambda c: with_prize(c, rule="lottery"), "rule-unexpressed", "prizes[fund].rule", "lottery"),
        (
            lambda c: with_steps(c, weighing=replace(c.contest.steps.weighing, scheme="entropy")),
            "rule-unexpressed",
            "steps[weigh].index",
            "entropy",
        ),
        (
            lambda c: replace(
                c, contest=replace(c.contest, pools=(PoolRule("north", codes=("140200", "140600")), PoolRule("rest")))
            ),
            "prize-pools",
            "prizes[fund]",
            "2 pools",
        ),
    ],
)
def test_a_rule_the_model_cannot_express_is_named_and_refused(shanxi, change, code, path, found) -> None:
    with pytest.raises(RuleError) as caught:
        read_setting(change(shanxi), panel=load_panel(shanxi).panel)

    told = caught.value.problems
    assert [(p.code, p.place.path.replace("contest.", "")) for p in told] == [
        (code, path.replace("fund", shanxi.contest.prizes[0].id))
    ]
    assert found in told[0].text("en")
    assert told[0].text("zh")


def test_what_lies_below_growth_and_collaboration_may_be_of_any_kind(shanxi) -> None:
    below = with_steps(shanxi, aggregations={"index": "geometric", "growth": "topsis"})

    assert not list(find_unexpressed(below.contest, pools=np.zeros(11, dtype=np.int64)))

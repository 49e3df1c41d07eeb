"""Which clause applies: one of a topic, by condition, exception and priority; never two, never none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, Settlement, settle, settle_arrays
from jinghe.sharing.conditions import find_topic
from jinghe.units import Period

Tree = dict[str, Any]
PARK = "toy/agreements/toy-park.yaml"


@pytest.fixture
def topic(read: Callable[..., Agreement], tree: Callable[[str], Tree]) -> Callable[..., Agreement]:
    """The toy park with several sharing clauses of one topic, each a change of the first."""

    def make(*changes: Tree, **more: Any) -> Agreement:
        base = tree(PARK)
        quarter = {"unit": "share", "values": [{"value": "1/4", "source": "toy-agreement"}]}
        least = {"unit": "万元", "values": [{"value": 1100, "source": "toy-agreement"}]}
        parameters = base["parameters"] | {"quarter": quarter, "least": least}
        second = {"base": "tax", "holder": "host", "shares": {"origin": "quarter"}}
        test = {"id": "large", "block": "elig_threshold", "text": "…", "source": "toy-agreement",
                "with": {"values": "tax", "least": "least"}}  # fmt: skip
        clauses = [test]
        for n, change in enumerate(changes):
            clause = base["clauses"][0] | {"id": f"c{n + 1}"} | ({"with": second} if n else {})
            clauses.append(clause | change)
        return read(PARK, parameters=parameters, clauses=clauses, **more)

    return make


def paid(agreement: Agreement, panel: Panel, region: Region, year: int) -> dict[str, int]:
    found: Settlement = settle(agreement, panel=panel, region=region, period=Period.of(year))
    return {line.clause: line.amount.fen // 10**6 for line in found.lines}


def code(agreement: Agreement, panel: Panel, region: Region, year: int = 2021) -> list[str]:
    with pytest.raises(RuleError) as caught:
        paid(agreement, panel, region, year)
    return [item.code for item in caught.value.problems]


def test_two_clauses_on_one_topic_conflict_and_both_are_named(
    topic: Callable[..., Agreement], toy_panel: Panel, toy_region: Region
) -> None:
    agreement = topic({"topic": "sharing"}, {"topic": "sharing"})

    with pytest.raises(RuleError) as caught:
        paid(agreement, toy_panel, toy_region, 2021)

    (problem,) = caught.value.problems
    assert "agreement-clause-conflict" == problem.code
    assert (
        "agreements/toy-park.yaml clauses：“sharing”在 2021 有不止一条条款适用："
        "c1 (甲乙飞地园区税收分享协议（合成，仅供演示）) / c2 (甲乙飞地园区税收分享协议（合成，仅供演示）)。"
        "同一事项只能适用一条条款。请写明例外（exception_of）、优先次序（priority）或适用条件（when）。"
    ) == problem.text("zh")


def test_an_exception_takes_the_place_of_its_rule_where_it_applies(
    topic: Callable[..., Agreement], toy_panel: Panel, toy_region: Region
) -> None:
    agreement = topic({}, {"exception_of": "c1", "when": {"holds": "large"}})

    assert {"c1": 500} == paid(agreement, toy_panel, toy_region, 2021)
    assert {"c2": 300} == paid(agreement, toy_panel, toy_region, 2022)  # tax 1200, above the line


def test_the_higher_priority_counts(topic: Callable[..., Agreement], toy_panel: Panel, toy_region: Region) -> None:
    agreement = topic({"topic": "sharing"}, {"topic": "sharing", "priority": 1})

    assert {"c2": 250} == paid(agreement, toy_panel, toy_region, 2021)


def test_where_no_clause_applies_there_is_no_silent_zero(
    topic: Callable[..., Agreement], toy_panel: Panel, toy_region: Region
) -> None:
    agreement = topic({"when": {"holds": "large"}})

    assert ["agreement-clause-gap"] == code(agreement, toy_panel, toy_region)
    assert {"c1": 600} == paid(agreement, toy_panel, toy_region, 2022)


def test_nothing_due_is_a_clause_of_its_own(
    topic: Callable[..., Agreement], toy_panel: Panel, toy_region: Region
) -> None:
    nothing = {"block": "nothing", "with": {}, "topic": "sharing", "when": {"fails": "large"}}
    agreement = topic({"topic": "sharing", "when": {"holds": "large"}}, nothing)

    assert {} == paid(agreement, toy_panel, toy_region, 2021)
    assert {"c1": 600} == paid(agreement, toy_panel, toy_region, 2022)


def test_clauses_follow_each_other_by_their_days(
    topic: Callable[..., Agreement], toy_panel: Panel, toy_region: Region
) -> None:
    first, second = {"to": "2022-01-01"}, {"from": "2022-01-01"}
    agreement = topic({"topic": "sharing", "when": first}, {"topic": "sharing", "when": second})

    assert [{"c1": 500}, {"c2": 300}] == [paid(agreement, toy_panel, toy_region, year) for year in (2021, 2022)]


def test_overlapping_days_conflict_and_a_period_across_a_day_is_refused(
    topic: Callable[..., Agreement], toy_panel: Panel, toy_region: Region
) -> None:
    overlap = topic({"topic": "s", "when": {"to": "2023-01-01"}}, {"topic": "s", "when": {"from": "2022-01-01"}})
    across = topic({"topic": "s", "when": {"to": "2022-07-01"}}, {"topic": "s", "when": {"from": "2022-07-01"}})

    assert ["agreement-clause-conflict"] == code(overlap, toy_panel, toy_region, 2022)
    assert ["agreement-when-straddled"] == code(across, toy_panel, toy_region, 2022)


def test_arrays_decide_in_every_replication(topic: Callable[..., Agreement]) -> None:
    agreement = topic({}, {"exception_of": "c1", "when": {"holds": "large"}})
    tax = np.array([1000.0, 1200.0])[:, None, None] * np.array([0.0, 1.0])
    given = {"parties": ("990100", "990200"), "periods": [Period.of(2021)]}

    found = settle_arrays(agreement, series={"park_tax": tax}, **given)

    assert [5_000_000.0, 3_000_000.0] == found[:, 0, 0].tolist()
    with pytest.raises(RuleError) as caught:
        settle_arrays(topic({"when": {"holds": "large"}}), series={"park_tax": tax}, **given)
    assert ["agreement-clause-gap"] == [item.code for item in caught.value.problems]


def test_a_topic_is_that_of_the_rule_an_exception_belongs_to(topic: Callable[..., Agreement]) -> None:
    agreement = topic({"topic": "sharing"}, {"exception_of": "c1"}, {"exception_of": "c2"})
    moving = [item for item in agreement.clauses if item.id != "large"]

    assert ["sharing"] * 3 == [find_topic(item, moving) for item in moving]

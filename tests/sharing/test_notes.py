"""What a statement says besides its lines: changed, late and assumed values, odd units, parties that left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jinghe.errors import RuleError
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, Settlement, settle
from jinghe.units import Period

PARK, RANK = "toy/agreements/toy-park.yaml", "toy/agreements/toy-rank-transfer.yaml"
Read = Callable[..., Agreement]


@pytest.fixture
def settled(toy_region: Region) -> Callable[..., Settlement]:
    return lambda agreement, panel, year=2021: settle(agreement, panel=panel, region=toy_region, period=Period.of(year))


def zh(found: Settlement) -> str:
    return "\n".join(note.zh for note in found.notes)


def test_a_value_that_changes_inside_the_period_is_noted(
    read: Read, toy_panel: Panel, settled: Callable[..., Settlement], tree: Callable[[str], Any]
) -> None:
    parameters = tree(PARK)["parameters"]
    parameters["origin_share"]["values"].append({"from": "2022-07-01", "value": "0.4", "source": "toy-agreement"})
    agreement = read(PARK, parameters=parameters)

    assert "调整" not in zh(settled(agreement, toy_panel, 2021))
    assert "参数“甲市分享比例”在期内（2022-07-01）调整，按期末取值计算。" in zh(settled(agreement, toy_panel, 2022))


def test_a_late_figure_is_used_and_noted(
    park: Agreement, figure: Callable[..., Any], settled: Callable[..., Settlement]
) -> None:
    late = figure("990200", "park_tax", "2021", "1000", vintage=date(2022, 2, 15))  # due by 14 February
    in_time = figure("990200", "park_tax", "2021", "1000", vintage=date(2022, 2, 14))

    assert "1 个数晚于报数期限（2022-02-14）报来，已按报来的数结算：园区税收。" in zh(settled(park, Panel((late,))))
    assert "晚于" not in zh(settled(park, Panel((in_time,))))


@pytest.mark.parametrize("printed, unit, odd", [("12,000,000", "万元", 1), ("1200", "元", 1), ("1200", "万元", 0)])
def test_yuan_for_ten_thousands_is_asked_about(
    park: Agreement,
    panel_of: Callable[..., Panel],
    settled: Callable[..., Settlement],
    printed: str,
    unit: str,
    odd: int,
) -> None:
    panel = panel_of([("990200", "park_tax", "2021", "1000", "万元"), ("990200", "park_tax", "2022", printed, unit)])

    assert odd == zh(settled(park, panel, 2022)).count("请核对单位（元、万元）")


def test_an_assumed_value_is_said_on_the_statement_and_in_the_sentence(
    read: Read, toy_panel: Panel, settled: Callable[..., Settlement], tree: Callable[[str], Any]
) -> None:
    parameters = tree(PARK)["parameters"]
    parameters["origin_share"]["values"][0]["confidence"] = "assumed"

    found = settled(read(PARK, parameters=parameters), toy_panel)

    assert "以下参数为假定值，未经核实：甲市分享比例。" in zh(found)
    assert "甲市分享比例 1/2（假定）" in found.explain("zh")[0]
    assert "share of City A 1/2 (assumed)" in found.explain("en")[0]


def leave(party: str, rule: str = "", **more: str) -> dict[str, Any]:
    named = {"rule": rule} if rule else {}
    return {"exits": [{"party": party, "on": "2022-01-01", "source": "toy-park"}], **named, **more}


@pytest.fixture
def left(read: Read, tree: Callable[[str], Any]) -> Callable[..., Agreement]:
    """The toy park, from which the origin left at the end of 2021."""

    def make(rule: str = "", **more: Any) -> Agreement:
        parties = tree(PARK)["parties"] | {"province": {"zh": "省级财政", "en": "province", "kind": "residual"}}
        termination = leave("origin", rule, **({"residual": "province"} if rule == "residual" else {}))
        termination["exits"][0]["source"] = "toy-agreement"
        return read(PARK, parties=parties, termination=termination, rounding=["origin", "host", "province"], **more)

    return make


def test_what_follows_from_an_exit_must_be_agreed(
    left: Callable[..., Agreement], toy_panel: Panel, settled: Callable[..., Settlement]
) -> None:
    assert 500 == settled(left(), toy_panel, 2021).net["990100"].fen // 10**6
    for rule, code in (("", "agreement-exit-open"), ("stop", "agreement-exit-ended")):
        with pytest.raises(RuleError) as caught:
            settled(left(rule), toy_panel, 2022)
        assert [code] == [item.code for item in caught.value.problems]
        assert "“origin”" in caught.value.problems[0].text("zh")


def test_the_residual_party_takes_the_place_of_who_left(
    left: Callable[..., Agreement], toy_panel: Panel, settled: Callable[..., Settlement]
) -> None:
    found = settled(left("residual"), toy_panel, 2022)

    assert {"990200": -600, "toy-park:province": 600} == {key: m.fen // 10**6 for key, m in found.net.items()}
    assert (
        "甲市已于 2022-01-01 退出（甲乙飞地园区税收分享协议（合成，仅供演示）［合成］），其权利义务由省级财政承接。"
        in zh(found)
    )


def test_no_statement_runs_across_an_exit(
    left: Callable[..., Agreement], figure: Callable[..., Any], toy_region: Region
) -> None:
    with pytest.raises(RuleError) as caught:
        settle(left("residual"), panel=Panel(), region=toy_region, period=Period.of("2021..2022"))

    assert ["agreement-exit-straddled"] == [item.code for item in caught.value.problems]


def test_a_member_that_left_is_ranked_no_more(
    read: Read, toy_panel: Panel, tree: Callable[[str], Any], settled: Callable[..., Settlement]
) -> None:
    parameters = tree(RANK)["parameters"]
    parameters["pays"]["values"][0]["value"] = [80]
    termination = leave("990300", "without")
    termination["exits"][0]["source"] = "toy-rank"
    agreement = read(RANK, parameters=parameters, termination=termination)

    before, after = (settled(agreement, toy_panel, year) for year in (2021, 2022))

    assert 3 == len([key for key in before.net if key.isdigit()])
    assert {"990100", "990200"} == {key for key in after.net if key.isdigit()}
    assert "丙市已于 2022-01-01 退出" in zh(after)


def test_members_come_and_go_by_their_days(
    read: Read, toy_panel: Panel, tree: Callable[[str], Any], settled: Callable[..., Settlement]
) -> None:
    parameters = tree(RANK)["parameters"]
    parameters["pays"]["values"][0]["value"] = [80]
    agreement = read(
        RANK,
        parameters=parameters,
        members={"990100": None, "990200": {"from": "2021-01-01"}, "990300": {"from": "2022-01-01"}},
    )

    assert [2, 3] == [len([k for k in settled(agreement, toy_panel, y).net if k.isdigit()]) for y in (2021, 2022)]

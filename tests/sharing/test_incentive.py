from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.sharing import Agreement
from jinghe.sharing.incentive import _say_gaming, _show_figure, diagnose_agreement
from jinghe.units import Period

YEAR = Period.of("2021")


def test_sharing_a_tax_harms_nobody_and_rewards_underreporting(
    park: Agreement, toy_panel: Panel, toy_region: Region
) -> None:
    (found,) = diagnose_agreement(park, panel=toy_panel, region=toy_region, period=YEAR)

    assert ("990200", "park_tax", "2021", False) == (
        found.jurisdiction,
        found.indicator,
        found.period,
        found.is_base,
    )
    assert -5_0000_00 == found.own_gain
    assert found.later_gain is None
    assert found.diagnosis.is_monotone
    assert [
        "所考察范围内，乙市2021年园区税收增加时无人受损。",
        "所得随乙市2021年园区税收连续变化，没有跳跃。",
        "乙市2021年园区税收每少报 1%，乙市本期多得 5.00 万元。",
    ] == [text.zh for text in found.diagnosis.sentences]


def test_a_cap_takes_away_the_reason_to_underreport(
    read: Callable[..., Agreement], tree: Callable[[str], dict], toy_panel: Panel, toy_region: Region
) -> None:
    base = tree("toy/agreements/toy-park.yaml")
    cap = {"unit": "万元", "values": [{"value": 600, "source": "toy-agreement"}]}
    clause = {"id": "c3", "block": "cap", "text": "上限", "source": "toy-agreement"}
    capped = read(
        "toy/agreements/toy-park.yaml",
        parameters=base["parameters"] | {"ceiling": cap},
        clauses=[*base["clauses"], clause | {"with": {"of": "c1", "ceiling": "ceiling"}}],
    )

    (found,) = diagnose_agreement(capped, panel=toy_panel, region=toy_region, period=YEAR)

    (kink,) = [one for one in found.diagnosis.probe.kinks if one.party == "990200"]
    assert 1200 == kink.at
    assert "乙市2021年园区税收在 1200 万元 处，乙市每增一单位的所得由 0.5 变为 1。" in [
        text.zh for text in found.diagnosis.sentences
    ]


def test_a_tournament_jumps_where_places_change(ranked: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    first, *_ = diagnose_agreement(ranked, panel=toy_panel, region=toy_region, period=YEAR, points=5)

    assert not first.diagnosis.is_continuous
    assert [80.0] == [float(jump.at) for jump in first.diagnosis.probe.jumps if jump.party == "990100"]
    assert "At 80 points of the water-quality score of City A for 2021, City A gains" in (
        first.diagnosis.sentences[0].en
    )


def test_a_figure_read_again_later_is_tried_there_too(
    read: Callable[..., Agreement], tree: Callable[[str], dict], figure: Callable[..., Observation], toy_region: Region
) -> None:
    data = tree("toy/agreements/toy-park.yaml")["data"]
    monthly = read("toy/agreements/toy-park.yaml", data={"tax": data["tax"] | {"every": "month"}})
    panel = Panel(tuple(figure("990200", "park_tax", f"2021-{month:02d}", "100") for month in range(1, 6)))

    found = diagnose_agreement(
        monthly,
        panel=panel,
        region=toy_region,
        period=Period.of("2021-01..2021-03"),
        later=Period.of("2021-03..2021-05"),
        points=3,
    )

    assert [None, None, -5000_00] == [one.later_gain for one in found]
    assert -5000_00 == found[2].as_dict()["own_gain"]


def test_a_ratchet_and_a_base_year_are_said_in_words() -> None:
    tax, city = Text("甲市2018年税收", "the tax of City A for 2018"), Text("甲市", "City A")

    base, ratchet = _say_gaming(tax, city, 300_00, -200_00, is_base=True)

    assert "甲市2018年税收（基期数）每多报 1%，甲市本期多得 0.03 万元。" == base.zh
    assert (
        "Reporting 1% more for the tax of City A for 2018, a base-year figure, brings City A CNY 300.00 this period."
        == base.en
    )
    assert "棘轮效应：甲市2018年税收变动 1%，甲市本期得失 0.03 万元，后期反向得失 0.02 万元。" == ratchet.zh
    assert [] == list(_say_gaming(tax, city, 0, None, is_base=False))


def test_what_cannot_be_settled_cannot_be_diagnosed(park: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    with pytest.raises(RuleError, match="park_tax"):
        diagnose_agreement(park, panel=toy_panel, region=toy_region, period=Period.of("2023"))


@pytest.mark.parametrize("x, unit, expected", [(1e-9, "1", "0 以上"), (80, "points", "80 分"), (0.5, "share", "0.5")])
def test_a_figure_a_step_above_an_edge_is_named_by_the_edge(x: float, unit: str, expected: str) -> None:
    assert expected == _show_figure(x, unit, Fraction(1, 10**9), "zh")

"""Sentences: amounts exact, periods as people say them, workings in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, read_agreement, settle, template_paths
from jinghe.sharing.words import amount_words, party_words, period_words
from jinghe.units import Money, Period


@given(st.integers(0, 10**15))
def test_amounts_lose_no_fen(fen: int) -> None:
    zh, en = amount_words(fen, "zh"), amount_words(fen, "en")

    assert Money(fen) == Money.of(zh)
    assert Money(fen) == Money.of(f"{en.removeprefix('CNY ')} 元")


@pytest.mark.parametrize(
    "name, zh, en",
    [
        ("2010-01..2010-09", "2010年1—9月", "January–September 2010"),
        ("2010-03", "2010年3月", "March 2010"),
        ("2021", "2021年", "2021"),
        ("2021..2023", "2021—2023年", "2021–2023"),
        ("2021Q1", "2021年1—3月", "January–March 2021"),
        ("2021-11..2022-02", "2021年11月—2022年2月", "November 2021–February 2022"),
        ("2021-03-05", "2021-03-05", "2021-03-05"),
    ],
)
def test_periods_read_as_people_say_them(name: str, zh: str, en: str) -> None:
    assert (zh, en) == (period_words(name, "zh"), period_words(name, "en"))


def test_only_a_party_without_a_code_takes_the_article() -> None:
    name = Text("专户", "clearing account")

    assert ("the clearing account", "专户") == (party_words("a:pool", name, "en"), party_words("a:pool", name, "zh"))
    assert "City A" == party_words("990100", Text("甲市", "City A"), "en")


def test_a_share_shows_base_ratio_and_term(park: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    found = settle(park, panel=toy_panel, region=toy_region, period=Period.of(2022))

    assert (
        "依据甲乙飞地园区税收分享协议（合成，仅供演示）第一条：2022年，乙市应付甲市 600.00 万元（"
        "园区税收 1,200 万元，合成数，来源：合成数据［合成］；甲市分享比例 1/2；"
        "第二条：在分享期内（2021-01-01 至 2025-12-31））。"
    ) == found.explain("zh")[0]
    assert (
        "Under 甲乙飞地园区税收分享协议（合成，仅供演示）, Article 1: for 2022, City B pays City A CNY 6,000,000.00 "
        "(park tax CNY 12,000,000.00, synthetic, source: 合成数据 [synthetic]; share of City A 1/2; "
        "Article 2: inside the term, 2021-01-01 to 2025-12-31)."
    ) == found.explain("en")[0]


def test_an_ended_term_says_when_it_ended(park: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    found = settle(park, panel=toy_panel, region=toy_region, period=Period.of(2026))

    assert found.explain("zh")[0].endswith("第二条：分享期已于 2025-12-31 届满，不再分享）。")
    assert found.explain("en")[0].endswith("Article 2: the term ended on 2025-12-31: nothing is shared any more).")


def test_a_shared_place_says_how_many_tie(ranked: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    found = settle(ranked, panel=toy_panel, region=toy_region, period=Period.of(2022))

    assert (
        "依据三市水质排名奖扣办法（合成，仅供演示）第一条：2022年，结算专户应付甲市 25.00 万元（"
        "水质得分 85 分，合成数，来源：合成数据［合成］；3 家中 2 家并列第 1 名；"
        "自第一名起奖励 80 万元；自末位起扣缴 50, 30 万元；并列者平分所占名次的金额）。"
    ) in found.explain("zh")
    assert any("2 tie for place 1 of 3" in line for line in found.explain("en"))
    assert any("place 3 of 3" in line for line in found.explain("en"))


def test_a_step_table_and_a_ceiling_show_their_working(
    tree: Callable[[str], Any], toy_region: Region, figure: Callable[..., Any]
) -> None:
    path = next(path for path in template_paths() if path.stem == "sx_water_section")
    spec = tree(str(path)) | {"status": "in_force", "effective": {"from": "2014-01-01"}}
    values = [{"value": [50, 100, 150, 200, 300], "source": "revision-2013"}]
    spec["parameters"]["amounts"] |= {"open": False, "values": values}
    spec["parameters"]["top"] = {"unit": "万元", "values": [{"value": 60, "source": "revision-2013"}]}
    cap = {"id": "cap", "block": "cap", "label": {"zh": "封顶规定", "en": "ceiling rule"}, "text": "…"}
    spec["clauses"] = [
        spec["clauses"][0],
        cap | {"source": "revision-2013", "with": {"of": "deduct", "ceiling": "top"}},
    ]
    codes, months = toy_region.contestants(), ("2014-01", "2014-02")
    rows = [figure(c, "section_exceedance", m, "0.2", "1") for c in codes for m in months]
    agreement = read_agreement(spec, sources={})

    found = settle(agreement, panel=Panel(tuple(rows)), region=toy_region, period=Period.of("2014-01..2014-02"))

    zh, en = found.explain("zh")[0], found.explain("en")[0]
    assert "甲市应扣缴 60.00 万元（断面超标倍数 2014年1月 0.2、2014年2月 0.2，合成数" in zh
    assert "；按“每档定额”分档；各档扣缴额 50, 100, 150, 200, 300 万元；封顶规定：上限 60 万元，已达上限）。" in zh
    assert "steps by “a fixed amount per tier”" in en
    assert "ceiling rule: ceiling CNY 600,000.00, reached)." in en

"""The working in words: every block has its method, every step its result, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle
from jinghe.sharing.rules import RULES
from jinghe.sharing.workings import METHODS, tell_condition, tell_working
from jinghe.units import Period

OWN = {"accumulate", "step_table", "share_fixed", "rank_transfer"}  # their working says it by itself


def test_every_block_that_computes_has_words_in_both_languages() -> None:
    computing = {name for name, rule in RULES.items() if rule.way not in ("modify", "nothing")}

    assert computing == {*METHODS, *OWN}
    assert all(
        re.search("[\u4e00-\u9fff]", text.zh) and not re.search("[\u4e00-\u9fff]", text.en) for text in METHODS.values()
    )


def test_a_chain_of_clauses_is_told_step_by_step(
    fill: Callable[..., Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    parties = {"yunnan": "990100", "guizhou": "990200", "sichuan": "990300"}
    agreement = fill("two_key_pot", parties=parties, decide={"partial": "1/2"})
    panel = panel_of(
        [("990100", "qingshuipu_failed", "2021", "0.4", "1"), ("990200", "lianyuxi_failed", "2021", "0", "1")]
    )

    found = settle(agreement, panel=panel, region=toy_region, period=Period.of(2021))

    line = next(line for line in found.lines if line.clause == "back_yunnan")
    zh, en = "；".join(tell_working(line.trace, "zh")), "; ".join(tell_working(line.trace, "en"))
    assert "清水铺扣减得 3,000.00 万元（清水铺断面不达标程度（0—1） 0.4" in zh
    assert "分配规定得 6,000.00 万元（年度资金 20000 万元；云南分配比例 3/10）" in zh
    assert "按断面不达标程度扣回" in zh
    assert "Qingshuipu gives CNY 30,000,000.00" in en


def test_figures_of_many_parties_are_counted_and_not_listed(
    fill: Callable[..., Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    agreement = fill("equalise_2005", start="2005-01-01")
    rows = [(code, name, "2010", x, "万元") for code, x in (("990100", "90"), ("990200", "100"), ("990300", "120"))
            for name, x in (("fiscal_strength", x), ("equalisation_reference", "100"))]  # fmt: skip

    (first, *_) = settle(agreement, panel=panel_of(rows), region=toy_region, period=Period.of(2010)).lines

    assert "财力（FKM） 3 个数" in tell_working(first.trace, "zh")
    assert "fiscal strength (FKM), 3 figures" in tell_working(first.trace, "en")


def test_a_cumulative_ceiling_says_what_was_taken_before(
    fill: Callable[..., Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    decided = {"clock_start": "2021-01-01", "before": ["2018", "2019", "2020"]}
    agreement = fill("jjj_relocation", parties={"origin": "990100", "host": "990200"}, decide=decided)
    rows = [("990100", "moved_tax_before", str(y), "3200", "万元") for y in (2018, 2019, 2020)]
    rows += [
        ("990200", "moved_tax", str(y), str(t), "万元")
        for y, t in zip(range(2021, 2025), (4000, 5000, 6000, 7000), strict=True)
    ]

    (line,) = settle(agreement, panel=panel_of(rows), region=toy_region, period=Period.of(2024)).lines

    term, cap = line.trace.children
    assert "封顶规定：累计上限 9,600.00 万元，此前累计 7,500.00 万元，已达累计上限" == tell_condition(cap, "zh")
    assert (
        "cap: ceiling of all periods CNY 96,000,000.00, sum of the periods before CNY 75,000,000.00, reached"
        == tell_condition(cap, "en")
    )
    assert "期限规定：累计上限未达，顺延至 2025-12-31" == tell_condition(term, "zh")

from dataclasses import replace
from datetime import date

import pytest

from jinghe.contest.gaming import KINDS, examine, flag
from jinghe.contest.indicator import Identity
from jinghe.contest.mirror import Claim
from jinghe.panel import Panel
from jinghe.units import Period

GDP = ["5121.61", "1686", "916.6", "2311.1", "1912.4", "1420.6", "1843.4", "2053.1", "1344.4", "1909.5", "2071.4"]
SPENT = ["114.7", "6.8", "7.0", "22.5", "15.4", "2.6", "20.1", "19.6", "2.8", "25.1", "15.3"]
INTENSITY = ["2.24", "0.40", "0.76", "0.97", "0.81", "0.18", "1.09", "0.96", "0.21", "1.31", "0.74"]
ROUND = ["510", "165", "915", "230", "190", "145", "184", "205", "134", "190", "207"]
SOME = ["510", "165", "915", "230", "190", "145", "184", "206", "134", "191", "207"]  # 6 of 11 end in 0 or 5
CITIES = "ABCDEFGHIJK"
RD = [Identity("rd_intensity", "rd_expenditure", "gdp")]
ACCUSING = ("fraud", "false", "manipul", "cheat", "guilt", "fake", "造假", "作假", "舞弊", "弄虚", "违规")


@pytest.fixture
def row(make_figure):
    def make(name, figures, codes=CITIES, unit="亿元", **parts):
        return [
            make_figure(code, name, figure, unit=unit, **parts) for code, figure in zip(codes, figures, strict=True)
        ]

    return make


def test_all_flags_come_in_order_and_speak_of_no_guilt(make_contest, make_region, row, make_figure):
    contest = make_contest(
        {"index": ["rd_intensity"]}, {"rd_intensity": {"unit": "%", "label": {"zh": "研发强度", "en": "R&D intensity"}}}
    )
    figures = [
        *row("gdp", [GDP[0], "1786", *GDP[2:]]),
        *row("gdp", ["22590.16"], "P"),
        *row("rd_expenditure", SPENT),
        *row("rd_intensity", INTENSITY, unit="%"),
        replace(make_figure("B", "rd_intensity", "0.9"), reporter="city", vintage=date(2022, 1, 1)),
    ]

    contest = replace(contest, identities=tuple(RD))

    found = flag(contest, panel=Panel(tuple(figures)), region=make_region(CITIES), period=Period.of(2021))

    assert [f.code for f in found] == ["sum-identity", "ratio-identity", "reports-differ"]
    assert found[2].evidence.zh.startswith("B市2021年研发强度有 2 次报送，最小 0.4")
    for word in ACCUSING:
        assert all(word not in f.evidence.en + f.evidence.zh + f.strength.en + f.strength.zh for f in found)


def test_periods_outside_the_contest_are_not_looked_at(make_contest, make_region, row):
    contest = make_contest({"index": ["air"]}, {"air": {"unit": "%", "period": "2020"}})
    figures = row("gdp", [GDP[0], "1786", *GDP[2:]], period="2019") + row("gdp", ["22590.16"], "P", period="2019")

    assert flag(contest, panel=Panel(tuple(figures)), region=make_region(CITIES), period=Period.of(2021)) == ()


def test_a_flag_from_a_test_carries_p_q_power_and_n(make_contest, make_region, row):
    contest = make_contest({"index": ["x"]}, {"x": {"unit": "亿元"}})
    figures = row("x", ROUND)

    found = examine(contest, panel=Panel(tuple(figures)), region=make_region(CITIES), period=Period.of(2021))

    [one] = found.flags
    assert (one.code, one.n, len(found.probes)) == ("digit-heaping", 11, 1)
    assert (one.p, one.q) == (pytest.approx(0.000235, abs=1e-6), pytest.approx(0.000235, abs=1e-6))
    assert (
        one.strength.en == "weak: n = 11, power 25% against a true share of 40 %; p = 0.00024, q = 0.00024 over 1 tests"
    )
    assert (
        one.strength.zh == "弱：n = 11，真实占比为 40% 时的检出概率为 25%；p = 0.00024，按 1 项检验校正后 q = 0.00024"
    )


def test_many_tests_raise_the_bar_for_each(make_contest, make_region, row):
    contest = make_contest({"index": ["x"]}, {"x": {"unit": "亿元"}})
    odd = ["511", "166", "917", "232", "193", "144", "187", "208", "139", "191", "206"]
    figures = [
        *row("x", SOME),
        *(figure for k in range(30) for figure in row(f"y{k:02}", odd[k % 11 :] + odd[: k % 11])),
    ]

    found = examine(contest, panel=Panel(tuple(figures)), region=make_region(CITIES), period=Period.of(2021))

    [heaped] = [probe for probe in found.probes if probe.indicator == "x" and probe.code == "digit-heaping"]
    assert heaped.p < 0.05
    assert [one.indicator for one in found.flags if one.code == "digit-heaping"] == []


def test_what_could_not_be_tested_is_counted(make_contest, make_region, row):
    contest = make_contest({"index": ["x"]}, {"x": {"unit": "亿元"}})

    found = examine(contest, panel=Panel(tuple(row("x", ROUND))), region=make_region(CITIES), period=Period.of(2021))

    assert found.counts["jump"] == (0, 0, 11)
    assert found.counts["first-digits"] == (0, 0, 1)
    assert set(found.counts) <= set(KINDS)
    assert found.tell().en == (
        f"Tests run: 1; not possible for want of data: {len(found.untested)}; flags raised: 1, those from tests at a "
        "false-discovery rate of 5%. A flag is a question to check, not a verdict."
    )


def test_items_and_claims_are_looked_at_when_given(make_contest, make_region, make_item, row):
    contest = make_contest({"index": ["x"]}, {"x": {"unit": "亿元"}})
    items = (replace(make_item("p", "A", "B"), standing="claimed", quantity=""), make_item("q", "A", "B", A=1))
    claims = [Claim("p", "A", 3.0, "亿元", date(2021, 6, 1))]

    whole = {"panel": Panel(tuple(row("x", ["1"] * 11))), "region": make_region(CITIES), "period": Period.of(2021)}

    assert [one.code for one in flag(contest, **whole)] == []
    [found] = flag(contest, **whole, items=items, claims=claims)
    assert (found.code, found.jurisdiction, found.effect) == ("hollow-item", "A", 1)

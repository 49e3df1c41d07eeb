"""The twenty templates, each put in force and settled: the numbers their sources print or that are worked by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest

from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, Settlement, check_agreement, settle, template_paths, verify_statement
from jinghe.units import Period

WAN = 10**6
A, B, C = "990100", "990200", "990300"
Fill, Rows = Callable[..., Agreement], Callable[[Sequence[tuple[str, ...]]], Panel]
Pay = Callable[..., Settlement]


@pytest.fixture
def pay(toy_region: Region) -> Pay:
    """Settle, recompute every line from its own trace, and tell each in both languages."""

    def settled(agreement: Agreement, panel: Panel, period: str | int = 2021, **more: Any) -> Settlement:
        assert [] == [
            item.text("en") for item in check_agreement(agreement, region=toy_region) if item.level == "error"
        ]
        found = settle(agreement, panel=panel, region=toy_region, period=Period.of(period), **more)
        assert [] == [item.text("en") for item in verify_statement(found.as_dict())]
        assert all("{" not in words for lang in ("zh", "en") for words in found.explain(lang))
        assert 0 == sum(money.fen for money in found.net.values())
        return found

    return settled


def net(found: Settlement, *parties: str) -> list[Fraction]:
    """What the parties receive, 万元."""
    return [Fraction(found.net[key].fen, WAN) if key in found.net else Fraction(0) for key in parties]


def yearly(code: str, indicator: str, amounts: Sequence[object], *, start: int = 2021, unit: str = "万元") -> list[Any]:
    return [(code, indicator, str(start + n), str(amount), unit) for n, amount in enumerate(amounts)]


@pytest.fixture
def relocation(fill: Fill) -> Agreement:
    decided = {"clock_start": "2021-01-01", "before": ["2018", "2019", "2020"]}
    return fill("jjj_relocation", parties={"origin": A, "host": B}, decide=decided)


PAST = yearly(A, "moved_tax_before", (3000, 3200, 3400), start=2018)


@pytest.mark.parametrize(
    "taxes, expected",
    [
        ((4000, 5000, 6000, 7000, 8000), (2000, 2500, 3000, 2100, 0)),
        ((2000, 2500, 3000, 3000, 3000), (1000, 1250, 1500, 1500, 1500)),
    ],
)
def test_t01_a_relocation_is_shared_up_to_its_ceiling(
    relocation: Agreement, panel_of: Rows, pay: Pay, taxes: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    panel = panel_of([*PAST, *yearly(B, "moved_tax", taxes)])

    found, state = [], None
    for year in range(2021, 2026):
        one = pay(relocation, panel, year, state=state)
        state = one.carry
        found.append(net(one, A)[0])
        assert one.net == pay(relocation, panel, year).net  # without the state the years before are settled first

    assert list(expected) == found


def test_t01_what_stays_unshared_is_said_and_not_paid(relocation: Agreement, panel_of: Rows, pay: Pay) -> None:
    panel = panel_of([*PAST, *yearly(B, "moved_tax", (2000, 2500, 3000, 3000, 3000))])

    last = pay(relocation, panel, 2025)

    notes = [note for note in last.notes if "未分享" in note.zh]
    assert ["封顶规定：分享期满，累计上限尚余 2,850.00 万元未分享；协议没有规定由谁补足。"] == [
        note.zh for note in notes
    ]
    assert "累计上限未达，顺延至 2025-12-31" in last.explain("zh")[0]


def test_t01_below_the_threshold_nothing_is_shared_and_that_is_cited(
    relocation: Agreement, panel_of: Rows, pay: Pay
) -> None:
    panel = panel_of([*yearly(A, "moved_tax_before", (1000, 1000, 1000), start=2018), *yearly(B, "moved_tax", (4000,))])

    assert () == pay(relocation, panel).lines

    eligible = pay(relocation, panel_of([*PAST, *yearly(B, "moved_tax", (4000,))]))

    words = "资格规定得 1（迁出前三税（含退库） 2018年 3000 万元、2019年 3200 万元、2020年 3400 万元"
    assert words in eligible.explain("zh")[0]
    assert [1] == [step.exact for step in eligible.lines[0].trace.steps]


def test_t02_a_park_is_shared_for_five_years_and_its_increment_alone(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    parties = {"origin": A, "host": B}
    decided = {"origin_share": "1/2", "term_years": 5, "clock_start": "2021-01-01"}
    park = fill("feidi_split", parties=parties, decide=decided)
    increment = fill("feidi_increment", parties=parties, decide={"base": 600})
    panel = panel_of(yearly(B, "park_tax", [1000] * 6))

    assert [500] * 5 + [0] == [net(pay(park, panel, year), A)[0] for year in range(2021, 2027)]
    assert [200, -200] == net(pay(increment, panel), A, B)


def test_t03_the_investment_comes_back_before_anything_is_shared(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    agreement = fill(
        "recover_then_share", parties={"origin": A, "host": B}, decide={"investment": 3000}, start="2023-01-01"
    )
    panel = panel_of(yearly(B, "project_tax", (800, 1200, 1500, 1500), start=2023))

    received = [net(pay(agreement, panel, year), A)[0] for year in range(2023, 2027)]

    assert [800, 1200, 1300, 900] == received
    assert [0, 0, 200, 600] == [tax - x for tax, x in zip((800, 1200, 1500, 1500), received, strict=True)]


@pytest.mark.parametrize(
    "qingshuipu, lianyuxi, expected",
    [
        ("0", "0", (4000, -2000, -2000)),
        ("0.4", "0", (1000, -500, -500)),
        ("1", "0", (-2000, 1000, 1000)),
        ("0", "1", (4000, -10000, 6000)),
    ],
)
def test_t04_the_chishui_fund_closes_and_claws_back(
    fill: Fill, panel_of: Rows, pay: Pay, qingshuipu: str, lianyuxi: str, expected: tuple[int, ...]
) -> None:
    parties = {"yunnan": A, "guizhou": B, "sichuan": C}
    agreement = fill("two_key_pot", parties=parties, decide={"partial": "1/2"}, start="2018-01-01")
    panel = panel_of([(A, "qingshuipu_failed", "2019", qingshuipu, "1"), (B, "lianyuxi_failed", "2019", lianyuxi, "1")])

    found = pay(agreement, panel, 2019)

    assert list(expected) == net(found, A, B, C)
    assert found.is_balanced
    pool = agreement.key("pool")
    contributions = [line.amount.fen // WAN for line in found.lines if line.payee == pool]
    assert [2000, 10000, 8000] == contributions


@pytest.mark.parametrize("water, drop, expected", [(2, "2.07", 6207), (3, "0", 0), (4, "-10", -7000), (2, "55", 10000)])
def test_t05_the_yellow_river_pays_by_class_and_change(
    fill: Fill, panel_of: Rows, pay: Pay, water: int, drop: str, expected: int
) -> None:
    agreement = fill("yellow_river", parties={"upstream": A, "downstream": B}, decide={"weights": "equal"})
    rise = str(-Fraction(drop) if drop != "0" else 0)
    shown = f"{float(Fraction(rise)):g}"
    panel = panel_of(
        [(A, "liuzhuang_class", "2021", str(water), "class"), (A, "liuzhuang_index_change", "2021", shown, "%")]
    )

    assert [expected, -expected] == net(pay(agreement, panel), A, B)


def test_t06_twelve_months_of_chongqing_make_two_hundred(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    agreement = fill(
        "monthly_two_way", parties={"upstream": A, "downstream": B}, decide={"failing": 0}, start="2019-01-01"
    )
    classes = [(2, 3)] * 5 + [(3, 3)] * 4 + [(3, 2)] * 3
    rows = [(A, "section_standard", "2021", "3", "class")]
    for month, (now, before) in enumerate(classes, start=1):
        rows += [
            (A, "section_class", f"2021-{month:02}", str(now), "class"),
            (A, "section_class", f"2020-{month:02}", str(before), "class"),
        ]

    found = pay(agreement, panel_of(rows))

    assert [200, -200] == net(found, A, B)
    assert any("类别不变的补偿额" in note.zh and "假定" in note.zh for note in found.notes)


def test_t07_the_section_template_is_settled_once_its_amounts_are_agreed(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    amounts = [50, 100, 150, 200, 300]  # the three in the middle are made up for this test
    agreement = fill("sx_water_section", decide={"amounts": amounts})
    rows = [(code, "section_exceedance", "2021-01", x, "1") for code, x in ((A, "0"), (B, "0.7"), (C, "12"))]
    rows += [(code, "water_reward", "2021-01", "10", "万元") for code in (A, B, C)]

    assert [10, -90, -290, 370] == net(pay(agreement, panel_of(rows), "2021-01"), A, B, C, agreement.key("pool"))


@pytest.mark.parametrize("mode, expected", [("marginal", 110), ("whole", 160)])
def test_t08_eight_micrograms_cost_by_the_meaning_of_a_tier(
    fill: Fill, panel_of: Rows, pay: Pay, mode: str, expected: int
) -> None:
    agreement = fill("sx_air", parties={"province": "990000"}, decide={"tier_mode": mode}, start="2019-01-24")
    pm25 = {"2021-01": (58, 50, 45), "2020-01": (50, 50, 50)}
    rows = [
        (code, "pm25", month, str(x), "µg/m3")
        for month, row in pm25.items()
        for code, x in zip((A, B, C), row, strict=True)
    ]
    rows += [(code, "so2", month, x, "µg/m3") for code in (A, B) for month, x in (("2021-01", "30"), ("2020-01", "20"))]
    rows += [
        (C, "so2", "2021-01", "33", "µg/m3"),
        (C, "so2", "2020-01", "30", "µg/m3"),
        ("990000", "pm25", "2021-01", "99", "µg/m3"),
    ]
    rows += [(code, "air_reward", "2021-01", x, "万元") for code, x in ((A, "0"), (B, "0"), (C, "20.88"))]

    found = pay(agreement, panel_of(rows), "2021-01")

    assert [-expected, 0, Fraction("-9.12")] == net(found, A, B, C)  # C: SO₂ 33 is charged 30, the reward is 20.88
    assert not found.is_balanced


def test_t08_the_published_totals_add_up() -> None:
    rewards = "104.71 94.57 91.73 72.40 49.16 48.96 38.77 35.12 32.51 25.69 14.51"

    assert Fraction("608.13") == sum(map(Fraction, rewards.split()))  # September 2018
    assert Fraction("20.88") == sum(map(Fraction, ("10.25", "6.34", "17.29", "-13")))  # Taiyuan, October 2021


@pytest.mark.parametrize("quarter, amount", [("2015Q4", 89), ("2016Q1", 178), ("2017Q1", 356)])
def test_t09_shandong_pays_at_the_coefficient_of_its_day(
    fill: Fill, panel_of: Rows, pay: Pay, quarter: str, amount: int
) -> None:
    agreement = fill("sd_air", start="2014-01-01")
    before = f"{int(quarter[:4]) - 1}{quarter[4:]}"
    falls = {"pm25": 5, "pm10": 8, "so2": 3, "no2": -2}
    rows = [
        (code, name, period, str(50 if period == before else 50 - fall), "µg/m3")
        for code in (A, B, C)
        for name, fall in falls.items()
        for period in (before, quarter)
    ]
    rows += [(code, "dilution_factor", quarter, factor, "1") for code, factor in ((A, "1"), (B, "1.5"), (C, "1"))]

    found = pay(agreement, panel_of(rows), quarter)

    assert [amount, Fraction(3, 2) * amount] == net(found, A, B)
    assert (quarter == "2017Q1") == any("假定" in note.zh for note in found.notes)


def test_t10_the_taiyuan_amounts_sum_to_zero(fill: Fill, panel_of: Rows, pay: Pay, shanxi_region: Region) -> None:
    agreement = fill("rank_transfer", decide={"ties": "average"})
    codes = shanxi_region.contestants()
    panel = panel_of([(code, "air_score", "2021", str(90 - n), "points") for n, code in enumerate(codes)])

    found = settle(agreement, panel=panel, region=shanxi_region, period=Period.of(2021))

    assert [100, 80, 0, 0, 0, 0, 0, 0, -30, -50, -100] == net(found, *codes)
    assert found.is_balanced


def test_t11_zhenjiang_shares_its_loads_by_contribution(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    agreement = fill("load_based", parties={"danyang": A, "dantu": B})
    rows = [
        (A, "codmn", "2021-01", "7", "mg/L"),
        (A, "codmn_target", "2021-01", "6", "mg/L"),
        (A, "nh3n", "2021-01", "1.5", "mg/L"),
        (A, "nh3n_target", "2021-01", "1", "mg/L"),
        (A, "tp", "2021-01", "0.25", "mg/L"),
        (A, "tp_target", "2021-01", "0.2", "mg/L"),
        (A, "section_flow", "2021-01", "30", "百万立方米"),
    ]

    found = pay(agreement, panel_of(rows), "2021-01")

    assert [Fraction("-178.4865"), Fraction("-31.5135"), 210] == net(found, A, B, agreement.key("pool"))


@pytest.mark.parametrize("year, index, expected", [(2012, "0.8143", 10000), (2018, "0.8694", 20000)])
def test_t12_the_assumed_index_of_the_xinan_river_says_that_it_is_assumed(
    fill: Fill, panel_of: Rows, pay: Pay, year: int, index: str, expected: int
) -> None:
    bases = {"base_cod": "2.0", "base_nh3": "0.12", "base_tn": "1.30", "base_tp": "0.030"}
    agreement = fill("xinan_p", parties={"upstream": A, "downstream": B}, decide=bases, start="2012-01-01")
    water = {"codmn": "1.9", "nh3n": "0.10", "tn": "1.45", "tp": "0.028"}
    panel = panel_of([(A, name, str(year), x, "mg/L") for name, x in water.items()])

    found = pay(agreement, panel, year)

    assert [expected, -expected] == net(found, A, B)
    assert any(note.zh.startswith("以下参数为假定值，未经核实：") for note in found.notes)
    assert "以下条款的依据为假定，未见原文：下游补偿、达标判定、补偿指数P。" in [note.zh for note in found.notes]
    (met,) = found.lines[0].trace.steps
    assert index == f"{float(met.steps[0].exact):.4f}"
    assert f"达标判定得 1（补偿指数P得 {float(met.steps[0].exact):.6f}" in found.explain("zh")[0]


def test_t12_bad_water_turns_the_payment_round(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    bases = {"base_cod": "2.0", "base_nh3": "0.12", "base_tn": "1.30", "base_tp": "0.030"}
    agreement = fill("xinan_p", parties={"upstream": A, "downstream": B}, decide=bases, start="2012-01-01")
    water = {"codmn": "3", "nh3n": "0.2", "tn": "2", "tp": "0.05"}
    panel = panel_of([(A, name, "2012", x, "mg/L") for name, x in water.items()])

    assert [-10000, 10000] == net(pay(agreement, panel, 2012), A, B)


def test_t13_the_pool_of_minnesota_is_shared_by_inverse_capacity(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    agreement = fill("fiscal_disparities")
    rows: list[tuple[str, ...]] = []
    for code, people, capacity, growth in ((A, 100, 120, 300), (B, 50, 80, 80), (C, 20, 60, 20)):
        rows += [
            (code, "tax_base", "2020", "1000", "万元"),
            (code, "tax_base", "2021", str(1000 + growth), "万元"),
            (code, "population", "2020", str(people), "persons"),
            (code, "fiscal_capacity", "2020", str(capacity), "元/人"),
        ]

    found = pay(agreement, panel_of(rows))

    assert found.is_balanced
    assert ["-45.5814", "23.8140", "21.7674"] == [f"{float(x):.4f}" for x in net(found, A, B, C)]


def test_t14_a_gap_of_ten_is_filled_by_sixty_three_per_cent(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    agreement = fill("equalise_2020")
    rows = [(code, "fiscal_strength", "2021", x, "万元") for code, x in ((A, "90"), (B, "100"), (C, "110"))]
    rows += [(code, "equalisation_reference", "2021", "100", "万元") for code in (A, B, C)]

    assert [Fraction("6.3"), 0, Fraction("-6.3")] == net(pay(agreement, panel_of(rows)), A, B, C)


def test_t14_the_older_curve_balances_by_itself(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    agreement = fill("equalise_2005", start="2005-01-01")
    rows = [(code, "fiscal_strength", "2010", x, "万元") for code, x in ((A, "80"), (B, "93"), (C, "140"))]
    rows += [(code, "equalisation_reference", "2010", "100", "万元") for code in (A, B, C)]

    found = pay(agreement, panel_of(rows), 2010)

    assert [Fraction("13.415"), Fraction("3.99"), Fraction("-17.405")] == net(found, A, B, C)
    assert found.is_balanced


def test_t15_the_conditional_third_of_who_fails_goes_to_the_projects(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    agreement = fill("conditional_growth")
    rows: list[tuple[str, ...]] = []
    given = ((A, 100, 140, 50, 1), (B, 50, 60, 30, 0), (C, 30, 30, 20, 1))
    for code, base, now, people, met in given:
        rows += [
            (code, "shared_revenue", "2020", str(base), "万元"),
            (code, "shared_revenue", "2021", str(now), "万元"),
            (code, "population", "2021", str(people), "persons"),
            (code, "condition_met", "2021", str(met), "1"),
        ]

    found = pay(agreement, panel_of(rows))

    after = [now + x for (_, _, now, _, _), x in zip(given, net(found, A, B, C), strict=True)]
    assert ["135.0000", "58.3333", "33.3333"] == [f"{float(x):.4f}" for x in after]
    assert "3.3333" == f"{float(net(found, agreement.key('projects'))[0]):.4f}"
    assert abs(found.pool_balance.fen) <= 2  # thirds of a fen


def test_t16_costs_are_shared_capped_credited_and_trued_up(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    parties = {"germany": A, "france": B, "netherlands": C, "fund": "990000"}
    rows = [
        ("990000", "measure_cost", "2021", "500", "百万元"),
        ("990000", "measure_advance", "2021", "600", "百万元"),
        ("990000", "measure_quantity", "2021", "450", "t"),
    ]
    found = {}
    for basis in ("contract_unit_price", "actual_cost"):
        agreement = fill("cost_ceiling", parties=parties, decide={"price": "1000000", "basis": basis})
        found[basis] = pay(agreement, panel_of(rows))

    fund, swiss = "990000", agreement.key("switzerland")
    paid = {line.payer: line.amount.fen // 10**8 for line in found["actual_cost"].lines if line.clause == "share"}
    assert {A: 120, B: 120, C: 136, swiss: 12} == paid  # the Swiss 24 less 12 in kind
    back = {b: sum(x.amount.fen for x in s.lines if x.payer == fund) // 10**8 for b, s in found.items()}
    assert {"contract_unit_price": 150, "actual_cost": 100} == back


def test_t17_half_of_a_modelled_benefit_is_upstreams(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    agreement = fill("modelled_benefit", parties={"upstream": A, "downstream": B}, decide={"model": "model 3.1"})

    assert [50, -50] == net(pay(agreement, panel_of(yearly(B, "modelled_benefit", (100,)))), A, B)


def test_t18_who_paid_more_than_it_got_is_refunded_after_three_years(fill: Fill, panel_of: Rows, pay: Pay) -> None:
    agreement = fill("settle_up", parties={"member": A, "sponsor": B})
    panel = panel_of([*yearly(A, "growth_contribution", (10,) * 4), *yearly(A, "development_grant", (5, 10, 5, 0))])

    assert [-10, -10, 0, -10] == [net(pay(agreement, panel, year), A)[0] for year in range(2021, 2025)]


@pytest.mark.parametrize(
    "rate, threshold, share, city, township",
    [("1.75%", "0", "20%", "14000", "3500"), ("2.25%", "2%", "1/3", "1666.67", "833.33")],
)
def test_t19_the_income_tax_of_a_district_is_divided(
    fill: Fill, panel_of: Rows, pay: Pay, rate: str, threshold: str, share: str, city: str, township: str
) -> None:
    decided = {"rate": rate, "threshold": threshold, "township_share": share}
    agreement = fill("jedd_income_tax", parties={"city": A, "township": B}, decide=decided)

    found = pay(agreement, panel_of([(A, "district_payroll", "2021", "1,000,000", "元")]))

    assert int(Fraction(township) * 100) == found.net[B].fen
    tax = found.lines[0].trace.input("base").value  # Akron keeps its 2 % besides: 20,000 + 1,666.67 = 21,666.67
    assert round(Fraction(city) * 100) == round(Fraction(str(tax)) - found.net[B].fen)


@pytest.mark.parametrize(
    "rule, expected",
    [
        ("PRO", (Fraction(100, 3), Fraction(200, 3), 100)),
        ("CEA", (Fraction(200, 3),) * 3),
        ("CEL", (0, 50, 150)),
        ("TAL", (50, 75, 75)),
        ("RA", (Fraction(100, 3), Fraction(250, 3), Fraction(250, 3))),
    ],
)
def test_t20_claims_are_met_by_the_chosen_rule(
    fill: Fill, panel_of: Rows, pay: Pay, rule: str, expected: tuple[Fraction, ...]
) -> None:
    agreement = fill("claims", decide={"rule": rule, "fund": 200})
    rows = [(code, "claim", "2021", x, "万元") for code, x in ((A, "100"), (B, "200"), (C, "300"))]

    found = net(pay(agreement, panel_of(rows)), A, B, C)

    assert all(abs(x - y) <= Fraction(1, WAN) for x, y in zip(found, expected, strict=True))  # to the fen
    assert 200 == sum(found)


@pytest.mark.parametrize(
    "rule, expected",
    [
        ("shapley", (91.667, 44.167, 44.167)),
        ("nucleolus", (90, 45, 45)),
        ("tau", (91.379, 44.138, 44.483)),
        ("per-capita-nucleolus", (97.5, 42.5, 40)),
    ],
)
def test_t20_a_joint_project_is_divided_by_its_solution(
    fill: Fill, panel_of: Rows, pay: Pay, rule: str, expected: tuple[float, ...]
) -> None:
    worth = [6000, 2000, 12000, 3000, 11000, 5500, 18000]
    agreement = fill(
        "cooperative_game", parties={"a": A, "b": B, "c": C, "project": "990000"}, decide={"worth": worth, "rule": rule}
    )

    found = pay(agreement, panel_of([("990000", "joint_benefit", "2021", "18000", "万元")]))

    assert [f"{x:.3f}" for x in expected] == [f"{float(x) / 100:.3f}" for x in net(found, A, B, C)]


@pytest.mark.parametrize("rule, expected", [("LRS", (6, 4, 3)), ("UES", (9, 3, 1)), ("DES", (2, 4, 7))])
def test_t20_a_clean_river_is_paid_for_by_its_rule(
    fill: Fill, panel_of: Rows, pay: Pay, rule: str, expected: tuple[int, ...]
) -> None:
    agreement = fill("river_costs", parties={"upper": A, "middle": B, "lower": C}, decide={"rule": rule})
    panel = panel_of([(code, "reach_cost", "2021", str(x), "万元") for code, x in ((A, 6), (B, 4), (C, 3))])

    assert [-x for x in expected] == net(pay(agreement, panel), A, B, C)


def test_there_is_a_template_for_each_number(tree: Callable[[str], Any]) -> None:
    numbers = {tree(str(path))["agreement"].split("_", 1)[0] for path in template_paths()}

    assert {f"T{n:02}" for n in range(1, 21)} == numbers

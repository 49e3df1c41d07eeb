"""Clauses at work: blocks bound to parties, terms, ceilings, months, rounding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, Trace, read_agreement, settle
from jinghe.sharing.clauses import run_clauses
from jinghe.sharing.evidence import Evidence
from jinghe.sharing.lines import make_traces
from jinghe.sharing.state import State
from jinghe.units import Period

PARK = "toy/agreements/toy-park.yaml"
Apply = Callable[..., list[Trace]]


@pytest.fixture
def apply(toy_region: Region) -> Apply:
    def lines(agreement: Agreement, panel: Panel, period: str = "2021") -> list[Trace]:
        evidence = Evidence(agreement, panel, toy_region, Period.of(period))
        results, _ = run_clauses(evidence, state=State())
        return [line for line in make_traces(results, evidence=evidence) if line.clause == agreement.clauses[0].id]

    return lines


@pytest.mark.parametrize("year, expected", [("2021", 500), ("2022", 600), ("2026", 0)])
def test_a_fixed_share_lasts_for_its_term(
    apply: Apply, park: Agreement, toy_panel: Panel, year: str, expected: int
) -> None:
    (line,) = apply(park, toy_panel, year)

    assert ("990200", "990100", expected * 10**6) == (line.payer, line.payee, line.rounded)
    assert ["inside" if expected else "after"] == [child.outcome for child in line.children]


def test_a_ceiling_limits_a_share_after_its_term(
    apply: Apply, read: Callable[..., Agreement], tree: Any, toy_panel: Panel
) -> None:
    base = tree(PARK)
    ceiling = {"unit": "万元", "values": [{"value": 450, "source": "toy-agreement"}]}
    cap = {
        "id": "c3",
        "block": "cap",
        "text": "第三条",
        "source": "toy-agreement",
        "with": {"of": "c1", "ceiling": "top"},
    }
    capped = read(PARK, parameters=base["parameters"] | {"top": ceiling}, clauses=[*base["clauses"], cap])

    (line,) = apply(capped, toy_panel)

    assert (450 * 10**6, ["inside", "reached"]) == (line.rounded, [child.outcome for child in line.children])


@pytest.mark.parametrize("order, expected", [(["origin", "host"], 1), (["host", "origin"], 0)])
def test_the_odd_fen_goes_by_the_declared_order(
    apply: Apply, read: Callable[..., Agreement], figure: Callable[..., Any], order: list[str], expected: int
) -> None:
    panel = Panel((figure("990200", "park_tax", "2021", "1", "分"),))

    (line,) = apply(read(PARK, rounding=order), panel)

    assert (Fraction(1, 2), expected) == (line.exact, line.rounded)


def test_three_parties_share_by_largest_remainder(
    apply: Apply, read: Callable[..., Agreement], tree: Any, figure: Callable[..., Any]
) -> None:
    base = tree(PARK)
    third = {"unit": "share", "values": [{"value": "1/3", "source": "toy-agreement"}]}
    split = base["clauses"][0] | {
        "with": {"base": "tax", "holder": "host", "shares": {"origin": "third", "guest": "third"}}
    }
    agreement = read(
        PARK,
        parties=base["parties"] | {"guest": "990300"},
        parameters=base["parameters"] | {"third": third},
        clauses=[split],
        rounding=["host", "origin", "guest"],
    )

    lines = apply(agreement, Panel((figure("990200", "park_tax", "2021", "100.00", "元"),)))

    assert {"990100": 3333, "990300": 3333} == {line.payee: line.rounded for line in lines}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fen=st.integers(0, 10**13), share=st.fractions(0, 1, max_denominator=97))
def test_a_share_is_within_a_fen_of_the_exact_one(
    apply: Apply, read: Callable[..., Agreement], figure: Callable[..., Any], fen: int, share: Fraction
) -> None:
    values = [{"value": str(share), "source": "toy-agreement"}]
    years = {"unit": "years", "values": [{"value": 5, "source": "toy-agreement"}]}
    agreement = read(PARK, parameters={"origin_share": {"unit": "share", "values": values}, "term_years": years})

    (line,) = apply(agreement, Panel((figure("990200", "park_tax", "2021", str(fen), "分"),)))

    assert share * fen == line.exact
    assert abs((line.rounded or 0) - line.exact) < 1
    assert sum(line.parts) == fen


def test_places_that_tie_are_shared(apply: Apply, ranked: Agreement, toy_panel: Panel) -> None:
    first, second = apply(ranked, toy_panel), apply(ranked, toy_panel, "2022")

    assert [80, 30, 50] == [
        (line.rounded or 0) // 10**6 for line in sorted(first, key=lambda line: min(line.payer, line.payee))
    ]
    assert {("990100", 25), ("990200", 25)} == {
        (line.payee, (line.rounded or 0) // 10**6) for line in second if line.payer == ranked.key("pool")
    }


def test_lower_is_better_where_the_agreement_says_so(
    apply: Apply, read: Callable[..., Agreement], tree: Any, toy_panel: Panel
) -> None:
    base = tree("toy/agreements/toy-rank-transfer.yaml")
    base["parameters"]["best"]["values"][0]["value"] = "lowest"
    agreement = read_agreement(base, sources={})

    lines = apply(agreement, toy_panel)

    assert ["990300"] == [line.payee for line in lines if line.rounded and line.payee != agreement.key("pool")]


def test_a_step_table_adds_up_the_months_of_the_shanxi_template(
    apply: Apply, tree: Any, figure: Callable[..., Any]
) -> None:
    from jinghe.sharing import template_paths

    path = next(path for path in template_paths() if path.stem == "sx_water_section")
    filled = tree(str(path)) | {"status": "in_force", "effective": {"from": "2014-01-01"}}
    # The two outer amounts are reported, the three between are made up for this test.
    filled["parameters"]["amounts"] |= {
        "open": False,
        "values": [{"value": [50, 100, 150, 200, 300], "source": "revision-2013"}],
    }
    months = {"2014-01": ("0", "0.5", "10.1"), "2014-02": ("0", "0.6", "-0.2"), "2014-03": ("0", "5", "1")}
    codes = ("990100", "990200", "990300")
    rows = [
        figure(code, "section_exceedance", month, printed, "1")
        for month, row in months.items()
        for code, printed in zip(codes, row, strict=True)
    ]

    filled["clauses"] = filled["clauses"][:1]

    lines = apply(read_agreement(filled, sources={}), Panel(tuple(rows)), "2014Q1")

    assert [0, 50 + 100 + 150, 300 + 0 + 100] == [(line.rounded or 0) // 10**6 for line in lines]


def test_a_period_of_broken_months_is_refused(
    apply: Apply, tree: Any, read: Callable[..., Agreement], toy_panel: Panel
) -> None:
    monthly = read(PARK, data={"tax": tree(PARK)["data"]["tax"] | {"every": "month"}})

    with pytest.raises(RuleError) as caught:
        apply(monthly, toy_panel, "2021-03-05")

    assert ["agreement-months-partial"] == [item.code for item in caught.value.problems]


def test_a_period_across_the_end_of_a_term_is_left_to_the_parties(
    apply: Apply, tree: Any, read: Callable[..., Agreement], toy_panel: Panel
) -> None:
    shifted = read(PARK, effective={"from": "2021-07-01", "to": "2031-01-01"})

    with pytest.raises(RuleError) as caught:
        apply(shifted, toy_panel, "2026")

    assert (
        "agreements/toy-park.yaml clauses.c2：2026 跨越分享期（2021-07-01 至 2026-07-01 前一日）的起讫。"
        "期间须整个落在分享期之内或之外；如何切分不由程序决定。请按分享期分段结算。"
    ) == caught.value.problems[0].text("zh")


def test_a_term_may_begin_on_a_day_of_its_own(
    apply: Apply, tree: Any, read: Callable[..., Agreement], toy_panel: Panel
) -> None:
    base = tree(PARK)
    base["clauses"][1]["with"]["start"] = "first_tax"
    day = {"unit": "date", "values": [{"value": "2022-01-01", "source": "toy-agreement"}]}
    agreement = read(PARK, parameters=base["parameters"] | {"first_tax": day}, clauses=base["clauses"])

    assert [0, 600 * 10**6] == [apply(agreement, toy_panel, year)[0].rounded for year in ("2021", "2022")]


def test_growth_over_the_mean_of_three_base_years_counts_once(
    fill: Callable[..., Agreement], tree: Any, panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    data = {"tax": {"indicator": "park_tax", "of": "host", "unit": "万元"}}
    data["past"] = data["tax"] | {"at": [2018, 2019, 2020]}
    given = {"parties": {"origin": "990100", "host": "990200"}, "decide": {"base": 0}, "data": data}
    agreement = fill("feidi_increment", **given)
    first = replace(agreement.clauses[0], bindings={"now": "tax", "base": "past"})
    agreement = replace(agreement, clauses=(first, *agreement.clauses[1:]))
    rows = [
        ("990200", "park_tax", str(year), str(tax))
        for year, tax in ((2018, 500), (2019, 600), (2020, 700), (2021, 1000))
    ]

    (line,) = settle(agreement, panel=panel_of(rows), region=toy_region, period=Period.of(2021)).lines

    assert 200 * 10**6 == line.amount.fen  # half of 1000 − 600

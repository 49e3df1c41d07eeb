"""What changes an amount: floors, credits, ceilings of parties, conditions with a fallback, refunds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jinghe.errors import RuleError
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, Settlement, settle, verify_statement
from jinghe.units import Period

Tree = dict[str, Any]
PARK = "toy/agreements/toy-park.yaml"
Change = Callable[..., Agreement]


@pytest.fixture
def changed(read: Callable[..., Agreement], tree: Callable[[str], Tree]) -> Change:
    """The toy park with one clause more, its parameters given as (unit, value)."""

    def make(block: str, bindings: Tree, data: Tree | None = None, **values: tuple[str, Any]) -> Agreement:
        base = tree(PARK)
        for name, (unit, value) in values.items():
            base["parameters"][name] = {"unit": unit, "values": [{"value": value, "source": "toy-agreement"}]}
        clause = {"id": "c3", "block": block, "label": {"zh": "第三条", "en": "Article 3"}, "text": "…"}
        clause |= {"source": "toy-agreement", "with": {"of": "c1", **bindings}}
        parties = base["parties"] | {"park": {"zh": "园区专户", "en": "park account"}}
        more = {"parties": parties, "parameters": base["parameters"], "rounding": [*base["rounding"], "park"]}
        return read(PARK, **more, data=base["data"] | (data or {}), clauses=[*base["clauses"], clause])

    return make


def settled(agreement: Agreement, panel: Panel, region: Region, year: int = 2021, **more: Any) -> Settlement:
    found = settle(agreement, panel=panel, region=region, period=Period.of(year), **more)
    assert [] == verify_statement(found.as_dict())
    return found


def test_a_ceiling_of_a_party_and_a_credit_change_its_line(
    changed: Change, toy_panel: Panel, toy_region: Region
) -> None:
    capped = changed("cap_party", {"ceilings": {"origin": "top"}}, top=("万元", 450))
    spared = changed("cap_party", {"ceilings": {"park": "top"}}, top=("万元", 450))
    credited = changed("in_kind_credit", {"credits": {"origin": "own"}}, own=("万元", 120))

    found = [settled(one, toy_panel, toy_region) for one in (capped, spared, credited)]

    assert [450, 500, 380] == [one.net["990100"].fen // 10**6 for one in found]
    assert "第三条：上限 450 万元，已达上限" in found[0].explain("zh")[0]
    assert "Article 3: credited in kind CNY 1,200,000.00" in found[2].explain("en")[0]


def test_a_floor_raises_what_is_not_part_of_one_amount(
    fill: Callable[..., Agreement], tree: Callable[[str], Tree], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    decided = {"weights": "equal"}
    clauses = tree(str(next(p for p in _templates() if p.stem == "yellow_river")))["clauses"]
    floor = {
        "id": "floor",
        "block": "floor",
        "text": "…",
        "source": "xinhua-2021",
        "with": {"of": "basic", "least": "point_cap"},
    }
    agreement = fill(
        "yellow_river",
        parties={"upstream": "990100", "downstream": "990200"},
        decide=decided,
        clauses=[*clauses, floor],
    )
    rows = [("990100", "liuzhuang_class", "2021", "4", "class"), ("990100", "liuzhuang_index_change", "2021", "0", "%")]

    found = settled(agreement, panel_of(rows), toy_region)

    assert 4000 == found.net["990100"].fen // 10**6
    assert "保底 4000 万元，已补足" in found.explain("zh")[0]


def _templates() -> Any:
    from jinghe.sharing import template_paths

    return template_paths()


@pytest.mark.parametrize(
    "figure_met, payee, words", [("1", "990100", "条件成立"), ("0", "toy-park:park", "条件不成立")]
)
def test_a_tranche_goes_to_the_fallback_where_its_condition_fails(
    changed: Change,
    toy_panel: Panel,
    toy_region: Region,
    figure: Callable[..., Any],
    figure_met: str,
    payee: str,
    words: str,
) -> None:
    data = {
        "met": {"indicator": "joint_work", "of": "origin", "unit": "1", "label": {"zh": "协同达标", "en": "joint work"}}
    }
    agreement = changed("tranche", {"holds": "met", "fallback": "park"}, data)
    panel = toy_panel.append([figure("990100", "joint_work", "2021", figure_met, "1")])

    found = settled(agreement, panel, toy_region)

    assert [(payee, 500)] == [(line.payee, line.amount.fen // 10**6) for line in found.lines]
    assert f"第三条：{words}（协同达标 {figure_met}" in found.explain("zh")[0]


def test_a_condition_met_in_part_divides_the_amount(
    changed: Change, toy_panel: Panel, toy_region: Region, figure: Callable[..., Any]
) -> None:
    data = {"met": {"indicator": "joint_work", "of": "origin", "unit": "1"}}
    agreement = changed("tranche", {"fails": "met", "fallback": "park"}, data)
    panel = toy_panel.append([figure("990100", "joint_work", "2021", "0.25", "1")])

    found = settled(agreement, panel, toy_region)

    assert {"990100": 375, "toy-park:park": 125} == {line.payee: line.amount.fen // 10**6 for line in found.lines}


@pytest.fixture
def refunding(read: Callable[..., Agreement], tree: Callable[[str], Tree]) -> Callable[[str], Agreement]:
    return lambda negative: read(PARK, data={"tax": tree(PARK)["data"]["tax"] | {"negative": negative}})


def test_a_refund_is_paid_back_where_the_agreement_says_so(
    refunding: Callable[[str], Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    panel = panel_of([("990200", "park_tax", "2021", "1000"), ("990200", "park_tax", "2022", "-400")])

    found = settled(refunding("refund"), panel, toy_region, 2022)

    assert [("990100", "990200", 200)] == [(x.payer, x.payee, x.amount.fen // 10**6) for x in found.lines]
    assert "reversed" == found.lines[0].trace.outcome
    assert 0 == settled(refunding("zero"), panel, toy_region, 2022).lines[0].amount.fen


def test_a_refund_before_any_payment_is_refused(
    refunding: Callable[[str], Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    panel = panel_of([("990200", "park_tax", "2021", "100"), ("990200", "park_tax", "2022", "-400")])

    with pytest.raises(RuleError) as caught:
        settled(refunding("refund"), panel, toy_region, 2022)

    assert ["agreement-refund-early"] == [item.code for item in caught.value.problems]

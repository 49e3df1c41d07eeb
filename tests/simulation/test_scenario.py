from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from jinghe.compact import Compact, load_compact, load_panel, replace_values
from jinghe.errors import RuleError
from jinghe.panel import Panel
from jinghe.simulation.scenario import read_setting


@pytest.fixture(scope="module")
def shanxi(root) -> Compact:
    return load_compact(root / "cases" / "shanxi")


@pytest.fixture(scope="module")
def panel(shanxi) -> Panel:
    return load_panel(shanxi).panel


def codes_of(problems) -> list[tuple[str, str]]:
    return [(p.code, p.place.path) for p in problems]


def test_weights_are_those_in_force_on_the_last_day_of_each_year(shanxi, panel) -> None:
    setting = read_setting(shanxi, panel=panel)

    assert setting.periods[:3] == ("2021", "2022", "2023")
    assert setting.growth_weight[:3] == pytest.approx([0.6, 0.6, 0.5])
    assert setting.collaboration_weight[:3] == pytest.approx([0.3, 0.3, 0.4])


def test_a_branch_inside_a_branch_weighs_the_product(shanxi, panel) -> None:
    contest = shanxi.contest
    [growth] = [node for node in contest.root.children if node.id == "growth"]
    rest = [node for node in contest.root.children if node.id != "growth"]
    deeper = replace(contest.root, children=(replace(growth, id="performance", children=(growth,)), *rest))
    weights = {("performance" if key == "growth" else key): value for key, value in contest.weights.items()}
    nested = replace(contest, root=deeper, weights=weights | {"growth": ((date.min, 1.0),)})

    setting = read_setting(replace(shanxi, contest=nested), panel=panel)

    assert setting.growth_weight[0] == pytest.approx(0.6)


def test_partners_share_a_border_a_contract_or_a_registered_item(shanxi, panel) -> None:
    setting = read_setting(shanxi, panel=panel)
    edges = {
        (setting.codes[a], setting.codes[b])
        for a, b in zip(setting.network.giver, setting.network.partner, strict=True)
    }

    alone = read_setting(replace(shanxi, contracts=(), items=()), panel=panel)

    assert {("140100", "140700"), ("140700", "140100")} <= edges
    assert all(a in setting.codes and b in setting.codes and a != b for a, b in edges)
    inside = [pair for pair in shanxi.region.borders if set(pair) <= set(setting.codes)]
    assert alone.network.edges == 2 * len(inside)


def test_a_contract_asks_for_joint_effort_until_it_is_due(shanxi, panel) -> None:
    contract = next(c for c in shanxi.contracts if c.form == "special" and c.lead == "140100")
    due = replace(contract, participants=("140700",), due=date(2022, 12, 31))

    setting = read_setting(replace(shanxi, contracts=(due,)), panel=panel)

    at = {code: i for i, code in enumerate(setting.codes)}
    pairs = list(zip(setting.network.giver, setting.network.partner, strict=True))
    bound = [pairs.index((at["140100"], at["140700"])), pairs.index((at["140700"], at["140100"]))]
    assert setting.floors[:2, bound] == pytest.approx(0.5)
    assert not setting.floors[2:].any()
    assert np.count_nonzero(setting.floors) == 4


def test_a_packaged_contract_binds_all_and_gives_way_to_a_special_one(shanxi, panel) -> None:
    special = next(c for c in shanxi.contracts if c.form == "special" and c.lead == "140100")
    special = replace(special, participants=("140700",), due=None)
    packaged = replace(special, form="packaged", lead=shanxi.principal, participants=())

    floors = read_setting(replace(shanxi, contracts=(special, packaged)), panel=panel).floors

    assert sorted(set(floors[0])) == [0.25, 0.5]
    assert np.count_nonzero(floors[0] == 0.5) == 2


def test_what_growth_is_worth_follows_output_per_head(shanxi, panel) -> None:
    setting = read_setting(shanxi, panel=panel)
    gdp = np.array([panel.find(code, "gdp", "2021").value for code in setting.codes])
    people = np.array([panel.find(code, "population_census", "2020").value for code in setting.codes])

    assert setting.theta == pytest.approx(gdp / people / np.mean(gdp / people))
    assert any("2021" in note.zh and "人均产出" in note.zh for note in setting.notes)


def test_cities_without_figures_count_as_average_and_are_named(shanxi, panel) -> None:
    rest = Panel(tuple(o for o in panel.observations if (o.jurisdiction, o.indicator) != ("140200", "gdp")))

    some, none = (read_setting(shanxi, panel=known) for known in (rest, Panel()))

    assert some.theta[some.codes.index("140200")] == 1.0
    assert any("大同" in note.zh for note in some.notes)
    assert (none.theta == 1.0).all()


def test_every_setting_says_that_it_is_not_calibrated(shanxi, panel) -> None:
    notes = read_setting(shanxi, panel=panel).notes

    assert notes[0].zh.startswith("未校准：")
    assert notes[0].en.startswith("Uncalibrated: ")


def test_attention_of_the_compact_is_kept_when_the_prize_changes(shanxi, panel) -> None:
    base = read_setting(shanxi, panel=panel)
    other = replace_values(shanxi, {"simulate.parameters.prize": 2.0})

    assert read_setting(other, panel=panel, attention=base.attention).attention == base.attention
    assert read_setting(other, panel=panel).attention > base.attention


def test_a_contest_without_growth_is_said(shanxi, panel) -> None:
    root = shanxi.contest.root
    renamed = tuple(replace(node, id="economy") if node.id == "growth" else node for node in root.children)
    weights = {("economy" if key == "growth" else key): value for key, value in shanxi.contest.weights.items()}
    contest = replace(shanxi.contest, root=replace(root, children=renamed), weights=weights)

    setting = read_setting(replace(shanxi, contest=contest), panel=panel)

    assert not setting.growth_weight.any()
    assert "No branch of the contest begins with growth" in " ".join(note.en for note in setting.notes)


@pytest.mark.parametrize(
    "apart, code, names",
    [
        ("140100", "partners-none", "太原市 Taiyuan"),
        ("140200 140600", "partners-apart", "大同市 Datong, 朔州市 Shuozhou"),
    ],
)
def test_cities_apart_from_the_others_are_refused_by_name(shanxi, panel, apart, code, names) -> None:
    cut = set(apart.split())
    borders = tuple(pair for pair in shanxi.region.borders if len(set(pair) & cut) != 1)
    broken = replace(shanxi, region=replace(shanxi.region, borders=borders), contracts=(), items=())

    with pytest.raises(RuleError) as caught:
        read_setting(broken, panel=panel)

    assert codes_of(caught.value.problems) == [(code, "region.adjacency")]
    assert all(names in caught.value.problems[0].text(lang) for lang in ("zh", "en"))


@pytest.mark.parametrize(
    "change, faults",
    [
        ({"model": "abm"}, [("model-unknown", "simulate.model")]),
        ({"preset": "taiyuan"}, [("preset-unknown", "simulate.preset")]),
        ({"horizon": 0}, [("parameter-range", "simulate.horizon")]),
        ({"horizon": 1001}, [("parameter-range", "simulate.horizon")]),
        ({"parameters": {"promotion_slots": 11}}, [("promotion-slots", "simulate.parameters.promotion_slots")]),
        (
            {"parameters": {"nois": 1, "sharing": 2}},
            [("parameter-unknown", "simulate.parameters.nois"), ("parameter-range", "simulate.parameters.sharing")],
        ),
    ],
)
def test_what_cannot_be_simulated_is_said(shanxi, panel, change, faults) -> None:
    broken = replace(shanxi, simulate=replace(shanxi.simulate, **change))

    with pytest.raises(RuleError) as caught:
        read_setting(broken, panel=panel)

    assert faults == codes_of(caught.value.problems)
    assert all(p.text(lang) for p in caught.value.problems for lang in ("zh", "en"))


def test_a_contract_between_outsiders_binds_no_city_of_the_contest(shanxi, panel) -> None:
    special = next(c for c in shanxi.contracts if c.form == "special" and c.lead == "140100")
    outside = replace(special, lead=shanxi.principal, participants=("140000",), due=None)

    setting = read_setting(replace(shanxi, contracts=(outside,)), panel=panel)

    assert not setting.floors.any()


def test_a_contract_asks_for_nothing_before_it_begins(shanxi, panel) -> None:
    special = next(c for c in shanxi.contracts if c.form == "special" and c.lead == "140100")
    later = replace(special, participants=("140700",), begin=date(2023, 6, 1), due=None)

    setting = read_setting(replace(shanxi, contracts=(later,)), panel=panel)

    assert not setting.floors[:2].any()
    assert np.count_nonzero(setting.floors[2]) == 2


def test_a_zone_with_delegated_powers_binds_its_cities(shanxi, panel) -> None:
    setting = read_setting(shanxi, panel=panel)

    powers = {code for code, share in zip(setting.codes, setting.powers[0], strict=True) if share}
    assert powers == {"140100", "140700", "140900"}
    assert setting.authority[0].sum() == 4  # Taiyuan–Xinzhou and Taiyuan–Jinzhong, both ways


def test_circles_are_teams_and_everyone_else_is_in_none(shanxi, panel) -> None:
    setting = read_setting(shanxi, panel=panel)

    at = dict(zip(setting.codes, setting.circles.tolist(), strict=True))
    assert at["140200"] == at["140600"] >= 0
    assert at["140800"] == at["141000"] != at["140200"]
    assert at["140100"] == -1
    assert not setting.pools.any()


def test_a_fund_is_valued_by_the_revenue_of_the_cities(shanxi, panel) -> None:
    setting = read_setting(shanxi, panel=panel)
    twice = replace_values(shanxi, {"simulate.parameters.fund_value": 2.0})

    assert setting.funds[0].top == 3
    assert read_setting(twice, panel=panel).funds[0].worth == pytest.approx(2 * setting.funds[0].worth)
    none = read_setting(shanxi, panel=Panel())
    assert none.funds == ()
    assert any("budget_revenue" in note.zh for note in none.notes)


def test_rules_of_the_platform_change_by_date(shanxi, panel) -> None:
    platform = {**shanxi.platform, "coordination": {"2021-01-01": 0.1, "2024-06-01": 0.6}, "capacity": 4}
    platform["standards_batches"] = {"2022-03-01": 0.5, "2022-09-01": 0.5}

    setting = read_setting(replace(shanxi, platform=platform), panel=panel)

    assert [p.coordination for p in setting.yearly[:5]] == [0.1, 0.1, 0.1, 0.6, 0.6]
    assert {p.capacity for p in setting.yearly} == {4.0}
    assert setting.batches[:3] == pytest.approx([0, 0.75, 0])


def test_a_platform_that_takes_away_more_than_all_friction_is_refused(shanxi, panel) -> None:
    broken = replace(shanxi, platform={"coordination": 1.5, "capacity": -1})

    with pytest.raises(RuleError) as caught:
        read_setting(broken, panel=panel)

    assert codes_of(caught.value.problems) == [
        ("parameter-range", "platform.capacity"),
        ("parameter-range", "platform.coordination"),
    ]


def test_agreements_in_force_that_the_model_cannot_settle_are_named(shanxi, panel) -> None:
    live = tuple(replace(a, end=None) for a in shanxi.agreements if a.status == "in_force")

    setting = read_setting(replace(shanxi, agreements=live), panel=panel)

    assert any(live[0].title.zh in note.zh for note in setting.notes)
    assert not any(live[0].title.zh in note.zh for note in read_setting(shanxi, panel=panel).notes)

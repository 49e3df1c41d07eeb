"""Reading agreement files: values exact, faults all at once with their places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinghe.errors import CompactError, JingheError, Problem
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, check_agreement, lint, read_agreement, settle, template_paths
from jinghe.units import Period

Tree = dict[str, Any]


def test_a_toy_agreement_is_read_exactly(park: Agreement) -> None:
    share = park.parameters["origin_share"]

    assert ("toy-park", "in_force", "money") == (park.id, park.status, park.book)
    assert (date(2021, 1, 1), date(2031, 1, 1)) == (park.start, park.end)
    assert (Fraction(1, 2), "1/2") == (share.values[0].value, share.values[0].printed)
    assert Text("第一条", "Article 1") == park.clauses[0].label
    assert {"data_due_days": 45, "objection_days": 20, "payment_due_days": 120} == park.calendar


def test_money_is_read_into_fen_whatever_its_unit(read: Callable[..., Agreement]) -> None:
    values = [{"value": ["80 万元", "0.5 亿元", "1,000 元"], "source": "toy-rank"}]
    gets = {"unit": "万元", "values": values}
    agreement = read("toy/agreements/toy-rank-transfer.yaml", parameters={"gets": gets})

    assert (Fraction(80_000_000), Fraction(5_000_000_000), Fraction(100_000)) == agreement.parameters["gets"].values[
        0
    ].value


def test_the_periods_to_replay_are_named(water: Agreement) -> None:
    assert ("2010-03", "2010-01..2010-09") == water.replay


def test_every_fault_of_a_file_is_reported_at_once(tree: Callable[[str], Tree]) -> None:
    broken = tree("toy/agreements/toy-park.yaml")
    broken["parameters"]["origin_share"]["values"][0]["value"] = "3/2"
    broken["parameters"]["term_years"]["values"][0]["value"] = "five"
    broken["effective"]["from"] = "2021-02-30"

    with pytest.raises(CompactError) as caught:
        read_agreement(broken, sources={}, file="agreements/toy-park.yaml")

    assert ["date-unreadable", "share-range", "number-unreadable"] == [item.code for item in caught.value.problems]
    assert "agreements/toy-park.yaml parameters.origin_share" == str(caught.value.problems[1].place)


OPEN = {
    "claims": ["rule", "fund"],
    "cooperative_game": ["worth", "rule"],
    "cost_ceiling": ["price", "basis"],
    "feidi_increment": ["base"],
    "feidi_split": ["origin_share", "term_years", "clock_start"],
    "jedd_income_tax": ["rate", "threshold", "township_share"],
    "jjj_relocation": ["clock_start", "before"],
    "modelled_benefit": ["model"],
    "monthly_two_way": ["failing"],
    "rank_transfer": ["ties"],
    "recover_then_share": ["investment"],
    "river_costs": ["rule"],
    "sx_air": ["tier_mode"],
    "sx_water_section": ["amounts"],
    "two_key_pot": ["partial"],
    "xinan_p": ["base_cod", "base_nh3", "base_tn", "base_tp"],
    "yellow_river": ["weights"],
}


@pytest.mark.parametrize("path", template_paths(), ids=lambda path: path.stem)
def test_a_template_reads_and_lists_what_the_parties_must_decide(path: Any, tree: Callable[[str], Tree]) -> None:
    template = read_agreement(tree(str(path)), sources={}, file=path.name)

    assert "template" == template.status
    assert [] == check_agreement(template, region=Region(()))
    assert OPEN.get(path.stem, []) == [item.id for item in template.open_choices]
    assert {"agreement-choice-pending"} >= {item.code for item in lint(template)}


JUNK = [None, "", [], {}, "x", 3, -1, 2.5, True, ["a"], {"a": 1}, {"zh": "甲"}, "each", "2021-13-01", date(2021, 1, 1)]
DROP = object()
NAMES = ["toy/agreements/toy-park.yaml", "toy/agreements/toy-rank-transfer.yaml", "shanxi/agreements/pingtou-park.yaml"]


def spots(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [spot for key, value in items for spot in ((*path, key), *spots(value, (*path, key)))]


FILLED = {  # templates with steps, conditions, memory and games
    "two_key_pot": {"parties": {"yunnan": "990100", "guizhou": "990200"}, "decide": {"partial": "1/2"}},
    "xinan_p": {"decide": {"base_cod": 1, "base_nh3": 1, "base_tn": 1, "base_tp": 1}},
    "jjj_relocation": {"decide": {"clock_start": "2021-01-01", "before": ["2018"]}},
    "cooperative_game": {"decide": {"rule": "tau", "worth": [1, 2, 5, 3, 6, 7, 10]}},
}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from([*NAMES, *FILLED]), at=st.integers(0, 10**6), junk=st.sampled_from([*JUNK, DROP]))
def test_a_spoilt_file_is_refused_in_words_or_still_settles(
    name: str,
    at: int,
    junk: Any,
    tree: Callable[[str], Tree],
    filled: Callable[..., Tree],
    toy_region: Region,
    toy_panel: Panel,
) -> None:
    spoilt = filled(name, **FILLED[name]) if name in FILLED else tree(name)
    everywhere = spots(spoilt)
    *path, last = everywhere[at % len(everywhere)]
    parent: Any = spoilt
    for key in path:
        parent = parent[key]
    if junk is DROP:
        del parent[last]
    else:
        parent[last] = junk

    found: list[Problem] = []
    try:
        agreement = read_agreement(spoilt, sources={}, file="x.yaml")
        found += check_agreement(agreement, region=toy_region) + lint(agreement)
        settle(agreement, panel=toy_panel, region=toy_region, period=Period.of(2021)).explain("zh")
    except JingheError as error:
        found += error.problems

    assert all(item.text("zh") and item.text("en") for item in found)

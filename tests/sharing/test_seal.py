"""Seals: what changes the digest, and what a statement says about a broken or a late one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from jinghe.labels import Text
from jinghe.panel import Observation, Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, digest_rules, settle
from jinghe.sharing.seal import check_seal
from jinghe.units import Period

PARK = "toy/agreements/toy-park.yaml"


@pytest.fixture
def sealed(read: Callable[..., Agreement], park: Agreement) -> Callable[..., Agreement]:
    def make(on: str = "2020-12-01", **changes: Any) -> Agreement:
        return read(PARK, sealed={"on": on, "digest": digest_rules(park)}, **changes)

    return make


def test_words_do_not_break_a_seal_and_values_do(
    sealed: Callable[..., Agreement], tree: Callable[[str], Any], park: Agreement
) -> None:
    parameters = tree(PARK)["parameters"]
    parameters["origin_share"]["values"][0]["value"] = "2/5"

    assert digest_rules(park) == digest_rules(sealed(title="别名", notes=[], replay=["2021"]))
    for changes in (
        {"parameters": parameters},
        {"rounding": ["host", "origin"]},
        {"effective": {"from": "2021-01-01"}},
    ):
        assert digest_rules(park) != digest_rules(sealed(**changes))


def test_a_sound_seal_is_no_warning(sealed: Callable[..., Agreement]) -> None:
    found = check_seal(sealed(), period=Period.of(2021), known=date(2022, 1, 20))

    assert ("sealed", date(2020, 12, 1), False) == (found.state, found.on, found.is_warning)
    assert "规则已于 2020-12-01 封存，先于本期数据，此后未改动。" == found.text.zh


def test_no_seal_is_said_without_a_warning(park: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    found = settle(park, panel=toy_panel, region=toy_region, period=Period.of(2021))

    assert {"state": "unsealed", "on": None, "digest": ""}.items() <= found.as_dict()["seal"].items()
    assert found.sealing.text not in found.notes


def test_a_seal_put_on_after_the_figures_were_known_is_late(
    sealed: Callable[..., Agreement], park: Agreement, figure: Callable[..., Observation], toy_region: Region
) -> None:
    early = figure("990200", "park_tax", "2021", "1000", vintage=date(2020, 11, 30))  # a forecast booked as a figure

    found = settle(sealed(), panel=Panel((early,)), region=toy_region, period=Period.of(2021))

    assert "late" == found.sealing.state
    assert found.sealing.text in found.notes
    assert "本期数据 2020-11-30 已可知" in found.sealing.text.zh


def test_a_line_break_in_a_value_does_not_pass_for_another_row(read: Callable[..., Agreement]) -> None:
    plain = read(PARK, parties={"origin": "990100", "host": "990200"})
    forged = read(PARK, parties={"origin": {"code": "990100\n.parties.origin.kind=member"}, "host": "990200"})

    assert digest_rules(plain) != digest_rules(forged)


def test_a_change_after_sealing_is_a_warning_on_the_statement(
    sealed: Callable[..., Agreement], toy_panel: Panel, toy_region: Region
) -> None:
    changed = sealed(rounding=["host", "origin"])

    found = settle(changed, panel=toy_panel, region=toy_region, period=Period.of(2021))

    assert Text(
        "警告：协议于 2020-12-01 封存，此后有改动；本结算单按改动后的协议计算。",
        "Warning: the agreement was sealed on 2020-12-01 and changed since; this statement follows the changed one.",
    ) in found.notes  # fmt: skip


def test_a_seal_of_a_running_period_is_late(sealed: Callable[..., Agreement]) -> None:
    late = check_seal(sealed("2021-02-01"), period=Period.of(2021))

    assert ("late", True) == (late.state, late.is_warning)
    assert "晚于本期起始日" in late.text.zh
    assert "sealed" == check_seal(sealed("2021-02-01"), period=Period.of(2022)).state

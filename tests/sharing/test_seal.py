"""Seals: what changes the digest, and what a statement says about a broken or a late one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jinghe.labels import Text
from jinghe.panel import Panel
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


def test_a_sound_seal_says_nothing(sealed: Callable[..., Agreement]) -> None:
    assert () == check_seal(sealed(), period=Period.of(2021))


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
    (note,) = check_seal(sealed("2021-02-01"), period=Period.of(2021))

    assert "晚于本期起始日" in note.zh
    assert () == check_seal(sealed("2021-02-01"), period=Period.of(2022))

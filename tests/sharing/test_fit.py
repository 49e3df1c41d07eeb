"""Values where clauses use them: kinds, words, tables, and shares that do not sum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jinghe.region import Region
from jinghe.sharing import Agreement, check_agreement
from jinghe.sharing.fit import VALUE_KINDS, check_values

Fill = Callable[..., Agreement]


def codes(agreement: Agreement) -> list[str]:
    return [item.code for item in check_values(agreement)]


@pytest.mark.parametrize(
    "stem, decide, expected",
    [
        ("two_key_pot", {"in_sichuan": "3/10"}, ["agreement-shares-short"]),
        ("two_key_pot", {"out_sichuan": "4/10"}, ["agreement-shares-excessive"]),
        ("two_key_pot", {"out_sichuan": "2/10"}, []),  # the fund keeps a tenth
        ("claims", {"rule": "FAIR"}, ["choice-unknown"]),
        ("river_costs", {"rule": "TAL"}, ["choice-unknown"]),
        ("cost_ceiling", {"basis": "fair"}, ["choice-unknown"]),
        ("cooperative_game", {"rule": "tau", "worth": [1, 2, 3]}, ["agreement-worth-misshapen"]),
        ("equalise_2005", {"slopes": [1, 2]}, ["agreement-table-misshapen"]),
        ("sx_air", {"tier_mode": "both"}, ["choice-unknown"] * 3),
        ("jjj_relocation", {"years": "2.5"}, ["agreement-value-unfit"]),
    ],
)
def test_values_that_do_not_fit_are_found(fill: Fill, stem: str, decide: dict[str, Any], expected: list[str]) -> None:
    assert expected == codes(fill(stem, decide=decide))


def test_a_list_where_a_number_belongs_is_refused(fill: Fill, toy_region: Region) -> None:
    agreement = fill("sd_air", decide={"coefficient": [20, 40]})

    (found,) = check_agreement(agreement, region=toy_region)

    assert "agreement-value-unfit" == found.code
    assert "一个数" in found.text("zh")


def test_every_kind_says_what_it_wants_in_both_languages() -> None:
    assert all(words.zh and words.en for words, _ in VALUE_KINDS.values())

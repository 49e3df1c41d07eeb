"""The shape of agreement files: what is missing, unknown or malformed, with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jinghe.sharing.shape import BLOCKS, check_shape

Tree = dict[str, Any]
PARK = "toy/agreements/toy-park.yaml"


def faults(tree: Tree) -> list[str]:
    return [f"{item.code} {item.place}" for item in check_shape(tree, file="p.yaml")]


@pytest.mark.parametrize("name", [PARK, "toy/agreements/toy-rank-transfer.yaml", "shanxi/agreements/pingtou-park.yaml"])
def test_the_agreements_of_the_cases_have_the_right_shape(name: str, tree: Callable[[str], Tree]) -> None:
    assert [] == faults(tree(name))


def test_what_is_missing_or_unknown_is_named_with_the_nearest_field(tree: Callable[[str], Tree]) -> None:
    park = tree(PARK)
    del park["rounding"]
    park["rouding"] = ["origin"]

    found = check_shape(park, file="p.yaml")

    assert ["agreement-field-missing p.yaml", "agreement-field-unknown p.yaml rouding"] == faults(park)
    assert (
        "p.yaml rouding：协议中有不认识的项“rouding”。"
        "此处只能写规定的项；最接近的是“rounding”。请改正写法，或删去这一项。"
    ) == found[1].text("zh")


def test_a_clause_binds_what_its_block_needs(tree: Callable[[str], Tree]) -> None:
    park = tree(PARK)
    park["clauses"][0]["with"] = {"base": "tax", "holder": "host", "share": "origin_share"}

    expected = [
        "agreement-field-missing p.yaml clauses.c1.with",
        "agreement-field-unknown p.yaml clauses.c1.with.share",
    ]
    assert expected == faults(park)


def test_a_block_takes_one_of_two_keys_and_both_sides_of_a_payment(tree: Callable[[str], Tree]) -> None:
    park = tree(PARK)
    park["clauses"][0]["with"]["collector"] = "host"
    park["clauses"][1] = park["clauses"][1] | {"block": "accumulate", "with": {"amount": "tax", "payer": "host"}}

    expected = ["agreement-field-either p.yaml clauses.c1.with", "agreement-field-missing p.yaml clauses.c2.with"]
    assert expected == faults(park)


def test_conditions_exits_and_seals_have_their_own_fields(tree: Callable[[str], Tree]) -> None:
    park = tree(PARK)
    park |= {"sealed": {"on": "2020-12-01"}, "termination": {"rule": "leave", "exits": [{"party": "origin"}]}}
    park["clauses"][0] |= {"when": {"since": "2021-01-01"}, "priority": "high"}

    expected = [
        "agreement-field-missing p.yaml sealed",
        "choice-unknown p.yaml termination.rule",
        "agreement-field-missing p.yaml termination.exits.0",
        "agreement-field-missing p.yaml termination.exits.0",
        "agreement-field-misshapen p.yaml clauses.c1.priority",
        "agreement-field-unknown p.yaml clauses.c1.when.since",
    ]
    assert expected == faults(park)


@pytest.mark.parametrize("days", [-1, "soon", 2.5, 10**9])
def test_a_calendar_counts_in_whole_days(tree: Callable[[str], Tree], days: object) -> None:
    park = tree("toy/agreements/toy-park.yaml")

    found = check_shape(park | {"calendar": {"data_due_days": days, "data_due": 45}})

    assert {("agreement-days-unfit", "calendar.data_due_days"), ("agreement-field-unknown", "calendar.data_due")} == {
        (item.code, item.place.path) for item in found
    }


def test_words_come_from_their_lists(tree: Callable[[str], Tree]) -> None:
    park = tree(PARK)
    park["clauses"][1]["block"] = "terms"
    park["sources"]["toy-agreement"]["kind"] = "rumour"

    assert ["choice-unknown p.yaml sources.toy-agreement.kind", "choice-unknown p.yaml clauses.c2.block"] == faults(
        park
    )


def test_an_uncited_value_and_an_undecided_parameter_are_incomplete(tree: Callable[[str], Tree]) -> None:
    park = tree(PARK)
    del park["parameters"]["origin_share"]["values"][0]["source"]
    del park["parameters"]["term_years"]["values"]

    expected = [
        "agreement-field-missing p.yaml parameters.origin_share.values",
        "agreement-field-missing p.yaml parameters.term_years",
    ]
    assert expected == faults(park)


def test_an_agreement_in_force_says_since_when(tree: Callable[[str], Tree]) -> None:
    park = tree(PARK)
    del park["effective"]

    assert ["agreement-field-missing p.yaml effective"] == faults(park)


def test_what_is_no_table_at_all_is_refused() -> None:
    assert ["agreement-field-missing p.yaml"] == faults([])  # type: ignore[arg-type]


def test_every_block_names_the_kinds_of_its_bindings() -> None:
    known = {"value", "values", "table", "points", "party", "clause", "start", "shares", "limits"}
    known |= {"moneys", "numbers", "word", "years", "list"}

    assert {kind for bindings in BLOCKS.values() for kind in bindings.values()} == known

"""Checks of meaning: parties, references, sources, rounding, gaps, tables; and the open choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jinghe.region import Region
from jinghe.sharing import Agreement, check_agreement, lint, read_agreement

Tree = dict[str, Any]
PARK = "toy/agreements/toy-park.yaml"
RANK = "toy/agreements/toy-rank-transfer.yaml"
Edit = Callable[[Tree], object]


@pytest.fixture
def faults(tree: Callable[[str], Tree], toy_region: Region) -> Callable[..., list[str]]:
    def find(name: str, edit: Edit) -> list[str]:
        spoilt = tree(name)
        edit(spoilt)
        agreement = read_agreement(spoilt, sources={}, file="a.yaml")
        return [f"{item.code} {item.place.path}" for item in check_agreement(agreement, region=toy_region)]

    return find


def test_the_agreements_of_the_cases_make_sense(
    park: Agreement, ranked: Agreement, water: Agreement, toy_region: Region, shanxi_region: Region
) -> None:
    assert [] == check_agreement(park, region=toy_region)
    assert [] == check_agreement(ranked, region=toy_region)
    assert [] == check_agreement(water, region=shanxi_region)


def _set(path: str, value: Any) -> Edit:
    def edit(tree: Tree) -> None:
        *folders, last = path.split("/")
        for key in folders:
            tree = tree[int(key) if isinstance(tree, list) else key]
        tree[last] = value

    return edit


@pytest.mark.parametrize(
    "name, edit, expected",
    [
        (PARK, _set("parties/host", "990900"), ["jurisdiction-unknown parties.host"]),
        (PARK, _set("template", "feidi_splits"), ["agreement-reference-unknown template"]),
        (PARK, _set("parties/each", "990300"), ["agreement-party-reserved parties.each"]),
        (PARK, _set("parties/host", {"zh": "落地方"}), ["agreement-data-homeless data.tax.of"]),
        (PARK, _set("effective/to", "2020-01-01"), ["dates-reversed effective"]),
        (PARK, _set("data/tax/of", "hosts"), ["agreement-reference-unknown data.tax.of"]),
        (PARK, _set("data/tax/of", "each"), ["agreement-each-unfit clauses.c1.with"]),
        (RANK, _set("data/score/of", "pool"),
         ["agreement-data-homeless data.score.of", "agreement-each-unfit clauses.c1.with"]),
        (PARK, _set("clauses/1/with/of", "c9"), ["agreement-reference-unknown clauses.c2.with.of"]),
        (PARK, _set("clauses/1/with/of", "c2"), ["agreement-clause-unfit clauses.c2.with.of"]),
        (PARK, _set("clauses/1/id", "c1"), ["agreement-clause-repeated clauses.c1"] * 2),
        (PARK, _set("clauses/0/with/shares", {"origin": "share"}),
         ["agreement-reference-unknown clauses.c1.with.shares.origin"]),
        (PARK, _set("parties/origin", "990200"), ["agreement-party-twice clauses.c1.with"]),
        (RANK, _set("parties/pool", "990300"), ["agreement-party-twice clauses.c1.with"]),
        (PARK, _set("clauses/0/source", "toy-agrement"), ["agreement-source-unknown clauses.c1"]),
        (PARK, _set("rounding", ["origin"]), ["agreement-rounding-incomplete rounding"]),
        (PARK, _set("parameters/term_years/values", [{"from": "2022-01-01", "value": 5, "source": "toy-agreement"}]),
         ["agreement-value-missing parameters.term_years"]),
        (PARK, _set("parameters/term_years/values", [{"value": "2.5", "source": "toy-agreement"}]),
         ["agreement-value-unfit parameters.term_years"]),
        (PARK, _set("parameters/origin_share", {"unit": "1", "values": [{"value": 0.5, "source": "toy-agreement"}]}),
         ["agreement-value-unfit parameters.origin_share"]),
        (RANK, _set("parameters/gets/values", [{"value": [90], "source": "toy-rank"}]),
         ["agreement-transfer-unbalanced clauses.c1"]),
        (RANK, _set("parameters/gets/values", [{"value": [-80], "source": "toy-rank"}]),
         ["agreement-value-unfit parameters.gets"]),
        (PARK, _set("parameters/origin_share/values", [
            {"from": "2021-01-01", "value": "1/2", "source": "toy-agreement"},
            {"from": "2021-01-01", "value": "1/4", "source": "toy-agreement"}]),
         ["agreement-value-twice parameters.origin_share"]),
        (RANK, _set("parameters/gets/unit", "points"), ["agreement-value-unfit parameters.gets"]),
        (RANK, _set("parameters/ties/values", [{"value": "draw", "source": "toy-rank"}]),
         ["choice-unknown clauses.c1"]),
        (RANK, _set("parameters/best/values", [{"value": "up", "source": "toy-rank"}]), ["choice-unknown clauses.c1"]),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_found(
    faults: Callable[..., list[str]], name: str, edit: Edit, expected: list[str]
) -> None:
    found = faults(name, edit)

    assert [item for item in found if item.split()[0] in {e.split()[0] for e in expected}] == expected


def _add(block: str, bindings: Tree, **more: Any) -> Edit:
    clause = {"id": "c9", "block": block, "text": "…", "source": "toy-agreement", "with": bindings, **more}
    return lambda tree: tree["clauses"].append(clause)


SUM = {"amount": "tax", "payer": "host", "payee": "origin"}


@pytest.mark.parametrize(
    "edit, expected",
    [
        (_add("term", {"of": "c1", "start": "effective", "years": "term_years"}), ["agreement-terms-overlap c2.of"]),
        (_add("accumulate", SUM | {"amount": "c9"}), ["agreement-reference-unknown c9.amount"]),  # itself
        (_add("accumulate", SUM | {"amount": "c2"}), ["agreement-clause-unfit c9.amount"]),  # a term has no result
        (_add("accumulate", SUM | {"amount": "c1"}), ["agreement-role-unfit c9.amount"]),
        (_add("accumulate", SUM | {"amount": "c1.guest"}), ["agreement-reference-unknown c9.amount"]),
        (_add("accumulate", SUM | {"amount": "term_years"}), ["agreement-unit-moneyless c9"]),
        (
            _add("elig_threshold", {"values": "tax", "least": "term_years"}, topic="t"),
            ["agreement-clause-unfit c9.when"],
        ),
        (_add("accumulate", SUM, exception_of="c7"), ["agreement-reference-unknown c9.exception_of"]),
        (_add("accumulate", SUM, when={"holds": "c7"}), ["agreement-reference-unknown c9.when"]),
        (_add("floor", {"of": "c1", "least": "tax"}), ["agreement-clause-unfit c9.of"]),  # parts of one amount
        (
            _add(
                "term_extend",
                {"of": "c1", "start": "effective", "years": "term_years", "more": "term_years", "cap": "c2"},
            ),
            ["agreement-terms-overlap c2.of", "agreement-clause-unfit c9.cap"],
        ),
        (_set("parties/origin", {"code": "990100", "kind": "company"}), ["choice-unknown parties.origin.kind"]),
        (
            _set("parties/origin", {"code": "990100", "zh": "甲企业", "kind": "enterprise"}),
            ["agreement-party-enterprise parties.origin"],
        ),
        (_set("members", ["990900"]), ["jurisdiction-unknown members.990900"]),
        (
            _set("termination", {"rule": "residual", "residual": "nobody"}),
            ["agreement-reference-unknown termination.residual"],
        ),
        (
            _set(
                "termination",
                {"rule": "without", "exits": [{"party": "origin", "on": "2022-01-01", "source": "toy-agreement"}]},
            ),
            ["agreement-exit-role termination.rule"],
        ),
        (
            _set("termination", {"exits": [{"party": "nobody", "on": "2022-01-01", "source": "rumour"}]}),
            ["agreement-reference-unknown termination.exits", "agreement-source-unknown termination.exits"],
        ),
    ],
)
def test_what_clauses_and_exits_get_wrong_is_found(
    faults: Callable[..., list[str]], edit: Edit, expected: list[str]
) -> None:
    short = [item.replace("clauses.", "").replace("with.", "").replace(".with", "") for item in faults(PARK, edit)]

    assert expected == [item for item in short if not item.startswith("agreement-party-twice")]


def test_a_ceiling_on_a_rank_transfer_is_refused(faults: Callable[..., list[str]]) -> None:
    words = {"id": "c2", "block": "cap", "text": "上限", "source": "toy-rank", "with": {"of": "c1", "ceiling": "gets"}}

    assert faults(RANK, lambda tree: tree["clauses"].append(words)) == ["agreement-clause-unfit clauses.c2.with.of"]


def test_an_open_choice_of_an_agreement_in_force_is_an_error(read: Callable[..., Agreement]) -> None:
    question = {"zh": "分档是全额还是超额？", "en": "Is a tier the whole or the excess?"}
    mode = {"unit": "choice", "open": True, "choices": ["marginal", "whole"], "question": question}

    found = lint(read(PARK, parameters={"tier_mode": mode}))

    assert [("agreement-choice-open", "error")] == [(item.code, item.level) for item in found]
    assert (
        "agreements/toy-park.yaml parameters.tier_mode: the parameter “tier_mode” is undecided: Is a tier the whole or "
        "the excess? A choice the legal text leaves open must be made by the parties; there is no default. Choices: "
        "marginal, whole. Write the decision with its date and source under `values`, and remove `open`."
    ) == found[0].text("en")


def test_an_open_choice_of_a_proposal_is_a_note(read: Callable[..., Agreement], shanxi_region: Region) -> None:
    proposal = read("shanxi/agreements/pingtou-park.yaml")

    found = lint(proposal)

    assert [] == check_agreement(proposal, region=shanxi_region)
    assert {("agreement-choice-pending", "note")} == {(item.code, item.level) for item in found}
    assert 4 == len(found)

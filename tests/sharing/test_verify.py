"""The verifier: sound traces pass, any tampering is found, from the JSON alone."""

from __future__ import annotations

import ast
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, read_agreement, settle, template_paths, verify, verify_statement
from jinghe.sharing.verify import recompute
from jinghe.units import Period

Tree = dict[str, Any]


def traces(agreement: Agreement, panel: Panel, region: Region, period: str) -> list[Tree]:
    found = settle(agreement, panel=panel, region=region, period=Period.of(period))
    return [line["trace"] for line in found.as_dict()["lines"]]


@pytest.fixture
def share(park: Agreement, toy_panel: Panel, toy_region: Region) -> Tree:
    return traces(park, toy_panel, toy_region, "2021")[0]


@pytest.fixture
def place(ranked: Agreement, toy_panel: Panel, toy_region: Region) -> Tree:
    return traces(ranked, toy_panel, toy_region, "2021")[0]


@pytest.mark.parametrize("period", ["2021", "2022", "2026"])
def test_traces_of_the_park_agree(park: Agreement, toy_panel: Panel, toy_region: Region, period: str) -> None:
    for trace in traces(park, toy_panel, toy_region, period):
        assert [] == verify(trace)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scores=st.lists(st.integers(0, 3), min_size=3, max_size=3),
    ties=st.sampled_from(["average", "listed"]),
    best=st.sampled_from(["highest", "lowest"]),
    gets=st.integers(1, 10**6),
)
def test_traces_of_rank_transfers_agree(
    tree: Callable[[str], Tree],
    toy_region: Region,
    figure: Callable[..., Any],
    scores: list[int],
    ties: str,
    best: str,
    gets: int,
) -> None:
    spec = tree("toy/agreements/toy-rank-transfer.yaml")
    for name, value in {"ties": ties, "best": best, "gets": [f"{gets} 分"], "pays": [f"{gets} 分"]}.items():
        spec["parameters"][name]["values"][0]["value"] = value
    codes = toy_region.contestants()
    rows = [figure(c, "water_rank_score", "2021", str(s), "points") for c, s in zip(codes, scores, strict=True)]

    for trace in traces(read_agreement(spec, sources={}), Panel(tuple(rows)), toy_region, "2021"):
        assert [] == verify(trace)


@pytest.mark.parametrize("mode", ["amount", "whole", "marginal"])
def test_traces_of_step_tables_agree(
    tree: Callable[[str], Tree], toy_region: Region, figure: Callable[..., Any], mode: str
) -> None:
    path = next(path for path in template_paths() if path.stem == "sx_water_section")
    spec = tree(str(path)) | {"status": "in_force", "effective": {"from": "2014-01-01"}}
    amounts = [{"value": [50, 100, 150, 200, 300], "source": "revision-2013"}]
    spec["parameters"]["amounts"] |= {"open": False, "values": amounts}
    spec["parameters"]["mode"]["values"][0]["value"] = mode
    codes = toy_region.contestants()
    rows = [
        figure(c, "section_exceedance", "2014-01", s, "1") for c, s in zip(codes, ("0", "0.7", "12.3"), strict=True)
    ]
    rows += [figure(c, "water_reward", "2014-01", "10") for c in codes]

    found = traces(read_agreement(spec, sources={}), Panel(tuple(rows)), toy_region, "2014-01")

    assert [[]] * 6 == [verify(trace) for trace in found]


def _spoil(path: tuple[Any, ...], value: Any) -> Callable[[Tree], None]:
    def spoil(trace: Any) -> None:
        for key in path[:-1]:
            trace = trace[key]
        trace[path[-1]] = value

    return spoil


@pytest.mark.parametrize(
    "spoil, parts",
    [
        (_spoil(("rounded",), 500_000_001), ["rounded"]),
        (_spoil(("exact",), "500000001"), ["exact"]),
        (_spoil(("inputs", 0, "value"), "1000000002"), ["base", "exact", "parts", "place"]),
        (_spoil(("inputs", 0, "detail", "printed"), "1001"), ["base"]),
        (_spoil(("inputs", 1, "value"), "3/5"), ["share", "exact", "place"]),
        (_spoil(("parts",), ["500000000", "500000001"]), ["parts"]),
        (_spoil(("children", 0, "inputs", 1, "value"), "1"), ["years"]),
        (_spoil(("children", 0, "inputs", 0, "value"), "2022-01-01"), ["exact", "place", "term"]),
        (_spoil(("children", 0, "exact"), "1/2"), ["term"]),
        (_spoil(("children", 0, "block"), "nonsense"), [None]),
        (_spoil(("children",), []), []),
        (_spoil(("period",), "2027"), ["exact", "place", "term"]),
    ],
)
def test_tampering_with_a_share_is_found(share: Tree, spoil: Callable[[Tree], None], parts: list[str]) -> None:
    # Without its term the line still gives the same for 2021; that one is missing is for the digest of the statement.
    spoil(share)

    assert parts == [dict(item.values).get("part") for item in verify(share)]


@pytest.mark.parametrize(
    "spoil",
    [
        _spoil(("inputs", 0, "value"), "10"),
        _spoil(("payee",), "990300"),
        _spoil(("inputs", 3, "value"), ["79000000"]),
        _spoil(("inputs", 6, "value"), "lowest"),
        _spoil(("place",), 1),
    ],
)
def test_tampering_with_a_place_is_found(place: Tree, spoil: Callable[[Tree], None]) -> None:
    assert [] == verify(deepcopy(place))
    spoil(place)

    assert verify(place)


@pytest.mark.parametrize(
    "spoil",
    [
        _spoil(("place",), 9),
        _spoil(("inputs",), []),
        _spoil(("inputs", 0, "value"), "many"),
        _spoil(("parts",), None),
        _spoil(("inputs", 0, "detail", "printed"), "many"),
        _spoil(("children", 0, "inputs", 0, "value"), "soon"),
    ],
)
def test_a_broken_trace_is_unreadable_and_not_a_crash(share: Tree, spoil: Callable[[Tree], None]) -> None:
    spoil(share)

    assert ["trace-unreadable"] == [item.code for item in verify(share)]


def test_the_message_names_what_was_found_and_what_is_right(share: Tree) -> None:
    share["rounded"] = 1

    assert (
        "依据链与复核不符（rounded）：所载为 1，复核为 500000000。"
        "每行金额须能由其依据链单独重算得出。请勿采用该行，并查明改动来源。"
    ) == verify(share)[0].text("zh")


def test_recompute_gives_the_exact_amount_and_what_its_parts_divide(share: Tree) -> None:
    assert (Fraction(500_000_000), [Fraction(1_000_000_000)]) == recompute(share)


def test_the_verifier_shares_no_code_with_what_it_verifies() -> None:
    path = Path(__file__).parents[2] / "src" / "jinghe" / "sharing" / "verify.py"
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))

    imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}

    assert not {name for name in imported if name and name.startswith("jinghe.sharing")}


MIXED = """
agreement: mixed
title: 各类积木
status: in_force
book: money
effective: {from: 2021-01-01, source: s}
parties: {pool: {zh: 专户, en: account}}
sources: {s: {title: 合成, kind: synthetic}}
rounding: [each, pool]
parameters:
  on_list: {unit: list, values: [{value: ["990100", "990300"], source: s}]}
  guarantee: {unit: share, values: [{value: "86.5%", source: s}]}
  third: {unit: share, values: [{value: "1/3", source: s}]}
  rest: {unit: share, values: [{value: "2/3", source: s}]}
  point: {unit: 万元/%, values: [{value: 10, source: s}]}
  zero: {unit: "%", values: [{value: 0, source: s}]}
data:
  own: {indicator: strength, of: each, unit: 万元}
  mean: {indicator: reference, of: each, unit: 万元}
  cod: {indicator: cod, of: each, unit: mg/L}
  cod_before: {indicator: cod, of: each, unit: mg/L, lag: 1}
  tp: {indicator: tp, of: each, unit: mg/L}
  tp_before: {indicator: tp, of: each, unit: mg/L, lag: 1}
clauses:
  - {id: listed, block: elig_list, text: 名录, source: s, with: {listed: on_list}}
  - {id: raise, block: min_endowment, text: 保障, source: s,
     with: {value: own, reference: mean, share: guarantee, payer: pool, payee: each}}
  - {id: only, block: tranche, text: 限名录内, source: s, with: {of: raise, holds: listed}}
  - {id: drop, block: percent_drop, text: 降幅, source: s,
     with: {now: {cod: cod, tp: tp}, before: {cod: cod_before, tp: tp_before}, weights: {cod: third, tp: rest}}}
  - {id: pay, block: gap, text: 按降幅补偿, source: s,
     with: {value: drop, reference: zero, rate: point, payer: each, payee: pool}}
"""


def test_the_remaining_blocks_are_settled_told_and_verified(toy_region: Region, panel_of: Callable[..., Panel]) -> None:
    from ruamel.yaml import YAML

    agreement = read_agreement(dict(YAML(typ="safe").load(MIXED)), sources={})
    rows = []
    for code, own, cod in (("990100", "70", "9"), ("990200", "70", "11"), ("990300", "90", "10")):
        rows += [(code, "strength", "2021", own, "万元"), (code, "reference", "2021", "100", "万元")]
        rows += [(code, "cod", "2021", cod, "mg/L"), (code, "cod", "2020", "10", "mg/L")]
        rows += [(code, "tp", "2021", "0.3", "mg/L"), (code, "tp", "2020", "0.3", "mg/L")]

    found = settle(agreement, panel=panel_of(rows), region=toy_region, period=Period.of(2021))

    assert [] == verify_statement(found.as_dict())
    raised = {line.payee: line.amount.fen for line in found.lines if line.clause == "raise"}
    assert {"990100": 16_500_000 // 100 * 100, "990200": 0, "990300": 0} == raised
    # A third of a fall of 10 % at 10 万元 a point: the pool pays 33.333333 万元; the rise of 990200 costs as much.
    paid = [(line.payer, line.payee, line.amount.fen) for line in found.lines if line.clause == "pay"]
    assert [
        ("mixed:pool", "990100", 33_333_333),
        ("990200", "mixed:pool", 33_333_333),
        ("990300", "mixed:pool", 0),
    ] == paid
    assert all("加权求同比降幅" in words for words in found.explain("zh")[3:])


def test_tampering_with_a_step_is_found(
    fill: Callable[..., Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    agreement = fill("feidi_increment", parties={"origin": "990100", "host": "990200"}, decide={"base": 600})
    panel = panel_of([("990200", "park_tax", "2021", "1000", "万元")])
    (line,) = settle(agreement, panel=panel, region=toy_region, period=Period.of(2021)).as_dict()["lines"]

    for path in (("inputs", 0, "value"), ("steps", 0, "exact"), ("steps", 0, "inputs", 1, "value")):
        trace = deepcopy(line["trace"])
        _spoil(path, "7")(trace)

        assert verify(trace)

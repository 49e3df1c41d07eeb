"""The sentences beside the cases (cases/*/tests/*.yaml): each names a verb, its inputs and what must come out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from jinghe.compact import Compact, check, dump_compact, load_compact, load_panel
from jinghe.contest import award, credit_items, rank, score
from jinghe.contract import light
from jinghe.errors import RuleError
from jinghe.panel import Panel
from jinghe.sharing import settle
from jinghe.units import Money, Period

CASES = Path(__file__).parents[1] / "cases"
Said = Mapping[str, Any]


@cache
def open_case(name: str) -> tuple[Compact, Panel]:
    compact = load_compact(CASES / name)
    return compact, load_panel(compact).panel


def read_money(tree: Mapping[str, str]) -> dict[str, Money]:
    return {key: Money.of(amount) for key, amount in tree.items()}


def say_check(compact: Compact, panel: Panel, said: Said) -> None:
    assert [] == [p.text("en") for p in check(compact.folder) if p.level != "note"]
    assert dump_compact(compact) == (compact.folder / "compact.yaml").read_text(encoding="utf-8")


def say_sum(compact: Compact, panel: Panel, said: Said) -> None:
    group = compact.region.group(said["group"]).members if "group" in said else ()
    codes = said.get("codes") or [member.jurisdiction for member in group] or compact.region.contestants()
    found = [panel.find(code, said["indicator"], str(said["period"])) for code in codes]
    assert Fraction(str(said["expect"])) == sum(Fraction(one.printed) for one in found if one)


def say_count(compact: Compact, panel: Panel, said: Said) -> None:
    where = said.get("where", {}).items()
    assert said["expect"] == Counter(i.status for i in compact.items if all(getattr(i, k) == v for k, v in where))


def say_printed(compact: Compact, panel: Panel, said: Said) -> None:
    for printed in said["expect"]:
        whole, *parts = map(Fraction, re.split("[＝＋]", printed))
        assert printed in {item.id: item.note for item in compact.items}[said["item"]]
        assert whole == sum(parts)


def say_credit(compact: Compact, panel: Panel, said: Said) -> None:
    points = compact.contest.indicator("joint_items").measure.points
    items = [item for item in compact.items if item.id in said["items"]]
    found = credit_items(items, rule=said["rule"], codes=tuple(said["expect"]), points=points)
    assert said["expect"] == pytest.approx(dict(zip(found.codes, found.totals, strict=True)))


def say_score(compact: Compact, panel: Panel, said: Said) -> None:
    contest, period = compact.contest, Period.of(said["period"])
    means = contest.steps.aggregations | said.get("aggregate", {})
    contest = replace(contest, steps=replace(contest.steps, aggregations=means))
    found = score(contest, panel=panel, items=compact.items, region=compact.region, period=period)
    awards = award(contest.prizes, ranking=rank(contest, scores=found, seed=1)) if "awards" in said else ()
    figures = {**found.nodes, **{f"raw {leaf}": found.raw[:, k] for k, leaf in enumerate(found.leaves)}}
    figures |= {"imputed " + leaf: found.imputed[:, k] for k, leaf in enumerate(found.leaves)} | {"rank": found.rank}
    for name, expected in said["expect"].items():
        assert expected == pytest.approx({c: figures[name][found.codes.index(c)] for c in expected}), name
    assert said["weights"] == pytest.approx({node: found.weights[node] for node in said["weights"]})
    assert set(said["dropped"]) == {one.indicator for one in found.dropped}
    assert read_money(said.get("awards", {})) == {one.jurisdiction: one.amount for one in awards}
    parts = [sum(leaf.contribution for leaf in found.explain(code).leaves) for code in found.codes]
    assert parts == pytest.approx(list(found.total), abs=1e-9)


def say_light(compact: Compact, panel: Panel, said: Said) -> None:
    contract = {one.id: one for one in compact.contracts}[said["contract"]]
    found = light(contract, progress=compact.progress, on=date.fromisoformat(str(said["on"])))
    assert said["expect"] == found.colour


def say_settle(compact: Compact, panel: Panel, said: Said) -> None:
    agreement = {one.id: one for one in compact.agreements}[said["agreement"]]
    with pytest.raises(RuleError) if "refused" in said else nullcontext() as refusal:
        found = settle(agreement, panel=panel, region=compact.region, period=Period.of(said["period"]))
    if "refused" in said:
        assert [said["refused"]] == [p.code for p in refusal.value.problems]
        return
    clauses = read_money(said.get("clauses", {}))
    assert read_money(said["expect"]) == {key: found.net[key] for key in said["expect"]}
    assert clauses == {c: sum((one.amount for one in found.lines if one.clause == c), Money()) for c in clauses}
    assert Money.of(said.get("pool", "0 元")) == found.pool_balance
    assert Money() == sum(found.net.values(), Money())


SENTENCES = [
    pytest.param(path.parents[1].name, said, id=f"{path.parents[1].name}: {said['name']}")
    for path in sorted(CASES.glob("*/tests/*.yaml"))
    for said in YAML(typ="safe").load(path)
]


@pytest.mark.parametrize(("case", "said"), SENTENCES)
def test_the_case_says(case: str, said: Said) -> None:
    globals()[f"say_{said['verb']}"](*open_case(case), said)

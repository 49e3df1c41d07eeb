"""Whole statements recomputed from their JSON: no number in one can be changed unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle, verify_statement
from jinghe.units import Period

Tree = Any
Path = tuple[str | int, ...]
NUMBER = re.compile(r"-?\d+(/\d+)?|-?[\d,]+\.\d+|\d{4}-\d\d-\d\d")


def numbers(tree: Tree, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every number, day and truth value in JSON data, with its path."""
    if isinstance(tree, dict | list):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from numbers(value, (*path, key))
    elif isinstance(tree, int) or (isinstance(tree, str) and NUMBER.fullmatch(tree)):
        yield path, tree


def change(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), value, count=1)


def put(tree: Tree, path: Path, value: Any) -> None:
    for key in path[:-1]:
        tree = tree[key]
    tree[path[-1]] = value


@pytest.fixture
def statements(
    park: Agreement, ranked: Agreement, toy_panel: Panel, toy_region: Region, fill: Any, panel_of: Any
) -> list[Tree]:
    """A share with a term; a ranking through a pool; a base carried through a cumulative ceiling, with steps."""
    moved = fill(
        "jjj_relocation",
        parties={"origin": "990100", "host": "990200"},
        decide={"clock_start": "2021-01-01", "before": ["2018", "2019", "2020"]},
    )
    before = [("2018", "3000"), ("2019", "3200"), ("2020", "3400")]
    rows = [("990100", "moved_tax_before", year, tax, "万元") for year, tax in before]
    rows += [("990200", "moved_tax", year, tax, "万元") for year, tax in (("2021", "4000"), ("2022", "5000"))]
    one = {"region": toy_region, "period": Period.of(2022)}
    found = [settle(rule, panel=toy_panel, **one) for rule in (park, ranked)]
    return [json.loads(json.dumps(x.as_dict())) for x in (*found, settle(moved, panel=panel_of(rows), **one))]


def test_no_single_number_of_a_statement_can_be_changed_unseen(statements: list[Tree]) -> None:
    for statement in statements:
        assert [] == verify_statement(statement)
        for path, value in list(numbers(statement)):
            put(statement, path, change(value))
            assert verify_statement(statement), path
            put(statement, path, value)


def test_what_moves_an_amount_is_recomputed_whatever_the_digest_says(statements: list[Tree]) -> None:
    amounts = [("lines", 0, "amount"), ("net", 0, "amount"), ("lines", 0, "trace", "inputs", 0, "value")]
    for statement in statements:
        for path, value in [item for item in numbers(statement) if item[0] in amounts]:
            put(statement, path, change(value))
            assert set(parts(statement)) - {"digest"}, path
            put(statement, path, value)


def parts(statement: Tree) -> list[str]:
    return [str(dict(item.values)["part"]) for item in verify_statement(statement)]


def test_a_pool_and_what_is_carried_on_are_recomputed(statements: list[Tree]) -> None:
    _, ranked, moved = statements
    ranked["pool"]["balance"] = 1
    (key,) = [key for key in moved["carry"]["sums"] if "990" in key or key.endswith("@")][:1]
    moved["carry"]["sums"][key] = ["7"]

    assert ["pool", "digest"] == parts(ranked)
    assert ["carry", "digest"] == parts(moved)


@pytest.mark.parametrize("spoil", [lambda s: s.pop("net"), lambda s: s.pop("carry"), lambda s: s["lines"][0].clear()])
def test_a_statement_that_cannot_be_read_is_one_problem(statements: list[Tree], spoil: Callable[[Tree], Any]) -> None:
    spoil(statements[0])

    assert ["trace-unreadable"] == [item.code for item in verify_statement(statements[0])]

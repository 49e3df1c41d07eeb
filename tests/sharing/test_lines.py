"""From exact results to rounded lines: what is rounded together, and a million statements that sum to zero."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, read_agreement, settle
from jinghe.sharing.blocks import apportion_rows
from jinghe.units import Period

Fill = Callable[..., Agreement]
MILLION, WEIGHT = 1_000_000, 1000


def test_three_thirds_of_a_hundred_yuan_leave_no_fen(
    fill: Fill, panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    agreement = fill("claims", decide={"rule": "PRO", "fund": "100.00 元"})
    panel = panel_of([(code, "claim", "2021", "1", "万元") for code in ("990100", "990200", "990300")])

    found = settle(agreement, panel=panel, region=toy_region, period=Period.of(2021))

    assert [3334, 3333, 3333] == [line.amount.fen for line in found.lines]


def thirds(tree: dict[str, Any], base: int, shares: list[int]) -> Agreement:
    """The toy park shared in thousandths by two parties; the host keeps the rest."""
    for name, share in zip(("a", "b"), shares, strict=True):
        values = [{"value": f"{share}/{WEIGHT}", "source": "toy-agreement"}]
        tree["parameters"][name] = {"unit": "share", "values": values}
    tree["parties"]["guest"] = "990300"
    tree["clauses"] = [
        tree["clauses"][0] | {"with": {"base": "tax", "holder": "host", "shares": {"origin": "a", "guest": "b"}}}
    ]
    tree["rounding"] = ["origin", "guest", "host"]
    return read_agreement(tree, sources={})


def draw(count: int) -> tuple[Any, Any]:
    """Random tax in fen, and thousandths for origin, guest and host."""
    rng = np.random.default_rng(11)
    cuts = np.sort(rng.integers(0, WEIGHT + 1, (count, 2)), axis=1)
    return rng.integers(0, 10**13, count), np.diff(cuts, axis=1, prepend=0, append=WEIGHT)


def agree(count: int, trees: Callable[[], dict[str, Any]], region: Region, figure: Callable[..., Any]) -> None:
    """Statements of the settling code against the whole-number rows of the million."""
    taxes, weights = draw(count)
    rows = apportion_rows(taxes, weights=weights)
    for tax, weight, row in zip(taxes.tolist(), weights.tolist(), rows.tolist(), strict=True):
        panel = Panel((figure("990200", "park_tax", "2021", str(tax), "分"),))
        found = settle(thirds(trees(), tax, weight[:2]), panel=panel, region=region, period=Period.of(2021))

        assert row[:2] == [line.amount.fen for line in found.lines]
        assert 0 == sum(money.fen for money in found.net.values())


def test_random_statements_sum_to_zero_and_are_those_of_whole_numbers(
    tree: Callable[[str], Any], toy_region: Region, figure: Callable[..., Any]
) -> None:
    agree(50, lambda: tree("toy/agreements/toy-park.yaml"), toy_region, figure)


@pytest.mark.slow
def test_two_thousand_random_statements_are_those_of_whole_numbers(
    tree: Callable[[str], Any], toy_region: Region, figure: Callable[..., Any]
) -> None:
    agree(2000, lambda: tree("toy/agreements/toy-park.yaml"), toy_region, figure)


@pytest.mark.slow
def test_a_million_random_settlements_sum_to_zero_to_the_fen() -> None:
    # In whole numbers, all rows at once (`apportion_rows`); the tests above hold the settling code to the same rows.
    taxes, weights = draw(MILLION)

    rows = apportion_rows(taxes, weights=weights)

    assert (rows.sum(axis=1) == taxes).all()  # what origin and guest get and the host keeps is the tax, to the fen
    exact = taxes[:, None] * weights  # thousandths of a fen
    assert (np.abs(rows * WEIGHT - exact) < WEIGHT).all()
    assert Fraction(int(exact.max()), WEIGHT) < 2**63

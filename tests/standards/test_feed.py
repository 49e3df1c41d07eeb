from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from jinghe.errors import RuleError
from jinghe.panel import Panel
from jinghe.standards import INDICATOR, find_figures, find_stock
from jinghe.units import Period


def test_the_stock_is_the_share_of_standards_with_a_counterpart(printed, crosswalk):
    stock = find_stock(*printed, crosswalk)

    assert 16 / 33 == stock.total
    assert {"logistics": 1.0, "energy": 2 / 3, "social": 0.0, "assets": 0.5} == {
        name: share for name, share in stock.fields if name in ("logistics", "energy", "social", "assets")
    }
    assert 17 == stock.unplaced


def test_a_blocked_pair_adds_nothing_to_the_stock(catalogue, walk):
    a, b = (catalogue(name, {"1": "f"}, ["f"]) for name in "ab")
    free = walk(("a:1", "close", "b:1"))
    barred = walk(("a:1", "close", "b:1"), qualifier="has-incompatibility", qualifier_category="blocked")

    assert (1.0, 0.0) == (find_stock(a, b, free).total, find_stock(a, b, barred).total)
    assert 0.0 == find_stock(a, b, walk(("a:1", "broad", "b:1"))).total


def test_the_contest_gets_one_figure_per_jurisdiction(printed, crosswalk):
    figures = find_figures(
        *printed, crosswalk, period=Period.of("2024"), known_on=date(2024, 12, 1), source="liuli2024"
    )

    panel = Panel(figures)
    assert 100 * 8 / 22 == panel.find("510000", INDICATOR, "2024").value
    assert 100 * 8 / 11 == panel.find("500000", INDICATOR, "2024").value
    assert ("8/22", "estimated") == (figures[0].note, figures[0].status)


def test_a_catalogue_without_jurisdiction_feeds_no_contest(printed, crosswalk):
    a, b = printed

    with pytest.raises(RuleError, match="no jurisdiction"):
        find_figures(
            replace(a, jurisdiction=""), b, crosswalk, period=Period.of("2024"), known_on=date(2024, 1, 1), source="s"
        )

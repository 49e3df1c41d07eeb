from __future__ import annotations

from typing import Any

import pytest

from jinghe_web.queries.jurisdiction_page import jurisdiction_page


def leaves(part: dict[str, Any]) -> list[dict[str, Any]]:
    return [part] if not part["children"] else [leaf for child in part["children"] for leaf in leaves(child)]


def pages(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = [jurisdiction_page(document, row["code"]) for row in document["scores"]]
    return [page for page in found if page]


def test_shown_leaves_sum_to_the_score(document: dict[str, Any]) -> None:
    for page in pages(document):
        assert sum(leaf["contribution"] for leaf in leaves(page["working"])) == pytest.approx(
            page["row"]["score"], abs=1e-9
        )


def test_bars_of_children_follow_one_another_inside_their_parent(document: dict[str, Any]) -> None:
    for page in pages(document):
        first, *_, last = page["working"]["children"]
        assert first["bar_x"] == page["working"]["bar_x"]
        end = float(last["bar_x"]) + float(last["bar_width"])
        assert end == pytest.approx(float(page["working"]["bar_x"]) + float(page["working"]["bar_width"]), abs=0.03)


def test_every_leaf_rests_on_observations_or_items_with_a_listed_source(document: dict[str, Any]) -> None:
    for page in pages(document):
        for leaf in leaves(page["working"]):
            found = [one["source"] for one in leaf["observations"] + leaf["items"]]
            assert found or leaf["imputed"] or leaf["raw"] in (0, None), leaf["node"]
            assert set(found) <= set(page["cited"])


def test_only_own_lines_that_move_money_are_shown(document: dict[str, Any]) -> None:
    for page in pages(document):
        for statement in page["statements"]:
            assert all(page["place"]["code"] in (line["payer"], line["payee"]) for line in statement["lines"])
            assert all(line["amount"] for line in statement["lines"])


def test_a_place_outside_the_contest_has_no_page(document: dict[str, Any]) -> None:
    assert jurisdiction_page(document, "999999") is None

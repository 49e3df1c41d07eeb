from __future__ import annotations

from typing import Any

import pytest

from jinghe_web.queries.contest_page import contest_page


def test_weights_of_the_leaves_sum_to_the_whole(document: dict[str, Any]) -> None:
    page = contest_page(document)
    ids = {leaf["id"] for leaf in page["leaves"]}

    assert sum(node["whole"] for node in page["tree"] if node["id"] in ids) == pytest.approx(1)


def test_the_matrix_has_a_cell_for_every_city_and_leaf(document: dict[str, Any]) -> None:
    page = contest_page(document)

    assert len(page["matrix"]) == len(document["scores"])
    assert {len(row["cells"]) for row in page["matrix"]} == {len(page["leaves"])}


def test_parents_stand_before_their_children(document: dict[str, Any]) -> None:
    seen: set[str] = set()
    for node in contest_page(document)["tree"]:
        assert node["parent"] is None or node["parent"] in seen
        seen.add(node["id"])


def test_a_column_of_the_matrix_keeps_one_number_of_digits(document: dict[str, Any]) -> None:
    for column in zip(*(row["cells"] for row in contest_page(document)["matrix"]), strict=True):
        assert len({cell["digits"] for cell in column if cell}) <= 1

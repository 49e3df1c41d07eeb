from __future__ import annotations

from typing import Any

import pytest

from jinghe_web.queries.ranking import CELL, in_order, ranking


def test_rows_stand_in_the_order_of_their_ranks(document: dict[str, Any]) -> None:
    assert [row["rank"] for row in in_order(document)] == sorted(row["rank"] for row in document["scores"])


def test_the_frame_covers_the_interval_and_the_dot_the_rank(document: dict[str, Any]) -> None:
    for row in ranking(document)["rows"]:
        assert row["frame_x"] == (row["low"] - 1) * CELL + 1
        assert row["frame_width"] == (row["high"] - row["low"] + 1) * CELL - 2
        assert row["dot"] == (row["rank"] - 0.5) * CELL
        assert len(row["cells"]) == len(document["scores"])


def test_the_stack_of_the_first_fills_the_whole_width(document: dict[str, Any]) -> None:
    first = ranking(document)["rows"][0]

    assert sum(float(bar["width"]) for bar in first["stack"]) == pytest.approx(100, abs=0.05)


def test_a_score_that_is_undefined_draws_nothing() -> None:
    part = {"node": "a", "label": {}, "contribution": None}
    row = {
        "code": "1",
        "rank": 1,
        "low": 1,
        "high": 1,
        "score": None,
        "probability": [1.0],
        "working": {"children": [part]},
    }
    document = {"scores": [row], "jurisdictions": [{"code": "1", "name": {}}], "contest": {"root": "i", "nodes": []}}

    assert ranking(document)["rows"][0]["stack"][0]["width"] == "0.00"

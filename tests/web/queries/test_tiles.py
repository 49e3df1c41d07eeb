from __future__ import annotations

from typing import Any

from jinghe_web.queries.tiles import tiles


def made(*columns: int | None) -> dict[str, Any]:
    places = [{"code": str(i), "name": {}, "column": c, "row": 1} for i, c in enumerate(columns)]
    scores = [{"code": str(i), "score": float(i), "rank": i, "low": i, "high": i} for i in range(len(columns))]
    return {"jurisdictions": places, "scores": scores, "borders": [["0", "1"], ["0", "9"]]}


def test_the_highest_score_is_darkest_and_the_lowest_palest() -> None:
    assert [tile["shade"] for tile in tiles(made(1, 2, 3))["tiles"]] == [1, 3, 5]


def test_only_borders_between_tiles_are_drawn() -> None:
    assert len(tiles(made(1, 2))["lines"]) == 1


def test_equal_scores_share_the_palest_shade() -> None:
    document = made(1, 2)
    for row in document["scores"]:
        row["score"] = 50.0

    assert {tile["shade"] for tile in tiles(document)["tiles"]} == {1}


def test_places_without_a_tile_are_left_out() -> None:
    assert [tile["code"] for tile in tiles(made(None, 2))["tiles"]] == ["1"]
    assert tiles(made(None))["tiles"] == []

from __future__ import annotations

import json
from typing import Any

import pytest

from jinghe_web.queries.charts import flow_chart, forecast_charts


def line(payer: str, payee: str, amount: int) -> dict[str, Any]:
    names = {"payer_name": {"zh": payer, "en": payer}, "payee_name": {"zh": payee, "en": payee}}
    return {"payer": payer, "payee": payee, "amount": amount} | names


def statement(*lines: dict[str, Any], pool: str | None = None) -> dict[str, Any]:
    found = {"party": pool, "name": {"zh": "专户", "en": "account"}} if pool else None
    return {"number": 1, "title": {"zh": "结算", "en": "Statement"}, "lines": list(lines), "pool": found}


def series(found: dict[str, Any]) -> dict[str, Any]:
    return found["option"]["series"][0]


def test_a_city_that_pays_and_receives_stands_on_both_sides() -> None:
    drawn = series(flow_chart(statement(line("a", "p", 300), line("p", "a", 100), pool="p"), "en"))

    assert {node["name"] for node in drawn["nodes"]} == {"-a", "p", "+a", "kept"}


def test_what_the_pool_keeps_is_a_ribbon_of_its_own() -> None:
    drawn = series(flow_chart(statement(line("a", "p", 300), line("p", "b", 100), pool="p"), "en"))

    kept = [link["value"] for link in drawn["links"] if link["target"] == "kept"]
    assert kept == [200]


def test_what_the_pool_adds_flows_in() -> None:
    drawn = series(flow_chart(statement(line("p", "b", 100), pool="p"), "en"))

    assert [(link["source"], link["value"]) for link in drawn["links"]] == [("p", 100), ("added", 100)]


def test_lines_of_zero_are_not_drawn() -> None:
    drawn = series(flow_chart(statement(line("a", "b", 0), line("a", "c", 5)), "zh"))

    assert {node["name"] for node in drawn["nodes"]} == {"-a", "+c"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_charts_of_a_case_are_json_and_carry_their_words(document: dict[str, Any], lang: str) -> None:
    charts = forecast_charts(document["forecast"], lang)

    assert len(charts) == len(document["forecast"]["runs"][0]["variables"])
    assert json.loads(json.dumps(charts, allow_nan=False)) == charts
    points = [point for one in charts[0]["option"]["series"] if "name" in one for point in one["data"]]
    assert all(point["words"] for point in points)


def test_a_band_is_the_low_path_and_the_height_above_it(document: dict[str, Any]) -> None:
    run = document["forecast"]["runs"][0]
    path = next(iter(run["variables"].values()))

    low, height, _ = forecast_charts(document["forecast"], "en")[0]["option"]["series"][:3]

    assert low["data"] == path["low"]
    assert [a + b for a, b in zip(low["data"], height["data"], strict=True)] == pytest.approx(path["high"])


def test_no_forecast_gives_no_charts() -> None:
    assert forecast_charts({"runs": []}, "zh") == []

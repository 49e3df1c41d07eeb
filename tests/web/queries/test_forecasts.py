from __future__ import annotations

from typing import Any

from jinghe_web.queries.forecasts import forecast_page, runs_at_a_glance


def test_each_outcome_has_a_cell_per_run(document: dict[str, Any]) -> None:
    rows = runs_at_a_glance(document)

    assert len(rows) == len(document["forecast"]["runs"][0]["summary"])
    assert {len(row["cells"]) for row in rows} == {len(document["forecast"]["runs"])}


def test_a_run_that_lacks_an_outcome_leaves_its_cell_empty() -> None:
    runs = [{"summary": [{"id": "a", "label": {}, "value": 1.0}]}, {"summary": []}]

    assert runs_at_a_glance({"forecast": {"runs": runs}})[0]["cells"][1] is None


def test_results_by_city_name_first_and_last_period(document: dict[str, Any]) -> None:
    page = forecast_page(document)

    assert {row["code"] for row in page["by_city"][0]["rows"]} == {row["code"] for row in document["scores"]}
    assert page["by_city"][0]["last"] == document["forecast"]["runs"][0]["periods"][-1]


def test_no_forecast_is_no_fault(document: dict[str, Any]) -> None:
    page = forecast_page(document | {"forecast": document["forecast"] | {"runs": []}})

    assert page["by_city"] == []
    assert page["glance"] == []

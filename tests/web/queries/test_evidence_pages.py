from __future__ import annotations

from typing import Any

from jinghe_web.models import CaseResult
from jinghe_web.queries.evidence_pages import (
    PER_PAGE,
    contracts_page,
    diagnosis_page,
    find_observations,
    findings_page,
    observation_filters,
    sources_page,
)


def test_contracts_come_with_their_sources(document: dict[str, Any]) -> None:
    page = contracts_page(document)

    assert {row["source"] for row in page["wall"]["rows"]} == set(page["cited"])


def test_diagnosis_and_findings_are_the_results_own(document: dict[str, Any]) -> None:
    assert diagnosis_page(document) == {"diagnosis": document["diagnosis"]}
    assert findings_page(document)["flags"] == document["flags"]


def test_sources_count_the_figures_that_rest_on_them(result: CaseResult) -> None:
    assert sum(source["observations"] for source in sources_page(result)["sources"]) == result.observations.count()


def test_observations_are_filtered_by_known_columns_only(result: CaseResult) -> None:
    code = result.observations.values_list("jurisdiction", flat=True)[0]

    found = find_observations(result, wished={"jurisdiction": code, "note": "x", "period": ""}, page=None)

    assert {one.jurisdiction for one in found} == {code}


def test_a_page_out_of_range_is_the_last_one(result: CaseResult) -> None:
    found = find_observations(result, wished={}, page="99")

    assert found.number == found.paginator.num_pages
    assert len(found) <= PER_PAGE


def test_filters_offer_what_is_there(result: CaseResult) -> None:
    filters = {item["name"]: item for item in observation_filters(result, wished={"period": "2021"})}

    assert filters["period"]["chosen"] == "2021"
    assert set(filters["indicator"]["choices"]) == set(result.observations.values_list("indicator", flat=True))

from __future__ import annotations

from typing import Any

from jinghe_web.queries.start_page import start_page


def test_the_first_is_the_first(document: dict[str, Any]) -> None:
    assert start_page(document)["first"]["rank"] == 1


def test_only_ranks_whose_interval_is_one_rank_count_as_certain(document: dict[str, Any]) -> None:
    certain = sum(row["low"] == row["high"] for row in document["scores"])

    assert start_page(document)["told_apart"] == certain


def test_the_largest_statement_is_featured(document: dict[str, Any]) -> None:
    page = start_page(document)

    assert page["featured"]["pays"] == max(one["pays"] for one in page["statements"])


def test_criteria_are_counted_with_those_that_lack_evidence(document: dict[str, Any]) -> None:
    assert sum(start_page(document)["criteria_counts"].values()) == len(document["diagnosis"]["criteria"])


def test_a_case_without_statements_or_contracts_has_its_page(document: dict[str, Any]) -> None:
    page = start_page(document | {"settlements": [], "contracts": []})

    assert page["featured"] is None
    assert page["wall"]["rows"] == []

from __future__ import annotations

from typing import Any

import pytest

from jinghe_web.queries.statements import find_statement, list_statements, settlement_page, settlements_page


def test_totals_of_a_party_give_its_net(document: dict[str, Any]) -> None:
    for statement in list_statements(document):
        for row in statement["parties"]:
            assert row["gets"] - row["pays"] == row["amount"]


def test_statements_sum_to_zero(document: dict[str, Any]) -> None:
    for statement in list_statements(document):
        assert sum(row["amount"] for row in statement["parties"]) == 0


def test_every_line_stands_under_its_clause(document: dict[str, Any]) -> None:
    page = settlement_page(document, 1)

    assert page is not None
    shown = [line for clause in page["clauses"] for line in clause["lines"] + clause["zero"]]
    assert len(shown) == len(document["settlements"][0]["lines"])
    assert all(line["clause"] == clause["clause"] for clause in page["clauses"] for line in clause["lines"])
    assert all(not line["amount"] for clause in page["clauses"] for line in clause["zero"])


def test_a_statement_that_is_not_there_is_not_found(document: dict[str, Any]) -> None:
    assert find_statement(document, 99) is None
    assert settlement_page(document, 99) is None


def test_proposals_and_refusals_stand_beside_the_statements(document: dict[str, Any]) -> None:
    page = settlements_page(document)

    assert page["proposed"] == document["proposed"]
    assert page["unsettled"] == document["unsettled"]


@pytest.mark.slow
def test_the_water_statement_keeps_the_published_balance(shanxi: Any) -> None:
    statement = next(s for s in list_statements(shanxi[0]) if s["period"] == "2010-01..2010-09")

    assert (statement["pays"], statement["gets"]) == (17_237 * 10**6, 7_200 * 10**6)
    assert statement["parties"][-1]["is_pool"]
    assert statement["parties"][-1]["amount"] == 10_037 * 10**6


def test_the_clauses_behind_a_line_stand_in_its_trace():
    from django.template.loader import render_to_string

    def part(name, **more):
        label = {"zh": name, "en": name}
        return {"label": label, "formula": "x", "inputs": [], "steps": [], "children": [], "rounded": None} | more

    trace = part("root", steps=[part("behind", steps=[part("further")])], children=[part("ceiling")])
    page = render_to_string("jinghe_web/_trace.html", {"trace": trace, "lang": "zh", "d": {"contest": None}})

    assert [0, 1, 2, 3] == sorted(range(4), key=lambda k: page.index(("root", "behind", "further", "ceiling")[k]))

from __future__ import annotations

import json
from typing import Any

import pytest

from jinghe_web.models import CaseResult
from jinghe_web.queries.tables import table_names


@pytest.mark.parametrize("name", table_names())
def test_a_table_comes_as_a_named_csv_file(visitor: Any, result: CaseResult, name: str) -> None:
    answer = visitor.get(f"/toy/tables/{name}.csv")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="toy-{name}.csv"'


def test_the_whole_result_comes_back_as_it_was(visitor: Any, result: CaseResult) -> None:
    assert json.loads(visitor.get("/toy/result.json").content) == result.document


def test_charts_come_in_the_language_of_the_reader(visitor: Any, result: CaseResult) -> None:
    title = result.document["settlements"][0]["title"]

    zh = visitor.get("/toy/charts/flows/1.json", HTTP_ACCEPT_LANGUAGE="zh-CN").json()
    en = visitor.get("/toy/charts/flows/1.json", HTTP_ACCEPT_LANGUAGE="en").json()

    assert zh["charts"][0]["title"] == title["zh"]
    assert en["charts"][0]["title"] == title["en"]
    assert visitor.get("/toy/charts/forecast.json").json()["charts"]


@pytest.mark.parametrize("path", ["tables/users.csv", "charts/flows/99.json"])
def test_nothing_else_can_be_downloaded(visitor: Any, result: CaseResult, path: str) -> None:
    assert visitor.get(f"/toy/{path}").status_code == 404
    assert visitor.get(f"/elsewhere/{path}").status_code == 404

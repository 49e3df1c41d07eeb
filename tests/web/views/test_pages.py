from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from django.urls import reverse

from jinghe.exhibit import Column, Section, Table
from jinghe.labels import Text
from jinghe_web.actions.load_case import load_case
from jinghe_web.models import Account, CaseResult

PAGES = ["start", "contest", "contracts", "settlements", "forecast", "diagnosis", "findings", "sources"]


def show(visitor: Any, name: str, *more: Any, lang: str = "zh-hans", **query: str) -> str:
    answer = visitor.get(reverse(name, args=["toy", *more]), query, HTTP_ACCEPT_LANGUAGE=lang)
    assert answer.status_code == 200, name
    return str(answer.content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_every_page_speaks_both_languages(visitor: Any, result: CaseResult, name: str) -> None:
    zh, en = show(visitor, name), show(visitor, name, lang="en")

    assert '<html lang="zh-Hans">' in zh
    assert '<html lang="en">' in en
    title = result.document["compact"]["title"]
    assert title["zh"] in zh
    assert title["en"] in en


@pytest.mark.parametrize("name", PAGES)
def test_every_page_names_what_its_result_is_fixed_by(visitor: Any, result: CaseResult, name: str) -> None:
    page = show(visitor, name)

    assert result.compact_digest[:12] in page
    assert result.panel_digest[:12] in page
    assert f"--seed {result.seed}" in page


def test_the_start_page_shows_every_rank_interval_light_and_note(visitor: Any, result: CaseResult) -> None:
    page = show(visitor, "start", lang="en")

    for row in result.document["scores"]:
        span = f"{row['low']}–{row['high']}" if row["low"] != row["high"] else str(row["low"])
        assert f"rank {row['rank']}, interval {span}" in page
    for contract in result.document["contracts"]:
        assert contract["title"]["en"] in page
    for note in result.document["notes"]:
        if note["path"].split(".")[0] in ("contest", "contracts", "agreements", "simulate"):
            assert note["text"]["en"] in page
    assert "Uncalibrated" in page


def test_every_jurisdiction_can_be_followed_to_its_sources(visitor: Any, result: CaseResult) -> None:
    for row in result.document["scores"]:
        page = show(visitor, "jurisdiction", row["code"])

        cited = set(re.findall(r'href="#source-([^"]+)"', page))
        assert cited
        assert cited <= set(re.findall(r'id="source-([^"]+)"', page))


def test_a_statement_shows_clause_formula_inputs_and_sources(visitor: Any, result: CaseResult) -> None:
    page = show(visitor, "settlement", 1)

    for line in result.document["settlements"][0]["lines"]:
        assert line["trace"]["text"]["zh"] in page
        assert line["trace"]["formula"] in page
        assert line["trace"]["cite"]["zh"] in page


def test_what_is_not_there_is_not_found(visitor: Any, result: CaseResult) -> None:
    for path in ("/nowhere/", "/toy/jurisdictions/999999/", "/toy/settlements/99/", "/toy/secrets/"):
        answer = visitor.get(path, HTTP_ACCEPT_LANGUAGE="en")

        assert answer.status_code == 404
        assert "no such page" in answer.content.decode()


def test_home_leads_to_the_case_loaded_last(visitor: Any, result: CaseResult) -> None:
    assert visitor.get("/").url == "/toy/"


def test_home_says_how_to_load_a_case(visitor: Any) -> None:
    assert "jinghe serve" in visitor.get("/").content.decode()


def test_htmx_gets_the_table_of_observations_only(visitor: Any, result: CaseResult) -> None:
    answer = visitor.get("/toy/sources/", headers={"HX-Request": "true"})

    assert "<table" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_observations_are_filtered_by_the_address(visitor: Any, result: CaseResult) -> None:
    code, other = sorted(set(result.observations.values_list("jurisdiction", flat=True)))[:2]
    names = {place["code"]: place["name"]["zh"] for place in result.document["jurisdictions"]}

    answer = visitor.get("/toy/sources/", {"jurisdiction": code}, headers={"HX-Request": "true"}).content.decode()

    assert names[code] in answer
    assert names[other] not in answer


def test_words_of_a_compact_never_run_in_the_page(visitor: Any, person: Account, toy: Any) -> None:
    hostile = copy.deepcopy(toy[0]) | {"seed": 666}
    attack = '"><script>alert(1)</script>'
    hostile["compact"]["title"] = {"zh": attack, "en": attack}
    for place in hostile["jurisdictions"]:
        place["name"] = {"zh": attack, "en": attack}
    for statement in hostile["settlements"]:
        statement["title"] = {"zh": attack, "en": attack}
        for line in statement["lines"]:
            line["payer_name"] = line["payee_name"] = line["sentence"] = {"zh": attack, "en": attack}
    load_case(hostile, user=person, observations=toy[1].observations)

    for name, more in [
        *((page, ()) for page in PAGES),
        ("settlement", (1,)),
        ("jurisdiction", (hostile["scores"][0]["code"],)),
    ]:
        assert "<script>alert" not in show(visitor, name, *more)


def test_pages_cannot_be_posted_to(visitor: Any, result: CaseResult) -> None:
    assert visitor.post("/toy/").status_code == 405


def test_start_page_asks_the_database_a_few_times_only(
    visitor: Any, result: CaseResult, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        show(visitor, "start")


def with_sections(document: dict[str, Any]) -> dict[str, Any]:
    table = Table(
        "scores",
        Text("甲乙", "A and B"),
        (Column(Text("名称", "Name")), Column(Text("份额", "Share"), "share", 1)),
        ((Text("甲", "A"), 0.256), (Text("<乙>", "<B>"), None)),
        method=Text("按人数。", "By heads."),
    )
    actors = [
        {"id": name, "name": {"zh": name, "en": name}, "group": name, "type": "government", "events": 1}
        for name in "pq"
    ]
    groups = [{"id": name, "name": {"zh": name, "en": name}} for name in "pq"]
    figure = {"kind": "network", "actors": actors, "groups": groups, "ties": [[0, 1, 1.0, 1]], "left_out": 0}
    lead = Text("合成数据。", "Synthetic data.")
    section = Section("survey", Text("问卷", "Survey"), lead, (table,), figure=figure)
    return document | {"sections": [section.as_dict()]}


def test_sections_are_shown_as_tables_with_their_method_and_a_file(
    visitor: Any, person: Account, toy: tuple[dict[str, Any], Any]
) -> None:
    load_case(with_sections(toy[0]), user=person, observations=())

    page = show(visitor, "evidence", lang="en")
    assert [
        word
        for word in ("Survey", "Synthetic data.", "25.6%", "&lt;B&gt;", "By heads.", "tie across provinces")
        if word not in page
    ] == []
    assert show(visitor, "evidence").count("合成数据。") == 1
    table = visitor.get(reverse("table", args=["toy", "survey.scores"])).content.decode()
    assert table.splitlines()[1] == "甲,A,0.256"


def test_a_case_without_a_contest_shows_what_it_has_and_no_empty_room(
    visitor: Any, person: Account, toy: tuple[dict[str, Any], Any]
) -> None:
    none = {"contest": None, "scores": [], "forecast": None, "awards": [], "flags": [], "sections": []}
    load_case(toy[0] | none, user=person, observations=())

    page = show(visitor, "start")
    assert [name for name in ("contest", "forecast") if reverse(name, args=["toy"]) in page] == []
    assert reverse("settlements", args=["toy"]) in page
    for name in ("contracts", "settlements", "diagnosis", "findings", "sources"):
        assert reverse("contest", args=["toy"]) not in show(visitor, name)
    for name in ("contest", "forecast", "evidence"):
        assert visitor.get(reverse(name, args=["toy"])).status_code == 404
    assert "jurisdictions/" not in show(visitor, "settlement", "1")


def test_a_statement_has_a_page_to_sign_with_the_amount_in_words(visitor: Any, result: CaseResult) -> None:
    page = show(visitor, "settlement", "1")

    assert [word for word in ("签认页", "经办人签字", "人民币", "元整") if word not in page] == []

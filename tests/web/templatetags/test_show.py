from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from jinghe_web.templatetags import show


@pytest.mark.parametrize(("lang", "expected"), [("zh-hans", "太原市"), ("en", "Taiyuan")])
def test_a_bilingual_value_follows_the_language(lang: str, expected: str) -> None:
    with override(lang):
        assert show.t({"zh": "太原市", "en": "Taiyuan"}) == expected
        assert show.place("140100", {"140100": {"zh": "太原市", "en": "Taiyuan"}}) == expected


def test_nothing_is_shown_for_nothing() -> None:
    assert show.t(None) == ""
    assert show.t({"zh": "", "en": ""}) == ""
    assert show.number(None) == "—"


def test_a_word_outside_the_list_is_shown_as_it_is() -> None:
    with override("en"):
        assert show.term("special", "form") == "special"
        assert show.term("culture_tourism", "field") == "culture and tourism"
        assert show.term("unheard-of", "form") == "unheard-of"


def test_money_is_shown_in_ten_thousands_in_chinese() -> None:
    with override("zh-hans"):
        assert show.money(17_237 * 10**6) == "17,237 万元"
        assert show.signed(17_237 * 10**6) == "+17,237 万元"


def test_inputs_in_fen_are_shown_as_money_and_shares_as_written() -> None:
    with override("zh-hans"):
        assert show.measured({"value": "264000000", "unit": "分"}) == "264 万元"
        assert show.measured({"value": "1/2", "unit": "share"}) == "1/2"
        assert show.measured({"value": ["1", "2"], "unit": "分"}) == "1, 2 分"
        assert show.measured({"value": "5", "unit": "years"}) == "5 years"


def test_figures_stand_as_printed() -> None:
    assert show.printed({"printed": "10.60", "value": 10.6, "unit": "%"}) == "10.60%"
    assert show.printed({"printed": "", "value": 3.0, "unit": "人"}).startswith("3.0")
    assert show.printed({"printed": "", "value": None, "unit": "人"}) == "—"


def test_both_ends_of_a_span_are_named() -> None:
    with override("en"):
        assert show.span("2010-01..2010-09") == "2010-01 to 2010-09"
        assert show.span("2021") == "2021"


def test_an_error_that_would_round_to_nothing_gets_more_digits() -> None:
    assert (show.margin(0.0124), show.margin(0.00009), show.margin(0.0)) == ("±0.012", "±0.00009", "±0.000")


@pytest.mark.parametrize("colour", ["green", "yellow", "red", "grey"])
def test_a_light_is_colour_shape_and_word(colour: str) -> None:
    with override("en"):
        shown, word = show.light(colour), show.say(f"light-{colour}")

    assert show.SHAPES[colour] in shown
    assert f"light {colour}" in shown
    assert word in shown


def test_a_source_points_to_the_foot_of_the_page() -> None:
    sources = {"s1": {"cite": {"zh": "公报<1>", "en": "Bulletin <1>"}}}

    with override("en"):
        assert show.cite("s1", sources) == '<a class="cite" href="#source-s1" title="Bulletin &lt;1&gt;">s1</a>'
        assert show.cite("<s9>", sources) == "&lt;s9&gt;"


def test_evidence_leads_to_its_page() -> None:
    whole: dict[str, Any] = {"contest": {"root": "index"}, "forecast": {"runs": []}, "sections": [{"id": "survey"}]}

    assert show.address_of("contest.weights", "toy", whole) == "/toy/contest/"
    assert show.address_of("contracts.road.due", "toy", whole) == "/toy/contracts/#road"
    assert show.address_of("data.joint_items", "toy", whole) == "/toy/sources/"
    assert show.address_of("evidence.survey.q1", "toy", whole) == "/toy/evidence/#survey"
    assert show.address_of("platform", "toy", whole) == ""
    assert show.address_of("evidence.findings.f1", "toy", whole) == "/toy/sources/"
    register = whole | {"sections": [{"id": "timeline"}]}
    assert show.address_of("data.joint_items", "toy", register) == "/toy/evidence/#timeline"


@pytest.mark.parametrize("path", ["contest.weights", "simulate", "standards"])
def test_evidence_on_a_page_that_is_not_there_leads_nowhere(path: str) -> None:
    assert show.address_of(path, "toy", {"contest": None, "forecast": None, "sections": []}) == ""


def test_an_indicator_of_the_contest_has_a_name_and_any_other_its_code() -> None:
    contest = {
        "indicators": [{"id": "gdp", "label": {"zh": "产值", "en": "Output"}}],
        "labels": {"people": {"zh": "人口", "en": "People"}},
    }

    with override("en"):
        assert "Output" in show.indicator("gdp", contest)
        assert "People" in show.indicator("people", contest)
        assert ">rainfall</code>" in show.indicator("rainfall", contest)
        assert ["Output gdp", "rainfall"] == [show.series("gdp", contest), show.series("rainfall", contest)]

"""What a settlement stands on: exact figures, values in force, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle
from jinghe.sharing.evidence import Evidence
from jinghe.units import Period


@pytest.fixture
def evidence(park: Agreement, toy_region: Region) -> Callable[..., Evidence]:
    def make(panel: Panel, period: str = "2021", agreement: Agreement = park) -> Evidence:
        return Evidence(agreement, panel, toy_region, Period.of(period))

    return make


@pytest.mark.parametrize(
    "printed, unit", [("1,000", "万元"), ("１０００万元", "万元"), ("0.1", "亿元"), ("10000000", "元")]
)
def test_a_figure_is_read_exactly_as_printed(
    evidence: Callable[..., Evidence], figure: Callable[..., Any], printed: str, unit: str
) -> None:
    panel = Panel((figure("990200", "park_tax", "2021", printed, unit),))

    (found,) = evidence(panel).readings("base", "tax", code="990200")

    assert (Fraction(1_000_000_000), "分") == (found.value, found.unit)
    assert (printed, "toy") == (found.detail["printed"], found.source)


@pytest.mark.parametrize(
    "printed, code",
    [("—", "agreement-data-missing"), ("-3", "agreement-base-negative"), ("3 吨", "unit-mismatch")],
)
def test_a_figure_that_cannot_be_used_is_named(
    evidence: Callable[..., Evidence], figure: Callable[..., Any], printed: str, code: str
) -> None:
    panel = Panel((figure("990200", "park_tax", "2021", printed),))

    with pytest.raises(RuleError) as caught:
        evidence(panel).readings("base", "tax", code="990200")

    assert [(code, "data.tax")] == [(item.code, item.place.path) for item in caught.value.problems]


def test_a_missing_figure_is_never_zero(evidence: Callable[..., Evidence]) -> None:
    with pytest.raises(RuleError) as caught:
        evidence(Panel()).readings("base", "tax", code="990200")

    assert (
        "agreements/toy-park.yaml data.tax：缺少 乙市（990200）2021 的 park_tax。结算所用的每个数都要有，缺失不当作零。"
        "请补报该数，或核对指标名和期间。"
    ) == caught.value.problems[0].text("zh")


def test_the_latest_vintage_counts_and_an_earlier_view_is_kept(
    evidence: Callable[..., Evidence], figure: Callable[..., Any]
) -> None:
    first = figure("990200", "park_tax", "2021", "900", vintage=date(2022, 1, 31))
    panel = Panel((first, figure("990200", "park_tax", "2021", "1000", vintage=date(2022, 6, 30), status="revised")))

    now = evidence(panel).readings("base", "tax", code="990200")[0]
    then = evidence(panel.as_of(date(2022, 3, 1))).readings("base", "tax", code="990200")[0]

    assert ("1000", "900") == (now.detail["printed"], then.detail["printed"])


def test_a_parameter_is_that_of_the_last_day(
    evidence: Callable[..., Evidence], park: Agreement, read: Callable[..., Agreement], toy_panel: Panel
) -> None:
    values = [
        {"from": "2021-01-01", "value": "1/2", "source": "toy-agreement"},
        {"from": "2022-07-01", "value": "0.4", "source": "toy-agreement"},
    ]
    share = {"unit": "share", "label": {"zh": "比例", "en": "share"}, "values": values}
    changed = read("toy/agreements/toy-park.yaml", parameters={"origin_share": share})

    before, after = (evidence(toy_panel, year, changed) for year in ("2021", "2022"))

    assert Fraction(1, 2) == before.parameter("share", "origin_share").value
    assert Fraction(2, 5) == after.parameter("share", "origin_share").value


def test_a_value_before_its_first_day_is_missing(
    evidence: Callable[..., Evidence], read: Callable[..., Agreement], toy_panel: Panel
) -> None:
    share = {"unit": "share", "values": [{"from": "2022-01-01", "value": "1/2", "source": "toy-agreement"}]}
    late = read("toy/agreements/toy-park.yaml", parameters={"origin_share": share})

    with pytest.raises(RuleError) as caught:
        evidence(toy_panel, "2021", late).parameter("share", "origin_share")

    assert (
        "agreements/toy-park.yaml parameters.origin_share: the parameter “origin_share” has no value on 2021-12-31. "
        "A parameter needs a value on the last day of the period; none is not zero. "
        "Add the value from that day on with its source."
    ) == caught.value.problems[0].text("en")


def test_parties_are_named_and_sources_cited(
    evidence: Callable[..., Evidence], ranked: Agreement, toy_panel: Panel
) -> None:
    found = evidence(toy_panel, "2021", ranked)

    assert ("990100", "990200", "990300") == found.keys("each")
    assert Text("结算专户", "clearing account") == found.name("toy-rank-transfer:pool")
    assert Text("甲市", "City A") == found.name("990100")
    assert Text("合成数据［合成］", "合成数据 [synthetic]") == found.cite("toy")
    assert "nobody" == found.title("nobody") == found.cite("nobody").zh
    assert "2021-01-01" == str(found.day("start", "effective").value)


def test_a_renamed_city_is_settled_under_its_name_of_the_day(
    ranked: Agreement, toy_region: Region, toy_panel: Panel
) -> None:
    province, city, *others = toy_region.jurisdictions
    renamed = date(2015, 1, 1)
    former = replace(city, name=Text("旧甲市", "Old City A"), valid_to=renamed)
    region = replace(toy_region, jurisdictions=(province, former, replace(city, valid_from=renamed), *others))

    found = Evidence(ranked, toy_panel, region, Period.of("2021"))

    assert ("990100", "990200", "990300") == found.keys("each")
    assert Text("甲市", "City A") == found.name("990100")


def test_each_contestant_of_nobody_is_told_and_no_empty_statement(
    ranked: Agreement, toy_region: Region, toy_panel: Panel
) -> None:
    counties = tuple(replace(place, level="county") for place in toy_region.jurisdictions)

    with pytest.raises(RuleError) as caught:
        settle(ranked, panel=toy_panel, region=replace(toy_region, jurisdictions=counties), period=Period.of("2021"))

    assert ["contestants-missing"] == [item.code for item in caught.value.problems]

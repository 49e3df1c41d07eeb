"""Settling in arrays: the same net receipts as the statements, period by period, and what is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, settle, settle_arrays
from jinghe.units import Period

A, B, C = PARTIES = "990100", "990200", "990300"
Fill, Rows = Callable[..., Agreement], Callable[..., Panel]
YEARS = tuple(Period.of(year) for year in range(2018, 2027))


def years(
    indicator: str, unit: str, low: float, high: float, step: float = 1.0
) -> tuple[str, str, float, float, float]:
    return indicator, unit, low, high, step


# Template → parties, decisions, and what each indicator may be: unit, from, to, step.
CASES: Mapping[str, tuple[Mapping[str, str], Mapping[str, Any], tuple[tuple[str, str, float, float, float], ...]]] = {
    "jjj_relocation": (
        {"origin": A, "host": B},
        {"clock_start": "2021-01-01", "before": ["2018", "2019", "2020"]},
        (years("moved_tax", "万元", 0, 9000), years("moved_tax_before", "万元", 1000, 4000)),
    ),
    "feidi_split": (
        {"origin": A, "host": B},
        {"origin_share": "1/3", "term_years": 3, "clock_start": "2022-01-01"},
        (years("park_tax", "万元", 0, 9000, 0.01),),
    ),
    "recover_then_share": (
        {"origin": A, "host": B},
        {"investment": 9000},
        (years("project_tax", "万元", 0, 5000, 0.01),),
    ),
    "two_key_pot": (
        {"yunnan": A, "guizhou": B, "sichuan": C},
        {"partial": "1/3"},
        (years("qingshuipu_failed", "1", 0, 1, 0.5), years("lianyuxi_failed", "1", 0, 1, 0.5)),
    ),
    "yellow_river": (
        {"upstream": A, "downstream": B},
        {"weights": "equal"},
        (years("liuzhuang_class", "class", 1, 6), years("liuzhuang_index_change", "%", -60, 60, 0.25)),
    ),
    "rank_transfer": ({}, {"ties": "average", "gets": [80], "pays": [50, 30]}, (years("air_score", "points", 1, 4),)),
    "fiscal_disparities": (
        {},
        {},
        (
            years("tax_base", "万元", 1000, 3000),
            years("population", "persons", 10, 90),
            years("fiscal_capacity", "元/人", 10, 90),
        ),
    ),
    "equalise_2005": (
        {},
        {},
        (years("fiscal_strength", "万元", 60, 140), years("equalisation_reference", "万元", 100, 101)),
    ),
    "conditional_growth": (
        {},
        {},
        (
            years("shared_revenue", "万元", 100, 900),
            years("population", "persons", 1, 99),
            years("condition_met", "1", 0, 2),
        ),
    ),
    "settle_up": (
        {"member": A, "sponsor": B},
        {},
        (years("growth_contribution", "万元", 0, 90), years("development_grant", "万元", 0, 90)),
    ),
    "xinan_p": (
        {"upstream": A, "downstream": B},
        {"base_cod": "2", "base_nh3": "0.12", "base_tn": "1.3", "base_tp": "0.03"},
        (
            years("codmn", "mg/L", 1, 4, 0.01),
            years("nh3n", "mg/L", 0.05, 0.3, 0.01),
            years("tn", "mg/L", 1, 2, 0.01),
            years("tp", "mg/L", 0.01, 0.06, 0.01),
        ),
    ),
    "claims": ({}, {"rule": "TAL", "fund": 200}, (years("claim", "万元", 100, 300),)),
    "cost_ceiling": (
        {"germany": A, "france": B, "netherlands": C, "fund": "990000"},
        {"price": "1000000", "basis": "contract_unit_price"},
        (
            years("measure_cost", "百万元", 0, 600),
            years("measure_advance", "百万元", 0, 600),
            years("measure_quantity", "t", 0, 500),
        ),
    ),
}


def draw(spec: tuple[str, str, float, float, float], rng: np.random.Generator, size: int, parties: int) -> np.ndarray:
    _, _, low, high, step = spec
    return rng.integers(round(low / step), round(high / step), (size, len(YEARS), parties)) * step


@pytest.mark.parametrize("stem", CASES)
def test_arrays_give_the_statement_of_every_replication(
    stem: str, fill: Fill, panel_of: Rows, toy_region: Region
) -> None:
    codes, decided, specs = CASES[stem]
    agreement = fill(stem, parties=codes, decide=decided)
    if stem == "recover_then_share":
        agreement = fill(stem, parties=codes, decide=decided, start="2023-01-01")
    keys = (*PARTIES, *(("990000",) if "990000" in codes.values() else ()))
    rng, size = np.random.default_rng(7), 3
    series = {spec[0]: draw(spec, rng, size, len(keys)) for spec in specs}

    found = settle_arrays(agreement, series=series, parties=keys, periods=YEARS)

    for r in range(size):
        rows = [
            (key, spec[0], period.name, f"{series[spec[0]][r, t, p]:.4f}".rstrip("0").rstrip("."), spec[1])
            for spec in specs
            for t, period in enumerate(YEARS)
            for p, key in enumerate(keys)
        ]
        panel = panel_of(rows)
        for t, period in enumerate(YEARS):
            if not agreement.is_in_force(period):
                assert not found[r, t].any()
                continue
            statement = settle(agreement, panel=panel, region=toy_region, period=period)
            lines = {key: 1 + sum(key in (x.payer, x.payee) for x in statement.lines) for key in keys}
            for p, key in enumerate(keys):
                fen = statement.net[key].fen if key in statement.net else 0
                assert abs(100 * found[r, t, p] - fen) < lines[key]  # each line is within 1 fen


def test_a_layout_with_replications_innermost_gives_the_same(park: Agreement) -> None:
    taxes = np.random.default_rng(1).random((4, 2, 2)) * 1000
    inner = np.moveaxis(np.ascontiguousarray(np.moveaxis(taxes, 0, -1)), -1, 0)
    given = {"parties": ("990100", "990200"), "periods": (Period.of(2021), Period.of(2022))}

    found = [settle_arrays(park, series={"park_tax": one}, **given) for one in (taxes, inner)]

    assert (found[0] == found[1]).all()
    assert np.allclose(found[0][..., 0], taxes[..., 1] * 5000)
    assert np.allclose(found[0].sum(axis=-1), 0)


@pytest.mark.parametrize(
    "series, parties, code",
    [
        ({}, (A, B), "agreement-arrays-unfit"),
        ({"park_tax": np.ones((2, 1, 3))}, (A, B), "agreement-arrays-unfit"),
        ({"park_tax": np.full((2, 1, 2), np.nan)}, (A, B), "agreement-arrays-missing"),
        ({"park_tax": np.full((2, 1, 2), -1.0)}, (A, B), "agreement-base-negative"),
        ({"park_tax": np.ones((2, 1, 2))}, (A, C), "agreement-arrays-absent"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(
    park: Agreement, series: dict[str, np.ndarray], parties: tuple[str, ...], code: str
) -> None:
    with pytest.raises(RuleError) as caught:
        settle_arrays(park, series=series, parties=parties, periods=[Period.of(2021)])

    assert [code] == [item.code for item in caught.value.problems]
    assert all(item.text("zh") for item in caught.value.problems)


def test_a_proposal_and_an_open_choice_are_refused(read: Callable[..., Agreement], fill: Fill) -> None:
    for agreement in (read("shanxi/agreements/pingtou-park.yaml"), fill("rank_transfer")):
        with pytest.raises(RuleError) as caught:
            settle_arrays(agreement, series={}, parties=(A,), periods=())

        assert {item.code for item in caught.value.problems} & {"agreement-proposed", "agreement-choice-open"}


def test_months_are_settled_month_by_month(fill: Fill) -> None:
    agreement = fill("monthly_two_way", parties={"upstream": A, "downstream": B}, decide={"failing": 0})
    months = [Period.of(f"{year}-{month:02}") for year in (2020, 2021) for month in range(1, 13)]
    classes = np.full((1, 24, 2), 3.0)
    classes[0, 12:17, 0] = 2  # five months better than a year before
    series = {"section_class": classes, "section_standard": np.full((1, 24, 2), 3.0)}

    found = settle_arrays(agreement, series=series, parties=(A, B), periods=months)

    assert 5_000_000 == found[..., 0].sum()
    with pytest.raises(RuleError) as caught:
        settle_arrays(
            agreement, series={k: v[:, :1] for k, v in series.items()}, parties=(A, B), periods=[Period.of(2021)]
        )
    assert ["agreement-arrays-months"] == [item.code for item in caught.value.problems]

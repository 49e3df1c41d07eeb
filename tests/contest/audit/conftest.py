"""The ASEM index (51 countries, 49 indicators, four levels), scored from COINr's own tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from jinghe.contest import Scores, read_contest, score
from jinghe.contest.audit import Audit, audit
from jinghe.contest.exchange import make_panel, make_region, make_rules, read_coinr_tables
from jinghe.panel import Panel
from jinghe.units import Period

ORACLE = Path(__file__).parents[4] / "shared" / "oracle" / "asem"
STEPS = [
    {"impute": {"method": "group_mean", "groups": ["EurAsia_group:Asia", "EurAsia_group:Europe"]}},
    {"screen": {"unit_coverage": 0.9}},
    {"treat": {}},
    {"normalise": {"to": [0, 100]}},
]


@pytest.fixture(scope="session")
def asem() -> Scores:
    if not ORACLE.is_dir():
        pytest.skip("the COINr oracle (shared/oracle/asem) is not beside the repository")
    tables = read_coinr_tables(ORACLE / "ASEM_iData.csv", ORACLE / "ASEM_iMeta.csv")
    return score(
        read_contest(make_rules(tables, steps=STEPS)),
        panel=make_panel(tables, source="asem", vintage=date(2019, 1, 1)),
        items=(),
        region=make_region(tables),
        period=Period.of(2018),
    )


@pytest.fixture(scope="session")
def run_audit(make_contest, make_panel, make_region) -> Callable[..., Audit]:
    """Audit three indicators of six cities: two years complete, one year thin, one series outside the tree."""
    now = {"gdp": [10, 20, 30, 40, 90, 60], "rd": [2, 4, 6, 9, 18, 11], "air": [5, 1, 4, 2, 3, 0]}
    before = {"gdp": [20, 10, 30, 40, 90, 50], "rd": [2, 4, 6, 8, 17, 11], "air": [5, 2, 4, 1, 3, 0]}
    people = {"people": [1, 2, 2, 3, 4, 5]}
    years = {"2021": now | people | {"jobs": [3, 5, 8, 9, 20, 13]}, "2020": before | people, "2019": {"gdp": [1, 2, 3]}}
    panel = Panel(tuple(o for year, figures in years.items() for o in make_panel(figures, period=year).observations))

    def run(seed: int = 1, **parts: object) -> Audit:
        words = {"rank": {"draws": 100}, "steps": [{"denominate": {"air": "people"}}]} | parts
        contest = make_contest({"index": {"growth": ["gdp", "rd"], "green": ["air"]}}, **words)
        region = make_region("ABCDEF")
        return audit(contest, panel=panel, items=(), region=region, period=Period.of(2021), seed=seed)

    return run


@pytest.fixture(scope="session")
def audited(run_audit) -> Audit:
    return run_audit()

"""A small framework: two pillars, a denominator, a group column, one gap."""

from __future__ import annotations

from pathlib import Path

import pytest

from jinghe.contest.exchange import Entry, Framework, Row

ORACLE = Path(__file__).parents[4] / "shared" / "oracle" / "asem"


@pytest.fixture(scope="session")
def oracle() -> Path:
    if not ORACLE.is_dir():
        pytest.skip("the COINr oracle (shared/oracle/asem) is not beside the repository")
    return ORACLE


@pytest.fixture
def framework() -> Framework:
    entries = (
        Entry("roads", "Roads", "Indicator", "links", 1, 2.0, "km", 9.0, "people"),
        Entry("dust", "Dust", "Indicator", "links", -1, 1.0, "µg/m³"),
        Entry("jobs", "=1+1", "Indicator", "work", 1, 1.0, "", posts=(0.0, 10.0)),
        Entry("links", "Links", "Aggregate", "whole", weight=3.0),
        Entry("work", "Work", "Aggregate", "whole", weight=1.0),
        Entry("whole", "Whole", "Aggregate", weight=1.0),
        Entry("people", "People", "Denominator"),
        Entry("bank", "Bank", "Group"),
    )
    rows = (
        Row("A", "City A", "2021", {"roads": 10.0, "dust": 30.5, "jobs": 1.0, "people": 2.0}, {"bank": "north"}),
        Row("NA", "City N", "2021", {"roads": 20.0, "jobs": 3.0, "people": 8.0}, {"bank": "south"}),
        Row("C", "City C", "2021", {"roads": 5.0, "dust": 20.25, "jobs": 2.0, "people": 5.0}, {"bank": "north"}),
    )
    return Framework(entries, rows)

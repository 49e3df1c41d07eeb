from __future__ import annotations

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.exploration.design import sample
from jinghe.exploration.discover import discover, show_discovery
from jinghe.exploration.factor import Factor
from jinghe.exploration.sweep import sweep
from jinghe.labels import Text


@pytest.fixture(scope="module")
def swept(analytic, between):
    """y is low where a is low and b is high, or where the rule is r3."""
    factors = (
        Factor("a", True, Text("甲", "alpha"), dist="uniform", numbers={"low": 0, "high": 10}),
        between("b"),
        between("c"),
        Factor("rule", True, Text("办法", "rule"), choices=("r1", "r2", "r3", "r4")),
    )

    def function(changes):
        low = (changes["a"] < 4 and changes["b"] > 0.6) or changes["rule"] == "r3"
        return None if changes["c"] > 0.98 else {"y": 0.1 if low else 0.9}

    designs = sample(factors, n=500, seed=2)
    return sweep(analytic(function, noise=0.05), designs=designs, replications=8)


def test_regions_are_found_said_and_contradicted(swept) -> None:
    found = discover(swept, when="y<0.5", resamples=10)

    limits = [{one.factor.path: (one.low, one.high, one.choices) for one in region.limits} for region in found.regions]
    assert {"rule": (None, None, ("r3",))} == limits[0]
    assert {"a", "b"} <= set(limits[1])
    assert limits[1]["a"][1] == pytest.approx(4, abs=0.5)
    assert limits[1]["b"][0] == pytest.approx(0.6, abs=0.06)
    assert sum(region.coverage for region in found.regions) > 0.9
    told = found.explain(found.regions[1])
    assert "甲不高于" in told.zh
    assert "alpha is at most" in told.en
    example = found.regions[1].counter_example
    assert ("Counter-example" in told.en) == (example >= 0)
    if example >= 0:
        assert swept.means("y")[example] >= 0.5
    assert found.left_out == len(swept.faults) > 0


def test_the_section_has_a_table_with_its_sentence_for_each_region(swept) -> None:
    found = discover(swept, when="y<0.5", resamples=5)

    section = show_discovery(found)

    assert len(found.regions) == len(section.tables)
    assert section.tables[0].notes[0] == found.explain(found.regions[0])
    assert f"{found.hits} of {found.points}" in section.lead.en


def test_a_counter_example_is_the_nearest_to_the_middle(analytic, between) -> None:
    designs = sample((between("a"), between("b")), n=200, seed=1)
    exception = int(np.argmin(np.abs(designs.unit[:, 0] - 0.15)))
    odd = designs.columns["a"][exception]
    model = analytic(lambda c: {"y": float(c["a"] > 0.3 or c["a"] == odd)}, noise=0.0)

    found = discover(sweep(model, designs=designs, replications=2), when="y<0.5", resamples=2)

    assert exception == found.regions[0].counter_example
    assert f"方案点 {exception}" in found.explain(found.regions[0]).zh


@pytest.mark.parametrize(
    "when, code", [("y<-5", "discover-nothing"), ("y<50", "discover-nothing"), ("z<1", "outcome-unknown")]
)
def test_what_never_or_always_happens_is_refused(swept, when, code) -> None:
    with pytest.raises(RuleError) as caught:
        discover(swept, when=when)
    assert code == caught.value.problems[0].code

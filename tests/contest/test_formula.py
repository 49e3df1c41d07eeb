import pytest

from jinghe.contest.formula import (
    FORMULAS,
    CouplingFormula,
    GapFormula,
    GravityFormula,
    LocalMoranFormula,
    NeighbourFormula,
    StructureFormula,
)
from jinghe.contest.indicator import read_indicator
from jinghe.errors import CompactError


def read(kind, tree):
    return read_indicator("x", {"measure": {kind: tree}})


@pytest.mark.parametrize(
    "kind,tree,expected,series",
    [
        (
            "coupling",
            {"systems": {"gdp": [0, 100], "pm25": [75, 15]}, "model": "corrected"},
            CouplingFormula((("gdp", 0, 100), ("pm25", 75, 15)), "corrected"),
            (("gdp", None), ("pm25", None)),
        ),
        (
            "theil",
            {"of": "gdp", "over": "pop", "over_period": 2020, "groups": ["north", "south"], "growth": "g"},
            GapFormula("gdp", "pop", ("north", "south"), "2020", "g"),
            (("gdp", None), ("pop", "2020"), ("g", None)),
        ),
        (
            "gini",
            {"of": "gdp", "over": "pop", "groups": "north"},
            GapFormula("gdp", "pop", ("north",), index="gini"),
            (("gdp", None), ("pop", None)),
        ),
        ("neighbours", {"of": "air"}, NeighbourFormula("air"), (("air", None),)),
        (
            "neighbours",
            {"of": "gdp", "over": "pop", "how": "gap"},
            NeighbourFormula("gdp", "gap", "pop"),
            (("gdp", None), ("pop", None)),
        ),
        ("local_moran", {"of": "gdp"}, LocalMoranFormula("gdp"), (("gdp", None),)),
        (
            "structure",
            {"of": ["va1", "va2", "va3"], "how": "cosine"},
            StructureFormula(("va1", "va2", "va3"), "cosine"),
            (("va1", None), ("va2", None), ("va3", None)),
        ),
        (
            "gravity",
            {"people": "pop", "output": "gdp", "distances": {"A-B": 120}, "people_period": 2020},
            GravityFormula("pop", "gdp", {("A", "B"): 120.0}, "2020"),
            (("pop", "2020"), ("gdp", None)),
        ),
    ],
)
def test_each_formula_is_read_and_names_its_series(kind, tree, expected, series):
    found = read(kind, tree)

    assert found.measure == expected
    assert found.series == series
    assert kind in FORMULAS


@pytest.mark.parametrize(
    "kind,tree,expected",
    [
        ("coupling", {"systems": {"gdp": [0, 1]}}, ("measure-few", "coupling.systems")),
        (
            "coupling",
            {"systems": {"a": [0, 1], "b": [0, 1], "c": [0, 1]}, "model": "corrected"},
            ("coupling-two", "coupling.systems"),
        ),
        ("coupling", {"systems": {"a": [1, 1], "b": [0, 1]}}, ("contest-pair", "coupling.systems.a")),
        ("theil", {"of": "gdp", "over": "pop"}, ("contest-key-missing", "theil")),
        ("neighbours", {"of": "x", "how": "median"}, ("contest-choice", "neighbours.how")),
        ("neighbours", {"of": "x", "over_period": "20-21"}, ("period-unreadable", "neighbours.over_period")),
        ("local_moran", {}, ("contest-key-missing", "local_moran")),
        ("structure", {"of": ["va1"]}, ("measure-few", "structure.of")),
        (
            "gravity",
            {"people": "p", "output": "g", "distances": {"A-B": 0}},
            ("contest-range", "gravity.distances.A-B"),
        ),
        ("gravity", 3, ("contest-mapping", "gravity")),
    ],
)
def test_faults_of_a_formula_are_told(kind, tree, expected):
    with pytest.raises(CompactError) as error:
        read(kind, tree)

    code, path = expected
    assert [(p.code, p.place.path) for p in error.value.problems] == [(code, f"contest.indicators.x.measure.{path}")]

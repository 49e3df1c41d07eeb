from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from jinghe.contest.formula import (
    CouplingFormula,
    GapFormula,
    GravityFormula,
    LocalMoranFormula,
    NeighbourFormula,
    StructureFormula,
)
from jinghe.contest.indicator import read_indicator
from jinghe.contest.measure import Inputs, measure
from jinghe.contest.outcome import Setting, evaluate
from jinghe.contest.regional import SCALE_WARNING, compare_to_rest, couple, find_local_moran, find_theil, make_weights
from jinghe.errors import DataError, RuleError
from jinghe.units import Period

ROW = list(zip("ABCDE", "BCDEF", strict=True))


@pytest.fixture
def setting(make_region):
    def make(codes="ABCDEF", borders=ROW, **groups):
        return Setting(tuple(codes), replace(make_region(codes, **groups), borders=tuple(borders)), date(2021, 12, 31))

    return make


def run(formula, *columns, setting):
    return evaluate(formula, [np.array(column, dtype=float) for column in columns], setting=setting)


def test_coupling_is_scaled_from_worst_to_best_and_says_what_it_depends_on(setting):
    formula = CouplingFormula((("gdp", 0, 100), ("pm25", 75, 15)))

    found = run(formula, [40, 200, np.nan], [21, 15, 30], setting=setting("ABC"))

    assert found.values[:2] == pytest.approx(couple([[0.4, 0.9], [1, 1]]).coordination)
    assert np.isnan(found.values[2])
    assert found.notes[0] == SCALE_WARNING
    assert found.notes[1].en == "Cities with a subsystem beyond its ends, cut off: 1."


def test_the_corrected_model_is_used_when_asked_for(setting):
    formula = CouplingFormula((("a", 0, 1), ("b", 0, 1)), "corrected")

    assert run(formula, [0.4], [0.9], setting=setting("A")).values[0] == pytest.approx(
        np.sqrt(np.sqrt(0.5 * 4 / 9) * 0.65)
    )


def test_the_gap_inside_a_group_is_its_members_alike(setting):
    place = setting("ABCDEF", north="AB", south="CDE")

    found = run(GapFormula("gdp", "pop", ("north", "south")), [1, 3, 1, 2, np.nan, 5], [1] * 6, setting=place)

    north, south = find_theil([1, 3], people=[1, 1])[0], find_theil([1, 2], people=[1, 1])[0]
    assert found.values[:4] == pytest.approx([north, north, south, south])
    assert np.isnan(found.values[4:]).all()
    assert found.notes[0].en == "No value for City E, City F: without figures, or in no group with two that have them."


def test_with_growth_it_is_the_fall_of_the_gap(setting):
    place = setting("AB", north="AB")

    # before: 1 and 3; the poorer grew by 100 %: now 2 and 3
    found = run(GapFormula("gdp", "pop", ("north",), None, "g"), [2, 3], [1, 1], [100, 0], setting=place)

    fall = find_theil([1, 3], people=[1, 1])[0] - find_theil([2, 3], people=[1, 1])[0]
    assert found.values == pytest.approx([fall, fall])


def test_the_gap_may_be_a_gini_or_a_spread_of_logarithms_by_hand(setting):
    """Of 2 and 6 over 2 people each: |1 − 3|/(2 · 2 · 2) · 2 = 0.25, and ln 3/√2; last year 1 and 1 had no gap."""
    place = setting("AB", north="AB")

    for index, gap in (("gini", 0.25), ("sigma", np.log(3) / 2**0.5)):
        now = run(GapFormula("gdp", "pop", ("north",), index=index), [2, 6], [2, 2], setting=place)
        fall = run(GapFormula("gdp", "pop", ("north",), None, "g", index), [2, 6], [2, 2], [0, 200], setting=place)
        assert now.values.tolist() == pytest.approx([gap] * 2)
        assert fall.values.tolist() == pytest.approx([-gap] * 2)


def test_an_unknown_group_is_told(setting):
    with pytest.raises(DataError) as error:
        run(GapFormula("gdp", "pop", ("nroth",)), [1, 2], [1, 1], setting=setting("AB", north="AB"))

    assert error.value.problems[0].code == "group-unknown"


def test_a_city_and_its_neighbours_share_a_mean(setting):
    found = run(NeighbourFormula("air"), [-6, -18, np.nan, -12, -8, -4], setting=setting())

    assert found.values == pytest.approx([-12, -12, -15, -10, -8, -6])  # C has none of its own: the mean of B and D
    assert found.notes == ()


def test_the_gap_to_the_neighbours_is_in_log_points(setting):
    formula = NeighbourFormula("gdp", "gap", "pop")

    found = run(formula, [2, 8, 8, -1, 4, 4], [2, 2, 1, 1, 1, 1], setting=setting())

    assert found.values[:2] == pytest.approx([np.log(4), np.log(4.5 / 4)])
    assert np.isnan(found.values[3])


def test_an_isolated_city_has_no_neighbours(setting):
    found = run(NeighbourFormula("air"), [1, 2, 3], setting=setting("ABC", borders=[("A", "B")]))

    assert found.values[:2].tolist() == [1.5, 1.5]
    assert np.isnan(found.values[2])


def test_local_moran_is_that_of_the_cities_with_a_figure(setting):
    x = [1.0, 2, 4, 3, 7, 5]

    found = run(LocalMoranFormula("gdp"), x, setting=setting())

    expected = find_local_moran(x, weights=make_weights("ABCDEF", ROW), seed=1).values
    assert found.values == pytest.approx(expected)


@pytest.mark.parametrize("x", [[1, 1, 1, 1, 1, 1], [1, 2, 3, np.nan, np.nan, np.nan]])
def test_without_variation_or_enough_cities_there_is_no_local_moran(setting, x):
    found = run(LocalMoranFormula("gdp"), x, setting=setting())

    assert np.isnan(found.values).all()
    assert "fewer than 5 cities, or all alike" in found.notes[0].en


@pytest.mark.parametrize("how,index", [("krugman", 0), ("cosine", 1)])
def test_structure_is_compared_with_all_others(setting, how, index):
    table = np.array([[1.0, 2], [2, 1], [3, 3]])

    found = run(StructureFormula(("va1", "va2"), how), *np.vstack([table, [np.nan, 1]]).T, setting=setting("ABCD"))

    assert found.values[:3] == pytest.approx(compare_to_rest(table)[index])
    assert np.isnan(found.values[3])


def test_gravity_sums_the_links_of_a_city(setting):
    formula = GravityFormula("pop", "gdp", {("A", "B"): 2.0})

    found = run(formula, [4, 1], [9, 4], setting=setting("AB"))

    assert found.values == pytest.approx(np.log([27 / 13, 12 / 13]))


def test_a_pair_without_a_distance_is_told(setting):
    with pytest.raises(DataError) as error:
        run(GravityFormula("pop", "gdp", {("B", "A"): 2.0}), [1, 1, 1], [1, 1, 1], setting=setting("ABC"))

    assert error.value.problems[0].text("en") == (
        "measure.gravity.distances: the distances of 2 pairs are missing: A-C, B-C. The gravity model needs a distance "
        "for every pair, written as code-code: kilometres. Add them."
    )


def test_an_indicator_reads_its_formula_from_the_panel(make_panel, make_region):
    indicator = read_indicator(
        "near", {"label": {"zh": "邻域", "en": "Near"}, "measure": {"neighbours": {"of": "air"}}}
    )
    region = replace(make_region("ABC"), borders=(("A", "B"),))
    inputs = Inputs(make_panel({"air": [2, 4, 6]}, "ABC"), (), tuple("ABC"), Period.of(2021), "equal", {}, region)

    found = measure(indicator, inputs=inputs)

    assert found.values[:2].tolist() == [3, 3]
    assert [o.indicator for o in found.evidence[0].observations] == ["air"]
    assert (
        found.notes[0].en
        == "Near: No value for City C: without a neighbour that has figures, or without any of its own."
    )


def test_a_formula_without_a_region_is_told(make_panel):
    indicator = read_indicator("near", {"measure": {"neighbours": {"of": "air"}}})

    with pytest.raises(RuleError) as error:
        measure(indicator, inputs=Inputs(make_panel({"air": [1]}, "A"), (), ("A",), Period.of(2021), "equal", {}))

    assert [(p.code, p.place.path) for p in error.value.problems] == [
        ("measure-region", "contest.indicators.near.measure")
    ]

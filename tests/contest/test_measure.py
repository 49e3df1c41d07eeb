from dataclasses import replace
from math import log

import numpy as np
import pytest

from jinghe.contest.indicator import read_indicator
from jinghe.contest.measure import Inputs, measure, read_series
from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.units import Period


@pytest.fixture
def inputs(make_panel):
    def make(figures=None, *, panel=None, items=(), rule="equal", codes="ABC", units=None):
        panel = panel or make_panel(figures or {})
        return Inputs(panel, tuple(items), tuple(codes), Period.of(2021), rule, units or {})

    return make


RATIO = read_indicator("pc", {"unit": "元/人", "measure": {"ratio": {"of": "gdp", "over": "pop", "factor": 1e8}}})
GAP = read_indicator("gap", {"measure": {"convergence": {"level": "gdp", "growth": "g", "over": "pop"}}})
JOINT = read_indicator(
    "joint",
    {
        "label": {"zh": "共同事项", "en": "Joint items"},
        "measure": {"register": {"points": {"completed": 1, "started": 0.5}}},
    },
)


def test_a_figure_is_the_latest_observation(make_figure, inputs):
    old, new = (
        make_figure("A", "g", 9.0),
        make_figure("A", "g", 9.2, vintage=make_figure("A", "g", 0).vintage.replace(month=9)),
    )

    found = measure(read_indicator("g", {"unit": "%"}), inputs=inputs(panel=Panel((new, old))))

    assert found.values[0] == 9.2
    assert np.isnan(found.values[1:]).all()
    assert [e.observations for e in found.evidence] == [(new,), (), ()]


def test_a_figure_is_brought_to_the_unit_of_its_indicator(make_figure, inputs):
    panel = Panel((make_figure("A", "gdp", 2, unit="亿元"), make_figure("B", "gdp", 3, unit="100m CNY")))

    found = read_series("gdp", inputs=inputs(panel=panel, units={"gdp": Text("万元", "10k CNY")}))

    assert found.values[:2].tolist() == [20000, 30000]


def test_a_figure_in_a_strange_unit_is_told(make_figure, inputs):
    panel = Panel((make_figure("A", "gdp", 2, unit="人"),))

    with pytest.raises(DataError) as error:
        read_series("gdp", inputs=inputs(panel=panel, units={"gdp": Text("亿元", "100m CNY")}))

    assert [(p.code, p.place.path) for p in error.value.problems] == [("unit-mismatch", "A gdp 2021")]


def test_a_ratio_divides_two_series_and_shows_both(inputs):
    found = measure(RATIO, inputs=inputs({"gdp": [400, 240, 120], "pop": [400_000, 0, None]}))

    assert found.values[0] == 100_000
    assert np.isnan(found.values[1:]).all()
    assert [o.indicator for o in found.evidence[0].observations] == ["gdp", "pop"]


def test_convergence_is_worked_by_hand(inputs):
    # Equal populations; y now 4 and 2, mean 3; growth 0 % and 100 %, so before 4 and 1, mean 2.5.
    found = measure(GAP, inputs=inputs({"gdp": [4, 2], "g": [0, 100], "pop": [1, 1]}, codes="AB"))

    assert found.values.tolist() == pytest.approx([log(4 / 2.5) - log(4 / 3), log(2.5 / 1) - log(3 / 2)])
    assert [o.indicator for o in found.evidence[1].observations] == ["gdp", "g", "pop"]


def test_the_mean_of_convergence_weighs_by_population(inputs):
    # Output per head 1 and 4, populations 3 and 1: mean 7/4 now; before 1 and 2 (growth 100 %), mean 5/4.
    found = measure(GAP, inputs=inputs({"gdp": [3, 4], "g": [0, 100], "pop": [3, 1]}, codes="AB"))

    assert found.values.tolist() == pytest.approx([log(5 / 4) - log(7 / 4), log(2 / (5 / 4)) - log(4 / (7 / 4))])


def test_equal_growth_converges_nowhere(inputs):
    found = measure(GAP, inputs=inputs({"gdp": [400, 240, 120], "g": [5, 5, 5], "pop": [40, 30, 20]}))

    assert found.values == pytest.approx([0, 0, 0], abs=1e-12)


def test_equal_growth_leaves_no_noise_that_a_scale_would_blow_up(inputs):
    gdp, people = [5121.61, 1686, 920, 2311.1], [5304061, 3105591, 1318505, 3180884]
    found = measure(GAP, inputs=inputs({"gdp": gdp, "g": [8.0] * 4, "pop": people}, codes="ABCD"))

    assert found.values.tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("growth, unit", [([5, 9], "%"), ([0.05, 0.09], "1"), ([50, 90], "‰")])
def test_growth_in_another_unit_converges_alike(make_figure, inputs, growth, unit):
    series = [("gdp", [4, 2], "亿元"), ("pop", [1, 1], "人"), ("g", growth, unit)]
    panel = Panel(
        tuple(make_figure(code, name, x, unit=u) for name, row, u in series for code, x in zip("AB", row, strict=True))
    )

    found = measure(GAP, inputs=inputs(panel=panel, codes="AB")).values

    before = [4 / 1.05, 2 / 1.09]
    mean = sum(before) / 2
    assert found == pytest.approx([log(before[0] / mean) - log(4 / 3), log(mean / before[1]) - log(3 / 2)])


def test_a_city_without_one_of_the_three_series_is_left_out_of_the_mean(inputs):
    found = measure(GAP, inputs=inputs({"gdp": [4, 2, 9], "g": [0, 100, None], "pop": [1, 1, 1]}))

    assert found.values[0] == pytest.approx(log(4 / 2.5) - log(4 / 3))
    assert np.isnan(found.values[2])


def test_a_register_counts_what_is_dated_inside_and_tells_the_rest(make_item, inputs):
    items = [
        make_item("in", "A", "B"),
        make_item("half", "B", "C", status="started", on="2021-05"),
        make_item("undated", "A", on=""),
        make_item("later", "A", on="2022"),
        make_item("talk", "A", status="negotiating"),
        make_item("province", "P"),
    ]

    found = measure(JOINT, inputs=inputs(items=items))

    assert found.values.tolist() == [0.5, 0.75, 0.25]
    assert [[c.id for c in e.items] for e in found.evidence] == [["in"], ["in", "half"], ["half"]]
    assert found.notes == (
        Text(
            "共同事项：登记 6 项，2021 内计分 2 项；未计：无日期或只有目标年份 1 项，"
            "日期在外 1 项，状态不计分 1 项，无参赛地区 1 项。",
            "Joint items: 2 of 6 registered items earn points inside 2021; not counted: 1 with no date or only a "
            "target year, 1 dated outside, 1 of a status without points, 1 without a contestant.",
        ),
    )


def test_a_fall_back_to_equal_shares_is_counted_and_told(make_item, inputs):
    found = measure(JOINT, inputs=inputs(items=[make_item("T2", "A", "B")], rule="contribution"))

    assert found.notes[0].zh.endswith("缺少分计规则所需内容、改按均分的 1 项：T2。")
    assert found.notes[0].en.endswith("Split equally, as what the rule needs is not there: 1 (T2).")


def test_a_window_beyond_the_scored_period_is_told(make_item, inputs):
    wide = read_indicator(
        "joint", {"measure": {"register": {"window": "2020-01..2025-12", "points": {"completed": 1}}}}
    )

    found = measure(wide, inputs=inputs(items=[make_item("later", "A", on="2024-11-22")]))

    assert found.values.tolist() == [1, 0, 0]
    assert found.notes[1].en == "joint: items later than the scored period 2021 count, too."


def test_counting_for_both_is_told_with_its_inflation(make_item, inputs):
    found = measure(JOINT, inputs=inputs(items=[make_item("road", "A", "B")], rule="both"))

    assert found.values.tolist() == [1, 1, 0]
    assert found.notes[1] == Text(
        "共同事项：各地计分之和为事项总分的 2.00 倍，各地得分不得相加。",
        "Joint items: credits sum to 2.00 times the points of the items and must not be added up.",
    )


def test_what_waits_for_confirmation_is_told(make_item, inputs):
    items = [replace(make_item("road", "A", "B"), standing="claimed"), make_item("park", "A", "B")]

    found = measure(JOINT, inputs=inputs(items=items))

    assert found.values.tolist() == [0.5, 0.5, 0]
    assert found.notes[0].en.startswith("Joint items: 1 of 2 registered items earn points")
    assert found.notes[1].en == "Joint items: items that wait for a partner's confirmation and earn nothing (1): road."

from __future__ import annotations

import pytest

from jinghe.errors import RuleError
from jinghe.exploration.calibrate import calibrate, show_calibration
from jinghe.exploration.factor import Factor
from jinghe.exploration.history import Target
from jinghe.labels import Text

SMALL = {"trajectories": 10, "replications": 5, "waves": 2, "population": 60, "rounds": 4}


@pytest.fixture
def toy_model(analytic):
    """Two figures: p says what a is; nothing says what b is beyond a sum with little weight; c moves nothing."""
    return analytic(lambda c: {"p": c["a"], "q": c["a"] + 0.3 * c.get("b", 0.5)}, outcomes=("p", "q"), noise=0.2)


@pytest.mark.slow
def test_the_inert_is_fixed_the_identified_narrowed_and_the_rest_named(toy_model, between) -> None:
    factors = (between("a", 0, 10), between("b", 0, 1), between("c", 0, 1))

    found = calibrate(toy_model, factors, targets=[Target("p", 4.0, 0.0), Target("q", 4.1, 0.3)], **SMALL)

    assert ["a", "b"] == [factor.path for factor in found.factors] or ["a"] == [f.path for f in found.factors]
    assert "c" in [factor.path for factor in found.fixed]
    mean, spread, *_ = found.posterior.summary(factors[0])
    assert mean == pytest.approx(4, abs=0.15)
    assert spread == pytest.approx(0.2, abs=0.12)
    section = show_calibration(found)
    rows = {row[0].zh: row[-1].zh for row in section.tables[-1].rows}
    assert "数据有所限定" == rows["a"]
    assert rows.get("b", "数据未能限定") == "数据未能限定"
    assert "数据有所限定的参数：a；" in section.notes[0].zh
    assert "c" in section.notes[-1].zh


def test_data_that_contradict_the_model_are_said_to(toy_model, between) -> None:
    found = calibrate(toy_model, [between("a", 0, 10)], targets=[Target("p", 99.0, 0.1)], **SMALL)

    assert found.posterior is None
    assert "不相容" in show_calibration(found).lead.zh


def test_what_moves_nothing_or_has_no_order_cannot_be_calibrated(toy_model, between) -> None:
    loose = Factor("rule", False, Text("x", "x"), choices=("a", "b"))
    for factors, code in [([between("c")], "calibrate-inert"), ([loose], "factor-unordered"), ([], "targets-none")]:
        with pytest.raises(RuleError) as caught:
            calibrate(
                toy_model if code != "calibrate-inert" else type(toy_model)(lambda c: {"p": 1.0}, outcomes=("p",)),
                factors,
                targets=[Target("p", 1.0, 0.1)],
                **SMALL,
            )
        assert code == caught.value.problems[0].code

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from jinghe.compact import replace_values
from jinghe.errors import JingheError
from jinghe.exploration.model import CompactModel, Fixed, late_share, model_version
from jinghe.simulation.engine import play, run_block
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.scenario import read_setting


def test_a_block_is_what_the_simulator_gives_under_the_changed_compact(toy, panel, model) -> None:
    changes = {"simulate.parameters.audit": 0.9}

    found = model(changes, 10, 20)

    expected = run_block(replace_values(toy, changes), panel=panel, first=10, count=20, seed=7)
    assert set(model.outcomes) == set(found) == {*expected, "late_share"}
    for name, values in expected.items():
        np.testing.assert_array_equal(values, found[name])


def test_technology_does_not_change_with_incentives(toy, panel, model) -> None:
    """Without promotion effort falls; the attention unit in which frictions and floors are counted stays."""
    changed = replace_values(toy, {"simulate.parameters.prize": 0.0})
    unit = read_setting(toy, panel=panel).attention

    found = model({"simulate.parameters.prize": 0.0}, 0, 20)["cooperation"]

    kept, own = read_setting(changed, panel=panel, attention=unit), read_setting(changed, panel=panel)
    assert own.attention < kept.attention == unit
    expected = play(prepare(kept).design, seed=7, replications=range(20)).measured("cooperation")
    np.testing.assert_array_equal(expected, found)


def test_a_model_crosses_to_another_process_with_its_identity(model) -> None:
    copy = pickle.loads(pickle.dumps(model))

    assert copy.identity == model.identity
    np.testing.assert_array_equal(model({}, 0, 3)["trust"], copy({}, 0, 3)["trust"])


def test_seed_and_compact_change_the_identity(toy, panel, model) -> None:
    others = [CompactModel(toy, panel, 8), replace(model, compact=replace_values(toy, {"version": "9"}))]
    others += [Fixed(model, {"simulate.parameters.prize": 0.0})]

    assert 4 == len({one.identity for one in [model, *others]})
    assert model_version().startswith("0.")


def test_what_is_fixed_overrides_the_design(model) -> None:
    fixed = Fixed(model, {"simulate.parameters.audit": 0.9})

    found = fixed({"simulate.parameters.audit": 0.1}, 0, 5)

    np.testing.assert_array_equal(model({"simulate.parameters.audit": 0.9}, 0, 5)["trust"], found["trust"])
    assert fixed.outcomes == model.outcomes


def test_losers_are_named_or_nobody_is(model) -> None:
    assert "无" == model.name_losers({}).zh or "市" in model.name_losers({}).zh


def test_rules_that_cannot_be_simulated_are_refused(model) -> None:
    with pytest.raises(JingheError):
        model({"simulate.parameters.spillover": 9.0}, 0, 2)


def test_the_late_share_is_that_of_the_last_two_fifths_and_open_without_effort() -> None:
    found = late_share(np.array([[1.0, 1.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 1.0, 1.0], [0.0] * 5]))

    np.testing.assert_allclose(found, [0.4, 1.0, np.nan])

from __future__ import annotations

from dataclasses import fields

import pytest

from jinghe.errors import RuleError
from jinghe.simulation.parameters import PRESETS, Parameters, read_parameters


def test_given_values_take_the_place_of_the_presets() -> None:
    found = read_parameters("zhou", {"prize": 2, "promotion_slots": 5})

    assert (found.prize, found.promotion_slots, found.sharing) == (2.0, 5.0, PRESETS["zhou"].sharing)


def test_preset_stands_when_nothing_is_given() -> None:
    assert read_parameters("zhou", {}) == Parameters()


def test_all_faults_are_told_at_once_with_the_nearest_name() -> None:
    given = {"prise": 1.0, "sharing": 1.2, "promotion_slots": 2.5, "noise": "loud", "audit": True}

    with pytest.raises(RuleError) as caught:
        read_parameters("zhou", given)

    found = [(p.code, p.place.path) for p in caught.value.problems]
    assert found == [
        ("parameter-unknown", "simulate.parameters.prise"),
        ("parameter-range", "simulate.parameters.sharing"),
        ("parameter-range", "simulate.parameters.promotion_slots"),
        ("parameter-range", "simulate.parameters.noise"),
        ("parameter-range", "simulate.parameters.audit"),
    ]
    assert caught.value.problems[0].text("en") == (
        "simulate.parameters.prise: there is no model parameter “prise”. The nearest is prize. Correct the name."
    )
    assert caught.value.problems[1].text("zh") == (
        "simulate.parameters.sharing：参数值为 1.2。取值在 0 与 1 之间；名额与次数须为整数。请改正参数值。"
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), None])
def test_what_is_no_number_is_refused(value) -> None:
    with pytest.raises(RuleError):
        read_parameters("zhou", {"prize": value})


def test_unknown_preset_names_those_that_exist() -> None:
    with pytest.raises(RuleError) as caught:
        read_parameters("full", {})

    assert caught.value.problems[0].text("en") == (
        "simulate.preset: there is no preset “full”. The presets are zhou. Use one of them."
    )


@pytest.mark.parametrize("name", [field.name for field in fields(Parameters)])
def test_default_lies_in_its_own_range(name) -> None:
    assert read_parameters("zhou", {name: getattr(Parameters(), name)}) == Parameters()

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from jinghe.errors import RuleError
from jinghe.simulation.parameters import CHOICES, FORMS, LOGIT, PRESETS, Parameters, mix_modes, read_parameters, to_row


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
        read_parameters("taiyuan", {})

    assert caught.value.problems[0].text("en") == (
        "simulate.preset: there is no preset “taiyuan”. The presets are zhou, shanxi, full. Use one of them."
    )


@pytest.mark.parametrize("name", [field.name for field in fields(Parameters)])
def test_default_lies_in_its_own_range(name) -> None:
    words = {"choice": CHOICES, "joint_form": FORMS}
    value = getattr(Parameters(), name)

    assert read_parameters("zhou", {name: words[name][int(value)] if name in words else value}) == Parameters()


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_lies_in_the_ranges(preset) -> None:
    numbers = {
        f.name: getattr(PRESETS[preset], f.name) for f in fields(Parameters) if f.name not in ("choice", "joint_form")
    }

    assert read_parameters(preset, numbers) == PRESETS[preset]


def test_a_word_is_kept_as_its_place_and_an_unknown_one_names_the_choices() -> None:
    assert read_parameters("zhou", {"choice": "logit"}).choice == LOGIT

    with pytest.raises(RuleError) as caught:
        read_parameters("zhou", {"choice": "guess"})

    assert caught.value.problems[0].text("en") == (
        "simulate.parameters.choice: the parameter is “guess”. "
        "It is one of nash, logit, qre, imitate, fixed. Use one of them."
    )


def test_modes_of_governance_must_sum_to_one() -> None:
    with pytest.raises(RuleError) as caught:
        read_parameters("zhou", {"horizontal": 0.5, "vertical": 0.2})

    assert [p.code for p in caught.value.problems] == ["modes-sum"]


def test_an_even_mix_of_the_three_modes_changes_nothing() -> None:
    even = replace(Parameters(), horizontal=1 / 3, vertical=1 / 3, network=1 / 3)

    mixed = mix_modes(even)

    assert to_row(mixed)[:-4] == pytest.approx(to_row(Parameters())[:-4])


def test_vertical_governance_inspects_more_and_diffuses_less_than_a_network() -> None:
    base = replace(Parameters(), diffusion=0.2)
    vertical, network = (mix_modes(replace(base, **{mode: 1.0})) for mode in ("vertical", "network"))

    assert vertical.inspection > network.inspection
    assert vertical.friction > network.friction
    assert vertical.diffusion < network.diffusion


@pytest.mark.parametrize("name", ["noise", "measure_noise"])
def test_a_contest_without_noise_is_refused_with_the_reason(name) -> None:
    with pytest.raises(RuleError) as caught:
        read_parameters("zhou", {name: 0})

    assert [(p.code, p.place.path) for p in caught.value.problems] == [("noise-none", f"simulate.parameters.{name}")]
    assert "a little more effort always wins" in caught.value.problems[0].text("en")

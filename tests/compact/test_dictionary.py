from __future__ import annotations

import re
from dataclasses import fields

import pytest

from jinghe.compact.dictionary import find_field, read_branches, read_fields
from jinghe.contest import aggregate, credit_rule, impute, normalise, register, scheme, treat
from jinghe.contract import FORMS
from jinghe.panel import COLUMNS, OPTIONAL, STATUSES
from jinghe.region import GROUP_KINDS, LEVELS
from jinghe.sharing.shape import BLOCKS
from jinghe.simulation.parameters import PRESETS, Parameters
from jinghe.source import KINDS

TYPES = "map list tree any text string id integer number share boolean date code period file money group source path"


def choices(path: str) -> tuple[str, ...]:
    return next(field.choices for field in read_fields() if field.path == path)


def columns(table: str) -> tuple[str, ...]:
    return tuple(field.pattern[-1] for field in read_fields() if field.document == table)


def test_every_field_is_named_in_both_languages_and_has_a_known_type():
    for field in read_fields():
        assert field.label.zh, field.path
        assert field.label.en, field.path
        assert bool(field.help.zh) == bool(field.help.en), field.path
        assert field.type.removeprefix("list ").removeprefix("dated ") in TYPES.split(), field.path
        assert re.search("[一-鿿]", field.label.zh), field.path


def test_every_field_stands_once():
    paths = [field.path for field in read_fields()]

    assert len(paths) == len(set(paths))


@pytest.mark.parametrize(
    "steps, path",
    [
        (("contest", "weights", "growth"), "contest.weights.*"),
        (("contracts", 3), "contracts[]"),
        (("contracts", 3, "participants", 1), "contracts[].participants"),
        (("contest", "tree", "index", "growth"), "contest.tree"),
        (("agreements", 0), "agreements[]"),
        (("agreements", 0, "parameters", "x", "values", 1, "value"), "agreement:parameters.*.values[].value"),
        (("simulate", "parameters", "noise"), "simulate.parameters.noise"),
    ],
)
def test_a_place_finds_its_field(steps, path):
    assert find_field(steps).path == path


@pytest.mark.parametrize(
    "steps",
    [
        ("contests",),
        ("version", "x"),
        ("simulate", "parameters", "luck"),
    ],
)
def test_a_place_that_is_not_described_finds_none(steps):
    assert find_field(steps) is None


@pytest.mark.parametrize(
    "path, known",
    [
        ("sources:*.kind", KINDS),
        ("agreement:sources.*.kind", KINDS),
        ("contracts[].form", FORMS),
        ("contest.level", LEVELS),
        ("contest.credit.rule", credit_rule.RULES),
        ("contest.steps[].impute.method", impute.IMPUTATIONS),
        ("contest.steps[].treat.then", treat.TRANSFORMS),
        ("contest.steps[].weigh.*", scheme.SCHEMES),
        ("contest.steps[].normalise.default", normalise.NORMALISATIONS),
        ("contest.steps[].aggregate.*", aggregate.AGGREGATIONS),
        ("agreement:clauses[].block", BLOCKS),
        ("groups.csv:kind", GROUP_KINDS),
        ("jurisdictions.csv:level", LEVELS),
        ("joint_items.csv:status", register.STATUSES),
        ("observations.csv:status", STATUSES),
        ("simulate.preset", PRESETS),
    ],
)
def test_the_choices_are_those_of_the_rooms(path, known):
    assert choices(path) == tuple(known)


def test_the_parameters_of_the_simulation_are_those_of_the_model():
    listed = read_branches()[""].below["simulate"].below["parameters"].keys

    assert listed == tuple(field.name for field in fields(Parameters))


def test_the_columns_of_the_observations_are_those_the_panel_reads():
    assert columns("observations.csv") == COLUMNS + OPTIONAL

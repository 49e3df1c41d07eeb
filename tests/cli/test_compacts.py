"""A compact as text."""

import json

import pytest
from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("case", ["toy", "shanxi"])
def test_the_cases_that_ship_are_sound(case):
    result = call("check", case, "--lang", "en")

    assert 0 == result.exit_code
    assert result.output.endswith("✓ The compact is sound.\n")


def test_check_prints_json_for_programs():
    found = json.loads(call("check", "shanxi", "--json").output)

    assert {"note"} == {item["level"] for item in found}
    assert {"code", "level", "place", "zh", "en"} == set(found[0])


def test_diff_says_in_words_what_differs():
    assert "The two compacts are the same.\n" == call("diff", "toy", "toy", "--lang", "en").output
    assert 5 < len(call("diff", "toy", "shanxi", "--lang", "zh").output.splitlines())

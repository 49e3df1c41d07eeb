"""The forecast, as a person asks for it."""

import pytest
from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_simulate_compares_the_alternatives():
    result = call("simulate", "toy", "--replications", "20", "--lang", "zh")

    assert 0 == result.exit_code
    assert "本契约" in result.output
    assert "未校准" in result.output


@pytest.mark.slow
def test_validate_passes_and_says_so():
    result = call("validate", "--lang", "en")

    assert 0 == result.exit_code
    assert "✗" not in result.output

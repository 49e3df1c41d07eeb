"""Pages made from exploration, as a person asks for them."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jinghe.cli import app

DOCS = Path(__file__).parents[2] / "docs" / "shanxi"
SETTINGS = """
horizon: 4
replications: 6
scenarios: 2
uncertain: {simulate.parameters.prize: [0.5, 1.5], simulate.parameters.joint_value: [5, 9]}
steps:
  - {id: bare, label: {zh: 无契约, en: No contracts}, without: [packaged, special]}
  - {id: own, label: {zh: 现状, en: As it stands}}
withdrawal: {levers: [packaged], on: 2023-01-01, cases: [{id: own, label: {zh: 现状, en: As it stands}}]}
observed_years: 3
targets: [{outcome: cooperation, label: {zh: 某数, en: A figure}, observed: 0.5, error: 0.1}]
"""


@pytest.fixture
def settings(tmp_path):
    file = tmp_path / "explore.yaml"
    file.write_text(SETTINGS, encoding="utf-8")
    return str(file)


def call(*words):
    return CliRunner().invoke(app, ["explore", *words])


def test_a_study_writes_pages_and_pictures_in_both_languages(settings, tmp_path):
    out = tmp_path / "out"

    result = call("study", "toy", "--settings", settings, "--out", str(out), "--lang", "en")

    assert 0 == result.exit_code, result.output
    files = {"study.zh.md", "study.en.md"} | {
        f"{n}.{lang}.svg" for n in ("steps", "withdrawal") for lang in ("zh", "en")
    }
    assert files == {file.name for file in out.iterdir()}
    page = (out / "study.zh.md").read_text(encoding="utf-8")
    assert "未校准" in page
    assert "![逐项加措施](steps.zh.svg)" in page
    assert "jinghe explore study toy --replications 6" in page


def test_two_steps_are_compared_until_it_is_sure(settings):
    result = call("compare", "toy", "own", "bare", "--settings", settings, "--json")

    section = json.loads(result.output)
    assert ["with promotion", "λ = 0"] == [row[0]["en"] for row in section["tables"][0]["rows"]]


def test_an_unknown_step_or_outcome_is_named_with_the_nearest(settings):
    words = ("compare", "toy", "onw", "bare", "--outcome", "surplas", "--settings", settings, "--lang", "zh")

    result = call(*words)

    assert 2 == result.exit_code
    assert "“own”" in result.output
    assert "“surplus”" in result.output


@pytest.mark.slow
def test_a_calibration_shows_figures_posterior_and_what_stays_assumed(settings, tmp_path):
    words = ("--population", "20", "--simulations", "300", "--out", str(tmp_path / "out"), "--lang", "en")

    result = call("calibrate", "toy", "--settings", settings, *words)

    assert 0 == result.exit_code, result.output
    assert "A figure" in result.output
    assert "stay assumptions" in result.output
    assert {"calibration.zh.md", "calibration.en.md"} == {file.name for file in (tmp_path / "out").iterdir()}


def test_factors_are_printed_as_a_problem_of_salib(settings):
    found = json.loads(call("salib", "toy", "--settings", settings).output)

    assert 2 == found["num_vars"]
    assert [[0.0, 1.0]] * 2 == found["bounds"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_protocol_that_is_checked_in_is_what_the_code_writes(lang, tmp_path):
    file = tmp_path / "odd.md"

    result = call("odd", "shanxi", "--lang", lang, "--out", str(file))

    assert 0 == result.exit_code
    kept = (DOCS / f"odd.{lang}.md").read_text(encoding="utf-8")
    assert kept == file.read_text(encoding="utf-8"), "run scripts/pages"


@pytest.mark.slow
def test_the_study_that_is_checked_in_is_what_the_code_writes(tmp_path):
    """Numbers are printed rounded, so that another processor writes the same page."""
    page = (DOCS / "study.en.md").read_text(encoding="utf-8")
    count = re.search(r"--replications (\d+)", page)[1]

    call("study", "shanxi", "--replications", count, "--out", str(tmp_path))

    assert page == (tmp_path / "study.en.md").read_text(encoding="utf-8"), "run scripts/pages"

"""Exploration, as a person asks for it."""

import json
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from jinghe.cli import app

SETTINGS = """
points: 6
replications: 4
policies: 3
scenarios: 2
horizon: 4
levers: {contest.weights.collaboration: [0.1, 0.5], simulate.parameters.audit: [0, 1]}
uncertain: {simulate.parameters.prize: [0.5, 1.5]}
outcomes: [cooperation, survival]
when: cooperation<0.3
objectives: {cooperation: max}
satisfy: [survival>=0.5]
"""


@pytest.fixture
def settings(tmp_path):
    file = tmp_path / "explore.yaml"
    file.write_text(SETTINGS, encoding="utf-8")
    return str(file)


def call(*words):
    return CliRunner().invoke(app, ["explore", *words])


def test_levers_are_paths_that_may_vary():
    found = json.loads(call("levers", "toy", "--json").output)

    assert "contest.weights.collaboration" in found
    assert not [path for path in found if path.endswith((".title", ".id", ".source"))]


def test_a_sweep_is_kept_with_its_means_and_goes_on(settings, tmp_path):
    words = ("sweep", "toy", "--settings", settings, "--out", str(tmp_path / "out"), "--lang", "zh")

    first, again = call(*words), call(*words, "--replications", "6")

    assert (0, 0) == (first.exit_code, again.exit_code)
    assert "6 个方案点，各 4 次重复" in first.output
    assert "各 6 次重复" in again.output
    assert 7 == len((tmp_path / "out" / "means.csv").read_text(encoding="utf-8").splitlines())
    assert {"means.csv", "sweep", "sweep.json"} == {file.name for file in (tmp_path / "out").iterdir()}


@pytest.mark.parametrize(
    "method, points, said",
    [("morris", "2", "Morris screening"), pytest.param("sobol", "4", "Sobol", marks=pytest.mark.slow)],
)
def test_sensitivity_ranks_the_factors(settings, method, points, said):
    options = ("--method", method, "--points", points, "--outcome", "cooperation", "--lang", "en")

    result = call("sensitivity", "toy", "--settings", settings, *options)

    assert 0 == result.exit_code, result.output
    assert said in result.output
    assert "audit" in result.output


@pytest.mark.slow
def test_discovery_says_where_it_happens_or_that_it_cannot_tell(settings):
    found = call("discover", "toy", "--settings", settings, "--points", "12", "--when", "cooperation<0.45", "--json")
    never = call("discover", "toy", "--settings", settings, "--when", "cooperation<-1", "--lang", "zh")

    assert "discover" == json.loads(found.output)["id"]
    assert 2 == never.exit_code


def test_a_withdrawal_is_run_from_both_starts():
    options = ("--lever", "special", "--on", "2023-01-01", "--replications", "5")

    result = call("withdraw", "toy", *options, "--lang", "en")

    assert 0 == result.exit_code, result.output
    assert "From a low start" in result.output
    assert "Uncalibrated" in result.output


@pytest.mark.slow
def test_a_robust_choice_says_what_must_be_said(settings):
    result = call("robust", "toy", "--settings", settings, "--lang", "en")

    assert 0 == result.exit_code, result.output
    assert "λ = 0" in result.output
    assert "Who loses" in result.output


def test_identify_names_what_stays_assumed():
    result = call("identify", "toy", "--lang", "en")

    assert 0 == result.exit_code
    assert "they stay assumptions" in result.output


@pytest.mark.parametrize(
    "words, said",
    [
        (("sweep", "toy"), "varies nothing"),
        (("discover", "toy"), "no when"),
        (("withdraw", "toy"), "no withdrawal"),
        (("withdraw", "toy", "--lever", "special"), "no withdrawal.on"),
        (("withdraw", "toy", "--lever", "special", "--on", "soon"), "soon"),
        (("robust", "toy"), "varies nothing"),
        (("sensitivity", "toy", "--method", "guess"), "guess"),
        (("calibrate", "toy"), "no targets"),
        (("study", "toy"), "no steps"),
        (("compare", "toy", "a", "b"), "“a”"),
        (("levers", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_done_is_a_message_and_exit_code_2(words, said):
    result = call(*words, "--lang", "en")

    assert 2 == result.exit_code
    assert said in result.output
    assert "Traceback" not in result.output


def test_paths_that_do_not_exist_leave_nothing_behind(tmp_path):
    file, out = tmp_path / "wrong.yaml", tmp_path / "out"
    file.write_text(
        "levers: {contest.weights.colaboration: [0, 0.5], contest.weights.growth: [0, 1.5]}", encoding="utf-8"
    )

    result = call("sweep", "toy", "--settings", str(file), "--out", str(out), "--lang", "en")

    assert 2 == result.exit_code
    assert "contest.weights.collaboration" in result.output  # the nearest
    assert 2 == result.output.count("✗")
    assert not out.exists()


@pytest.mark.slow
def test_a_sweep_killed_on_the_command_line_ends_with_the_same_file(settings, tmp_path):
    command = [sys.executable, "-m", "jinghe", "explore", "sweep", "toy", "--settings", settings, "--workers", "2"]
    command += ["--points", "60", "--replications", "200"]
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    began = time.monotonic()
    subprocess.run([*command, "--out", str(whole)], check=True, capture_output=True)
    took = time.monotonic() - began

    for share in (0.3, 0.5, 0.7):
        process = subprocess.Popen([*command, "--out", str(killed)], stdout=subprocess.DEVNULL)
        time.sleep(share * took)
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run([*command, "--out", str(killed)], check=True, capture_output=True)

    assert (whole / "sweep" / "sweep.parquet").read_bytes() == (killed / "sweep" / "sweep.parquet").read_bytes()


@pytest.mark.slow
def test_a_local_cluster_gives_the_bits_of_one_process(settings, tmp_path):
    near, far = tmp_path / "near", tmp_path / "far"
    command = [sys.executable, "-m", "jinghe", "explore", "sweep", "toy", "--settings", settings]

    subprocess.run([*command, "--out", str(near)], check=True, capture_output=True)
    subprocess.run([*command, "--out", str(far), "--cluster", "local"], check=True, capture_output=True)

    assert (near / "sweep" / "sweep.parquet").read_bytes() == (far / "sweep" / "sweep.parquet").read_bytes()

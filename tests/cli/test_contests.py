"""The contest on the command line."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_score_says_what_does_not_count():
    shown = call("score", "toy", "--period", "2021", "--lang", "en").output

    assert "· Joint items: 2 of 5 registered items earn points inside 2021" in shown
    assert "· Not counted: Clean days, 1 of 3 contestants have a figure, 65% are needed" in shown


def test_score_prints_the_ranking():
    assert "City A" in call("score", "toy", "--period", "2021", "--lang", "en").output
    assert 3 == len(json.loads(call("score", "toy", "--period", "2021", "--json").output)["scores"])


def test_prizes_that_the_simulator_cannot_express_are_awarded(root, tmp_path):
    """τ-best, by chance and by lot, each to the fen."""
    folder = tmp_path / "toy"
    shutil.copytree(root / "cases/toy", folder)
    text = (folder / "compact.yaml").read_text(encoding="utf-8")
    funds = "".join(
        f"    - {{id: {rule}, label: {rule}, kind: special_fund, amount: 10000.01 CNY, rule: {rule}, top: 1}}\n"
        for rule in ("tau_best", "proportional", "lottery")
    )
    (folder / "compact.yaml").write_text(text.replace("  prizes:\n", "  prizes:\n" + funds), encoding="utf-8")

    part = json.loads(call("score", str(folder), "--period", "2021", "--prizes", "--json").output)

    rows = part["awards"]["tables"][0]["rows"]
    for rule in ("tau_best", "proportional", "lottery"):
        assert 1000001 == sum(row[2] for row in rows if row[0]["en"] == rule)
    shown = call("score", str(folder), "--period", "2021", "--prizes", "--lang", "zh").output
    assert "奖励" in shown
    assert "协同专项资金" in shown


def test_score_says_what_is_illustrative():
    shown = call("score", "shanxi", "--lang", "zh").output

    assert "! 协同考核的权重和起算日期从未公布" in shown
    assert "! 登记的是见诸报端的事项" in shown


@pytest.mark.slow
def test_sensitivity_divides_the_spread_among_the_choices_until_it_is_known():
    shown = call("sensitivity", "toy", "--period", "2021", "--lang", "en").output

    assert "by how much ranks move on average" in shown
    assert "normalisation method" in shown
    assert "converged." in shown


@pytest.mark.slow
def test_sensitivity_with_json_is_the_section_alone():
    found = json.loads(call("sensitivity", "toy", "--period", "2021", "--target", "990100", "--json").output)

    assert "sensitivity" == found["id"]
    assert ["weights", "normalisation method", "errors of the figures"] == [
        row[0]["en"] for row in found["tables"][0]["rows"]
    ]


def test_an_unknown_target_is_a_message():
    result = call("sensitivity", "toy", "--period", "2021", "--target", "nobody", "--lang", "en")

    assert 2 == result.exit_code
    assert "nobody" in result.stderr

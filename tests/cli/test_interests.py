"""Interests on the command line."""

import json

from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_compare_puts_one_project_under_ten_rules_and_more(root):
    project = str(root / "cases/toy/projects/park.yaml")

    found = json.loads(call("compare", project, "--json").output)
    assert 10 < len(found["comparison"]["rows"])
    assert "谁会退出" in call("compare", project, "--lang", "zh").output


def test_probe_finds_where_a_little_more_pays():
    shown = call("probe", "toy", "--period", "2022", "--lang", "en").output

    assert "gains CNY 1,100,000.00 at once" in shown
    assert 2 == len(json.loads(call("probe", "toy", "--period", "2022", "--json").output))


def test_dispute_prints_the_one_table():
    assert "| claimed | respondent | reply |" in call("dispute", "--lang", "en").output


def test_settle_by_what_was_known_on_a_day():
    before = call("settle", "toy", "--period", "2021", "--as-of", "2021-01-01", "--lang", "en")

    assert 0 == before.exit_code
    assert before.output != call("settle", "toy", "--period", "2021", "--lang", "en").output

"""Surveys on the command line."""

import json

import pytest
from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def plan(root):
    return str(root / "cases/chuanyu/survey.yaml")


def test_check_says_what_is_remarkable_and_that_nothing_is_wrong(plan):
    result = call("survey", "check", plan, "--lang", "en")

    assert 0 == result.exit_code
    assert "2236" in result.output, "straight-lining"
    assert result.output.endswith("✓ The survey is sound.\n")


def test_tables_and_comparisons_are_printed_and_say_that_answers_are_synthetic(plan):
    tables = json.loads(call("survey", "tables", plan, "--json").output)

    assert {"id", "title", "columns", "rows", "methods"} <= set(tables[0])
    shown = call("survey", "compare", plan, "--lang", "zh").output
    assert "合成数据" in shown
    assert "Welch" in shown


@pytest.mark.slow
def test_report_writes_a_document_and_a_workbook(plan, tmp_path):
    assert 0 == call("survey", "report", plan, "--out", str(tmp_path / "deep"), "--lang", "zh").exit_code
    assert {"report.docx", "report.xlsx"} == {path.name for path in (tmp_path / "deep").iterdir()}


def test_a_plan_that_is_not_there_is_a_message(tmp_path):
    assert 2 == call("survey", "tables", str(tmp_path / "no.yaml")).exit_code

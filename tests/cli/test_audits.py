"""A contest under examination, on the command line."""

import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_audit_has_ten_steps_and_a_verdict_each():
    found = json.loads(call("audit", "toy", "--period", "2021", "--json").output)

    assert 10 == len(found["tables"][0]["rows"])
    assert "十步检查清单" in call("audit", "toy", "--period", "2021", "--lang", "zh").output


def test_explain_says_why_in_words():
    shown = call("explain", "toy", "甲市", "--period", "2021", "--lang", "zh").output

    assert shown.startswith("甲市2021年")
    assert shown == call("explain", "toy", "990100", "--period", "2021", "--lang", "zh").output


def test_export_writes_data_tree_and_stages(tmp_path):
    call("export", "toy", "--period", "2021", "--out", str(tmp_path / "toy.xlsx"))

    assert {"iData", "iMeta"} <= set(load_workbook(tmp_path / "toy.xlsx").sheetnames)


@pytest.mark.parametrize(
    "words", [("audit", "chuanyu"), ("explain", "toy", "nowhere"), ("explain", "toy", "甲市", "nothing")]
)
def test_what_is_not_there_is_a_message(words):
    result = call(*words)

    assert 2 == result.exit_code
    assert "✗" in result.stderr

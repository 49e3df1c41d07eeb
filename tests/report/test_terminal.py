"""Tables in the terminal."""

import io

import pytest
from rich.console import Console

from jinghe.report import terminal


def _shown(document, lang):
    console = Console(file=io.StringIO(), width=140)
    for table in terminal.tables(document, lang):
        console.print(table)
    return console.file.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_main_job_shows_ranks_statements_lights_and_stage(document, lang):
    shown = _shown(document, lang)

    assert all(j["name"][lang] in shown for j in document["jurisdictions"] if j["level"] == "prefecture")
    assert document["settlements"][0]["title"][lang] in shown
    assert document["diagnosis"]["stage"]["label"][lang] in shown


def test_traces_are_shown_on_request(document):
    console = Console(file=io.StringIO(), width=400)
    for line in terminal.settlement_lines(document, "zh"):
        console.print(line)

    assert document["settlements"][0]["lines"][0]["sentence"]["zh"] in console.file.getvalue().replace("\n", "")


def test_failed_checks_are_marked():
    row = {
        "name": "LR2",
        "setting": {"zh": "两城", "en": "two cities"},
        "expected": 1.0,
        "simulated": 2.0,
        "standard_errors": 9.0,
        "passed": False,
    }
    console = Console(file=io.StringIO(), width=120)
    console.print(terminal.check_table({"checks": [row]}, "en"))

    assert "✗" in console.file.getvalue()


def test_lines_of_no_amount_are_counted_and_the_seal_is_said(document):
    statement = document["settlements"][0]
    empty = statement["lines"][0] | {"amount": 0, "sentence": {"zh": "空行", "en": "an empty line"}}
    part = {"settlements": [statement | {"lines": [*statement["lines"], empty]}], "unsettled": [], "proposed": []}
    console = Console(file=io.StringIO(), width=140)
    for line in terminal.settlement_lines(part, "zh"):
        console.print(line)
    shown = console.file.getvalue()

    assert "另有 1 行金额为零，未列出。" in shown
    assert "空行" not in shown
    assert statement["seal"]["text"]["zh"] in shown

"""The main job and its parts, as a person uses them."""

import json

import pytest
from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_run_writes_the_report_and_tells_where(tmp_path):
    result = call("run", "toy", "--period", "2021", "--out", str(tmp_path), "--lang", "zh")

    assert 0 == result.exit_code
    assert "得分与名次 · 2021" in result.output
    assert str(tmp_path / "report.html") in result.output
    assert (tmp_path / "result.json").is_file()


def test_run_with_json_prints_the_document_alone(tmp_path):
    result = call("run", "toy", "--out", str(tmp_path), "--json")

    assert json.loads(result.output) == json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))


def test_settle_prints_a_sentence_a_line_for_a_published_period():
    result = call("settle", "shanxi", "--period", "2010-01..2010-09", "--lang", "zh")

    assert 0 == result.exit_code
    assert "净留存 10,037.00 万元" in result.output
    assert "太原市应扣缴 2,640.00 万元" in result.output
    assert "2010-03" not in result.output


def test_report_renders_a_stored_result_again(tmp_path):
    call("run", "toy", "--out", str(tmp_path), "--lang", "zh")
    first = (tmp_path / "report.html").read_text(encoding="utf-8")

    result = call("report", str(tmp_path / "result.json"), "--out", str(tmp_path / "again.html"), "--lang", "zh")

    assert 0 == result.exit_code
    assert first == (tmp_path / "again.html").read_text(encoding="utf-8")


def test_serve_refuses_a_case_that_does_not_exist():
    assert 2 == call("serve", "atlantis", "--lang", "en").exit_code


@pytest.mark.parametrize("words", [("run", "toy"), ("report", "RESULT")])
def test_a_place_that_cannot_be_written_is_a_message_and_not_a_traceback(tmp_path, words):
    call("run", "toy", "--out", str(tmp_path / "out"), "--lang", "zh")
    blocked = tmp_path / "file"
    blocked.write_text("kept", encoding="utf-8")
    given = [str(tmp_path / "out" / "result.json") if word == "RESULT" else word for word in words]

    result = call(*given, "--out", str(blocked / "inside"), "--lang", "zh")

    assert 2 == result.exit_code
    assert "file：无法读写此处。" in result.stderr or "inside：无法读写此处。" in result.stderr
    assert "kept" == blocked.read_text(encoding="utf-8")


def test_spans_are_shown_in_words():
    shown = call("settle", "shanxi", "--period", "2010-01..2010-09", "--lang", "en").output

    assert "· 2010-01 to 2010-09" in shown
    assert ".." not in shown.splitlines()[0]

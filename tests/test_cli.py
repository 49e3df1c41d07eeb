"""The command line, as a person uses it."""

import json

import pytest
from typer.testing import CliRunner

from jinghe import __version__
from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_the_version_is_told():
    assert f"jinghe {__version__}\n" == call("--version").output


@pytest.mark.parametrize("case", ["toy", "shanxi"])
def test_the_cases_that_ship_are_sound(case):
    result = call("check", case, "--lang", "en")

    assert 0 == result.exit_code
    assert result.output.endswith("✓ The compact is sound.\n")


def test_check_prints_json_for_programs():
    found = json.loads(call("check", "shanxi", "--json").output)

    assert {"note"} == {item["level"] for item in found}
    assert {"code", "level", "place", "zh", "en"} == set(found[0])


def test_run_writes_the_report_and_tells_where(tmp_path):
    result = call("run", "toy", "--period", "2021", "--out", str(tmp_path), "--lang", "zh")

    assert 0 == result.exit_code
    assert "得分与名次 · 2021" in result.output
    assert str(tmp_path / "report.html") in result.output
    assert (tmp_path / "result.json").is_file()


def test_run_with_json_prints_the_document_alone(tmp_path):
    result = call("run", "toy", "--out", str(tmp_path), "--json")

    assert json.loads(result.output) == json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))


def test_score_prints_the_ranking():
    assert "City A" in call("score", "toy", "--period", "2021", "--lang", "en").output
    assert 3 == len(json.loads(call("score", "toy", "--period", "2021", "--json").output)["scores"])


def test_settle_prints_a_sentence_a_line_for_a_published_period():
    result = call("settle", "shanxi", "--period", "2010-01..2010-09", "--lang", "zh")

    assert 0 == result.exit_code
    assert "净留存 10,037.00 万元" in result.output
    assert "太原市应扣缴 2,640.00 万元" in result.output
    assert "2010-03" not in result.output


def test_simulate_compares_the_alternatives():
    result = call("simulate", "toy", "--replications", "20", "--lang", "zh")

    assert 0 == result.exit_code
    assert "本契约" in result.output
    assert "未校准" in result.output


def test_validate_passes_and_says_so():
    result = call("validate", "--lang", "en")

    assert 0 == result.exit_code
    assert "✗" not in result.output


def test_diff_says_in_words_what_differs():
    assert "The two compacts are the same.\n" == call("diff", "toy", "toy", "--lang", "en").output
    assert 5 < len(call("diff", "toy", "shanxi", "--lang", "zh").output.splitlines())


def test_report_renders_a_stored_result_again(tmp_path):
    call("run", "toy", "--out", str(tmp_path), "--lang", "zh")
    first = (tmp_path / "report.html").read_text(encoding="utf-8")

    result = call("report", str(tmp_path / "result.json"), "--out", str(tmp_path / "again.html"), "--lang", "zh")

    assert 0 == result.exit_code
    assert first == (tmp_path / "again.html").read_text(encoding="utf-8")


def test_serve_refuses_a_case_that_does_not_exist():
    assert 2 == call("serve", "atlantis", "--lang", "en").exit_code


@pytest.mark.parametrize(
    "words",
    [
        ("check", "atlantis"),
        ("run", "toy", "--period", "1999"),
        ("run", "toy", "--period", "soon"),
        ("run", "toy", "--on", "tomorrow"),
        ("score", "toy", "--lang", "fr"),
        ("report", "nowhere.json"),
    ],
)
def test_a_users_fault_is_a_message_and_exit_code_2(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    result = call(*words)

    assert 2 == result.exit_code
    assert "Traceback" not in result.output
    assert [] == list(tmp_path.iterdir()), "nothing may be written"


def test_words_in_brackets_are_no_markup():
    """Rich would swallow `[press]`, the kind of a source."""
    assert "[synthetic]" in call("settle", "toy", "--period", "2021", "--lang", "en").output


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


def test_score_says_what_is_illustrative():
    shown = call("score", "shanxi", "--lang", "zh").output

    assert "! 协同考核的权重和起算日期从未公布" in shown
    assert "! 登记的是见诸报端的事项" in shown


def test_spans_are_shown_in_words():
    shown = call("settle", "shanxi", "--period", "2010-01..2010-09", "--lang", "en").output

    assert "· 2010-01 to 2010-09" in shown
    assert ".." not in shown.splitlines()[0]


def test_recalc_finds_the_table_that_contradicts_itself(root):
    """C8: F(2, 4810) = 2.35 gives p ≈ 0.095, not 0.003."""
    result = call("recalc", str(root / "cases/chuanyu/claims.yaml"), "--json")

    found = {
        item["claim"]["id"] if isinstance(item["claim"], dict) else item["claim"]: item
        for item in json.loads(result.output)
    }
    assert 1 == result.exit_code
    assert ("inconsistent", True) == (found["t3.phases"]["status"], found["t3.phases"]["decision_error"])
    assert ("inconsistent", False) == (found["t4.necessity"]["status"], found["t4.necessity"]["decision_error"])
    assert "conditional" == found["t4.meaning"]["status"]
    assert "consistent" == found["t5.initiative"]["status"]


def test_recalc_says_the_verdicts_in_words(root):
    shown = call("recalc", str(root / "cases/chuanyu/claims.yaml"), "--lang", "zh").output

    assert "✗ 矛盾" in shown
    assert "无法检验" in shown


def test_recalc_refuses_a_file_that_is_not_there():
    assert 2 == call("recalc", "nowhere.yaml").exit_code

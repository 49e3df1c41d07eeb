"""Interests on the command line."""

import json
import shutil

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


def test_seal_gives_the_line_that_makes_a_statement_say_sealed(root, tmp_path):
    case = shutil.copytree(root / "cases/toy", tmp_path / "toy")
    shown = call("seal", str(case), "--on", "2020-12-01", "--lang", "zh").output
    (line,) = [line for line in shown.splitlines() if "sealed:" in line][:1]
    file = case / "agreements/toy-park.yaml"
    file.write_text(file.read_text(encoding="utf-8") + line.strip() + "\n", encoding="utf-8")

    said = call("settle", str(case), "--period", "2022", "--lang", "zh").output
    assert "规则已于 2020-12-01 封存，先于本期数据，此后未改动。" in said
    assert "已于 2020-12-01 封存，此后未改动。" in call("seal", str(case), "--lang", "zh").output

    file.write_text(file.read_text(encoding="utf-8").replace('value: "1/2"', 'value: "2/5"'), encoding="utf-8")

    changed = json.loads(call("seal", str(case), "--json").output)[0]
    assert ("changed", "2020-12-01") == (changed["state"], changed["on"])
    assert "此后有改动" in call("settle", str(case), "--period", "2022", "--lang", "zh").output


def test_what_is_still_open_cannot_be_sealed():
    assert "1 choice is open: nothing to seal yet." in call("seal", "chuanyu", "--lang", "en").output


def test_templates_say_what_they_rest_on():
    rows = {row["name"]: row for row in json.loads(call("templates", "--json").output)}

    assert 24 == len(rows)
    assert ["assumed"] == rows["xinan_p"]["rests_on"]
    assert 4 == rows["xinan_p"]["open"]
    shown = call("templates", "--lang", "zh").output
    assert "假定" in next(line for line in shown.splitlines() if "xinan_p" in line)


def test_a_template_is_printed_to_be_filled_in():
    assert "agreement: T12_xinan_p" in call("templates", "xinan_p").output
    assert "there is no" not in call("templates", "xinan_q").output
    assert 2 == call("templates", "xinan_q").exit_code


def test_a_wrong_day_is_told_by_its_option():
    assert "--as-of" in call("settle", "toy", "--as-of", "2022-13-01", "--lang", "en").output


def test_dispute_prints_the_one_table():
    assert "| claimed | respondent | reply |" in call("dispute", "--lang", "en").output


def test_settle_by_what_was_known_on_a_day():
    before = call("settle", "toy", "--period", "2021", "--as-of", "2021-01-01", "--lang", "en")

    assert 0 == before.exit_code
    assert before.output != call("settle", "toy", "--period", "2021", "--lang", "en").output


def test_probe_says_when_there_is_nothing_to_probe():
    result = call("probe", "chuanyu", "--lang", "zh")

    assert 0 == result.exit_code
    assert "没有可诊断的协议" in result.output

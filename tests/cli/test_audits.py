"""A contest under examination, on the command line."""

import json
import shutil

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from jinghe.cli import app

CLAIMS = """item,reporter,kind,value,unit,vintage,source,note
T1,990100,claim,12,公里,2021-06-01,toy,
T1,990200,claim,8,公里,2021-06-02,toy,
"""


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_audit_has_ten_steps_and_a_verdict_each():
    found = json.loads(call("audit", "toy", "--period", "2021", "--json").output)

    assert 10 == len(found["tables"][0]["rows"])
    assert "十步检查清单" in call("audit", "toy", "--period", "2021", "--lang", "zh").output


def test_explain_says_why_in_words():
    shown = call("explain", "toy", "甲市", "--period", "2021", "--lang", "zh").output

    assert shown.startswith("甲市2021年")
    for word in ("990100", "甲"):
        assert shown == call("explain", "toy", word, "--period", "2021", "--lang", "zh").output
    dropped = call("explain", "toy", "甲市", "clean_days", "--period", "2021", "--lang", "zh").output
    assert dropped.startswith("甲市的“优良天数”未计入：3 个地区中 1 个有数据")


def test_all_speak_of_the_scores_that_are_awarded(root, tmp_path):
    """Partners' reports and all that varies count in explanation, audit and workbook as they do in the scores."""
    folder = tmp_path / "toy"
    shutil.copytree(root / "cases/toy", folder)
    text = (folder / "compact.yaml").read_text(encoding="utf-8")
    text = text.replace("credit: {rule: contribution}", "credit: {rule: contribution, mirror_penalty: 0.5}")
    text = text.replace("  prizes:", "  uncertainty: [{path: contest.weights, within: 0.9}]\n  prizes:")
    text = text.replace("data/progress.csv}", "data/progress.csv, claims: data/claims.csv}")
    (folder / "compact.yaml").write_text(text, encoding="utf-8")
    (folder / "data/claims.csv").write_text(CLAIMS, encoding="utf-8")
    common = (str(folder), "--period", "2021")
    given = json.loads(call("score", *common, "--json").output)["scores"]
    city = next(one for one in given if one["code"] == "990100")

    told = call("explain", *common, "甲市", "--lang", "en").output
    call("export", *common, "--out", str(tmp_path / "toy.xlsx"))
    rows = load_workbook(tmp_path / "toy.xlsx")["Aggregated"].iter_rows(values_only=True)
    index = dict(zip(next(rows), next(row for row in rows if row[0] == "990100"), strict=True))["index"]

    assert f"scores {city['score']:.1f} " in told
    assert f"interval from {city['low']} to {city['high']}" in told
    assert city["score"] == pytest.approx(index, rel=1e-12)


def test_export_writes_data_tree_and_stages(tmp_path):
    call("export", "toy", "--period", "2021", "--out", str(tmp_path / "toy.xlsx"))

    assert {"iData", "iMeta"} <= set(load_workbook(tmp_path / "toy.xlsx").sheetnames)


def test_export_goes_by_the_ending_and_import_takes_it_back(tmp_path):
    for name, words in (("a.xlsx", ()), ("b.csv", ()), ("c.parquet", ("--layout", "wide"))):
        call("export", "toy", "--period", "2022", "--out", str(tmp_path / name), *words)
        assert (tmp_path / name).stat().st_size > 0
    refused = call("export", "toy", "--out", str(tmp_path / "d.txt"), "--lang", "en")
    assert (2, True) == (refused.exit_code, "The choices are .xlsx, .csv, .parquet." in refused.stderr)

    made = ("import-index", str(tmp_path / "a.xlsx"), "--out", str(tmp_path / "case"), "--known", "2023-03-31")
    assert 0 == call(*made).exit_code
    given = json.loads(call("score", str(tmp_path / "case"), "--json").output)["scores"]
    assert ["990100", "990200", "990300"] == [one["code"] for one in given]
    assert 2 == call(*made).exit_code, "a case is not written over"


@pytest.mark.parametrize(
    "words", [("audit", "chuanyu"), ("explain", "toy", "nowhere"), ("explain", "toy", "甲市", "nothing")]
)
def test_what_is_not_there_is_a_message(words):
    result = call(*words)

    assert 2 == result.exit_code
    assert "✗" in result.stderr

"""Evidence, as a person checks it."""

import json

from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


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

    assert "✗ 表3 协同推进标准化情况：矛盾，结论颠倒" in shown
    assert "矛盾 2、有条件一致 1、一致 4、无法检验 1" in shown


def test_recalc_says_what_follows_from_the_table_that_contradicts_itself(root, monkeypatch):
    """The bound of identical answers is the finding that matters most; it stands below the verdict."""
    monkeypatch.setenv("COLUMNS", "200")
    shown = call("recalc", str(root / "cases/chuanyu/claims.yaml"), "--lang", "en").output

    assert "at least 1915 of 2406 respondents (79.6%) gave identical answers" in shown
    assert "if the p is true (F [5.6616, 5.9989]), at least 2203 (91.6%)" in shown
    assert "it agrees only if each pair has its own error term" in shown
    assert max(map(len, shown.splitlines())) <= 200


def test_recalc_refuses_a_file_that_is_not_there():
    assert 2 == call("recalc", "nowhere.yaml").exit_code


def test_recalc_reads_the_text_of_a_paper_and_a_pasted_table(tmp_path):
    (tmp_path / "paper.txt").write_text(
        "表1 甲\n区域\tN\tM\tSD\tt\tp\n甲\t284\t4.48\t0.81\t0.07\t0.99\n乙\t2122\t4.48\t0.80\n"
    )
    (tmp_path / "table.csv").write_bytes("统计量,F,df,p\n阶段,2.35,2;4810,0.003\n".encode("utf-8-sig"))
    (tmp_path / "empty.txt").write_text("没有统计量")
    (tmp_path / "gb.txt").write_bytes("没有统计量".encode("gb18030"))

    text, table = (call("recalc", str(tmp_path / name), "--lang", "zh") for name in ("paper.txt", "table.csv"))

    assert (text.exit_code, table.exit_code) == (1, 1)
    assert "✗ 表1 甲" in text.output
    assert "结论颠倒" in table.output
    for name, words in (("empty.txt", "找不到可核对"), ("gb.txt", "UTF-8"), ("no.txt", "找不到文件")):
        result = call("recalc", str(tmp_path / name), "--lang", "zh")
        assert result.exit_code == 2
        assert words in result.output

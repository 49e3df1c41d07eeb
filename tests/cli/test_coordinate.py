"""Coordination on the command line."""

import json
import shutil

import networkx as nx
import pytest
from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_suggest_lists_the_eight_candidates_and_says_that_people_decide():
    found = json.loads(call("crosswalk", "suggest", "chuanyu", "--json").output)

    assert 8 == len(found)
    assert "须经人审定" in call("crosswalk", "suggest", "chuanyu", "--lang", "zh").output


def test_a_crosswalk_is_written_turned_round_twice_and_checked(root, tmp_path):
    file = root / "cases/chuanyu/standards/crosswalk.sssom.tsv"

    assert 0 == call("crosswalk", "check", str(file), "--case", "chuanyu").exit_code
    call("crosswalk", "invert", str(file), "--out", str(tmp_path / "once.sssom.tsv"))
    call("crosswalk", "invert", str(tmp_path / "once.sssom.tsv"), "--out", str(tmp_path / "twice.sssom.tsv"))
    assert file.read_bytes() == (tmp_path / "twice.sssom.tsv").read_bytes()
    chained = call("crosswalk", "chain", str(file), str(tmp_path / "once.sssom.tsv"))
    assert 0 == chained.exit_code
    assert "subject_id" in chained.output


def test_candidates_that_nobody_reviewed_are_told_by_check(tmp_path):
    call("crosswalk", "suggest", "chuanyu", "--out", str(tmp_path / "c.sssom.tsv"))

    assert call("crosswalk", "check", str(tmp_path / "c.sssom.tsv"), "--lang", "en").output


def test_the_network_is_shown_and_written_for_other_programs(tmp_path):
    shown = call("network", "yuqian", "--lang", "zh", "--graphml", str(tmp_path / "n.graphml"))

    assert "横向对等" in shown.output
    assert "綦江区" in [data["name_zh"] for _, data in nx.read_graphml(tmp_path / "n.graphml").nodes(data=True)]


def test_consensus_reads_votes(tmp_path):
    path = tmp_path / "votes.csv"
    rows = "".join(f"s,a,m{n},agree\ns,b,n{n},agree\n" for n in range(12))
    path.write_text("statement,jurisdiction,member,vote\n" + rows, encoding="utf-8")

    assert "agreed everywhere" in call("consensus", str(path), "--lang", "en").output


def test_diagnose_says_stage_evidence_and_what_is_missing():
    shown = call("diagnose", "chuanyu", "--lang", "zh").output

    assert "诊断：过渡阶段" in shown
    assert "地方本位" in shown
    assert "尚缺的证据" in shown


@pytest.mark.parametrize(
    "words",
    [("network", "toy"), ("code", "agreement", "toy"), ("crosswalk", "suggest", "toy"), ("consensus", "no.csv")],
)
def test_what_a_case_has_not_is_a_message_and_exit_code_2(words):
    result = call(*words)

    assert 2 == result.exit_code
    assert "✗" in result.stderr


SPOILT = {
    "another encoding": ("chuanyu", "crosswalk suggest", "standards/sichuan.csv", None, "GB18030"),
    "no justification": (
        *("chuanyu", "diagnose", "standards/crosswalk.sssom.tsv"),
        (
            "skos:exactMatch\tchongqing:YX202\t办公用房管理标准\tsemapv:ManualMappingCuration",
            "skos:exactMatch\tchongqing:YX202\t\t",
        ),
        "没有写明认定依据",
    ),
    "a ring of broader": (
        *("chuanyu", "diagnose", "standards/crosswalk.sssom.tsv"),
        (
            "sichuan:SC-T4\t符号与标志标准\tskos:exactMatch\tsssom:NoTermFound",
            "chongqing:YX207\t\tskos:broadMatch\tsichuan:SC-X3",
        ),
        "又回到自身",
    ),
    "one actor": ("yuqian", "network", "data/events.csv", ("500242;520627", "500242"), "只有一个参与者"),
    "an unknown actor": ("yuqian", "network", "data/events.csv", ("500242;520627", "500242;9"), "9"),
    "a moved segment": ("yuqian", "code agreement", "coding/ecology.txt", ("重庆与贵州", "渝黔"), "已不是编码时的文字"),
    "an undeclared code": ("yuqian", "code agreement", "coding/codings-1.csv", (",C2,", ",Z9,"), "Z9"),
    "one coder": ("yuqian", "code agreement", "compact.yaml", (", coding/codings-2.csv", ""), "两名以上编码者"),
    "an empty file": ("yuqian", "network", "data/events.csv", "", "缺少列"),
    "a code twice": ("chuanyu", "crosswalk suggest", "standards/sichuan.csv", ("SC-T2,", "SC-T1,"), "重复"),
    "a wrong column": ("yuqian", "network", "data/actors.csv", ("province,type", "type"), "缺少列“province”"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_spoilt_material_is_told_with_its_file_and_exit_code_2(fault, root, tmp_path):
    case, verb, name, change, message = SPOILT[fault]
    folder = tmp_path / case
    shutil.copytree(root / "cases" / case, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert change is None or isinstance(change, str) or change[0] in text
    spoilt = text if change is None else change if isinstance(change, str) else text.replace(*change)
    (folder / name).write_bytes(spoilt.encode("gb18030" if change is None else "utf-8"))

    result = call(*verb.split(), str(folder), "--lang", "zh")

    assert (2, True) == (result.exit_code, message in result.stderr), result.stderr
    assert fault == "one coder" or name in result.stderr or "segments.csv" in result.stderr
    assert "Traceback" not in result.stderr

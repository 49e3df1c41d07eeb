"""Coded documents on the command line."""

import csv
import io
import json
import shutil

from typer.testing import CliRunner

from jinghe.cli import app


def call(*words):
    return CliRunner().invoke(app, list(words))


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_agreement_of_coders_and_the_export(tmp_path):
    assert "coding" == json.loads(call("code", "agreement", "yuqian", "--json").output)["id"]
    assert "引文" in call("code", "agreement", "yuqian", "--lang", "zh").output
    assert 0 == call("code", "export", "yuqian", "--out", str(tmp_path / "p.qdpx")).exit_code
    assert (tmp_path / "p.qdpx").read_bytes().startswith(b"PK")


def test_documents_are_split_as_the_case_has_them(root):
    folder = root / "cases/yuqian/coding"

    result = call("code", "split", str(folder / "documents.csv"))

    assert 0 == result.exit_code
    assert (folder / "segments.csv").read_text(encoding="utf-8") == result.output
    sentences = rows_of(call("code", "split", str(folder / "documents.csv"), "--unit", "sentence").output)
    assert len(sentences) > len(rows_of(result.output))


def test_what_left_for_another_program_comes_back_the_same(root, tmp_path):
    call("code", "export", "yuqian", "--out", str(tmp_path / "p.qdpx"))

    result = call("code", "import", "yuqian", str(tmp_path / "p.qdpx"))

    sent = [row for n in (1, 2) for row in rows_of((root / f"cases/yuqian/coding/codings-{n}.csv").read_text("utf-8"))]
    assert 0 == result.exit_code
    assert {(r["coder"], r["segment"], r["code"]) for r in sent} == {
        (r["coder"], r["segment"], r["code"]) for r in rows_of(result.output)
    }


def test_highlights_of_taguette_are_laid_on_the_segments(root, tmp_path):
    first = (root / "cases/yuqian/coding/opening.txt").read_text(encoding="utf-8").splitlines()[0]
    file = tmp_path / "highlights.csv"
    file.write_text(f"id,document,tag,content\n1,opening,C2,{first}\n", encoding="utf-8")

    result = call("code", "import", "yuqian", str(file), "--coder", "third", "--lang", "en")

    assert [("third", "opening-0001", "C2")] == [(r["coder"], r["segment"], r["code"]) for r in rows_of(result.stdout)]


def test_a_file_of_another_kind_is_told(tmp_path):
    (tmp_path / "codes.docx").write_bytes(b"PK")

    result = call("code", "import", "yuqian", str(tmp_path / "codes.docx"), "--lang", "en")

    assert 2 == result.exit_code
    assert "a file of kind “.docx” cannot be read" in result.stderr


def test_a_document_that_differs_from_the_case_is_told(root, tmp_path):
    case = tmp_path / "yuqian"
    shutil.copytree(root / "cases/yuqian", case)
    call("code", "export", str(case), "--out", str(tmp_path / "p.qdpx"))
    text = case / "coding/opening.txt"
    text.write_text(text.read_text(encoding="utf-8") + "补。\n", encoding="utf-8")

    result = call("code", "import", str(case), str(tmp_path / "p.qdpx"), "--lang", "zh")

    assert 2 == result.exit_code
    assert "文献“登记事项：开放协作机制”与案例所载不同" in result.stderr


def test_disputes_become_a_form_and_its_rulings_are_read(root, tmp_path):
    case = tmp_path / "yuqian"
    shutil.copytree(root / "cases/yuqian", case)

    form = rows_of(call("code", "disputes", str(case)).output)

    assert len(form) > 40
    assert all(row["words"] and row["applied_by"] and row["left_by"] and not row["applies"] for row in form)
    ruled = [row | {"applies": "yes", "by": "office", "reason": "as the text says", "on": "2026-11-22"} for row in form]
    with (case / "coding/rulings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ruled[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(ruled)
    compact = case / "compact.yaml"
    text = compact.read_text(encoding="utf-8").replace("  codings:", "  rulings: coding/rulings.csv\n  codings:")
    compact.write_text(text, encoding="utf-8")
    assert [] == rows_of(call("code", "disputes", str(case)).output)

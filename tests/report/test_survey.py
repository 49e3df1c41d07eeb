"""The report of a survey."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from jinghe.compact import read_tree
from jinghe.errors import DataError
from jinghe.report.survey import survey_lead, title_tables, write_survey_report
from jinghe.survey import Row, make_tables, open_survey

CASE = Path(__file__).parents[2] / "cases" / "chuanyu"


@pytest.fixture(scope="module")
def survey():
    return open_survey(read_tree(CASE / "survey.yaml"), folder=CASE)


@pytest.fixture(scope="module")
def tables(survey):
    return make_tables(survey.responses, plan=survey.plan)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_case_is_written_in_both_forms_and_languages(survey, tables, tmp_path, lang):
    paths = {"docx": tmp_path / "r.docx", "xlsx": tmp_path / "r.xlsx"}

    lead = survey_lead(survey.responses, survey.plan)
    write_survey_report(tables, title=survey.plan.title, lead=lead, lang=lang, **paths)
    text = "\n".join(paragraph.text for paragraph in Document(str(paths["docx"])).paragraphs)

    assert text.count("方法：" if lang == "zh" else "Method:") == len(tables)
    assert ("合成数据" if lang == "zh" else "synthetic") in text
    assert len(load_workbook(paths["xlsx"]).sheetnames) == 1 + len(tables)


def test_a_table_that_contradicts_itself_stops_the_report(tables, tmp_path):
    found = next(table for table in tables if table.id.startswith("compare.necessity.meaning.welch"))
    at = found.column("p")
    cells = found.rows[0].cells
    wrong = replace(found, rows=(Row((*cells[:at], 0.003, *cells[at + 1 :])), *found.rows[1:]))

    with pytest.raises(DataError) as raised:
        write_survey_report([wrong], title=found.title, docx=tmp_path / "r.docx")

    assert {item.code for item in raised.value.problems} == {"survey-table-inconsistent"}
    assert not (tmp_path / "r.docx").exists()


def test_printed_cells_reach_paper_unchanged(tables):
    assert [table.rows for table in title_tables(tables, "zh")] == [
        tuple(map(tuple, table.lines("zh"))) for table in tables
    ]

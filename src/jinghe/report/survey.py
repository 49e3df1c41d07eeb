"""The report of a survey (调查报告): its tables as DOCX and XLSX, in Chinese or English."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinghe.errors import Problem
from jinghe.labels import Text
from jinghe.report.docx import write_docx
from jinghe.report.titled import TitledTable
from jinghe.report.xlsx import write_xlsx
from jinghe.survey import LIMITS, Plan, Responses, Table, verify_tables

__all__ = ["survey_lead", "title_tables", "write_survey_report"]


def title_tables(tables: Sequence[Table], lang: str) -> tuple[TitledTable, ...]:
    """Put survey tables into one language, after recalculating every one of them. Raises DataError."""
    return tuple(
        TitledTable(
            title=table.title.get(lang),
            header=tuple(column.label.get(lang) for column in table.columns),
            rows=tuple(map(tuple, table.lines(lang))),
            numeric=tuple(column.form != "text" for column in table.columns),
            methods=table.methods.get(lang),
            notes=tuple(note.get(lang) for note in table.notes),
            figure=table.figure,
        )
        for table in verify_tables(tables)
    )


def survey_lead(responses: Responses, plan: Plan, *, problems: Sequence[Problem] = ()) -> tuple[Text, ...]:
    """Write the paragraphs before the first table: which questionnaire, how many, whether real, what is hidden.

    `problems` are the warnings of reading the answers: what was put right is told where the results are.
    """
    instrument = responses.instrument
    lead = [
        Text(
            f"问卷：{instrument.title.zh}（版本 {instrument.version}）。答卷 {responses.n} 份。",
            f"Questionnaire: {instrument.title.en} (version {instrument.version}). {responses.n} responses.",
        )
    ]
    if responses.synthetic:
        lead.append(
            Text(
                "注意：本报告所用答卷为合成数据，只为演示方法，不代表任何真实作答。",
                "Note: the answers in this report are synthetic; they show the method and stand for nobody's view.",
            )
        )
    lead += [instrument.note] if instrument.note else []
    lead.append(
        Text(
            f"不足 {plan.k} 人的组不单独显示，可据以推出这些组的其他组也一并隐去。"
            "每张表在输出前均按印出的数字重新核算，不自洽的表不予输出。",
            f"Groups of fewer than {plan.k} are not shown, nor are those from which they could be worked out. Every "
            "table was recalculated from what it prints before it left; one that contradicts itself is not printed.",
        )
    )
    handled = [Text(f"读入时：{one.text('zh')}", f"On reading: {one.text('en')}") for one in problems]
    return (*lead, LIMITS, *handled)


def write_survey_report(
    tables: Sequence[Table],
    *,
    title: Text,
    lead: Sequence[Text] = (),
    lang: str = "zh",
    docx: Path | None = None,
    xlsx: Path | None = None,
) -> None:
    """Write the report of a survey as DOCX, as XLSX, or both.

    Args:
        tables: as `make_tables` made them.
        title: of the report.
        lead: paragraphs before the tables, as `survey_lead` wrote them.
        lang: zh or en.
        docx: where to write the document; None: not.
        xlsx: where to write the workbook; None: not.
    Raises:
        DataError: a table contradicts itself; then nothing is written.
    """
    titled, head = title_tables(tables, lang), title.get(lang)
    paragraphs = [words.get(lang) for words in lead]
    if docx is not None:
        write_docx(docx, titled, title=head, lead=paragraphs, lang=lang)
    if xlsx is not None:
        write_xlsx(xlsx, titled, title=head, lead=paragraphs, lang=lang)

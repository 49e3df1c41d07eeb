"""Survey tables for the report keep to what is printed."""

from __future__ import annotations

import json

from jinghe.labels import Text
from jinghe.survey import exhibit_tables, make_tables


def test_a_section_holds_the_printed_cells(answers):
    tables = make_tables(answers)
    section = exhibit_tables(tables, id="survey", title=Text("调查", "Survey"), lead=Text("说明", "Lead")).as_dict()

    assert [table["id"] for table in section["tables"]] == [table.id for table in tables]
    first = section["tables"][0]["rows"][0]
    assert [cell["en"] for cell in first] == tables[0].lines("en")[0]
    assert json.dumps(section, allow_nan=False)


def test_an_empty_cell_is_no_missing_number(answers):
    tables = [table for table in make_tables(answers) if table.id == "quality.items"]
    section = exhibit_tables(tables, id="survey", title=Text("调查", "Survey"), lead=Text("说明", "Lead"))

    assert section.tables[0].rows[0][-1] == Text("\u00a0", "\u00a0")

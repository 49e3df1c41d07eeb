from __future__ import annotations

from pathlib import Path

from jinghe.compact import fields_page, read_fields

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "fields.md"


def test_the_page_is_current():
    written = PAGE.read_text(encoding="utf-8")

    assert written == fields_page(), "write jinghe.compact.fields_page() to docs/reference/fields.md"


def test_every_field_is_on_it():
    page = fields_page()

    assert [field.path for field in read_fields() if f"| `{field.path.rpartition(':')[2]}` |" not in page] == []

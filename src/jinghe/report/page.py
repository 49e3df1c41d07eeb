"""A page of Markdown from sections (页面): conclusions first, then figures and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinghe.labels import Text
from jinghe.report.format import show_cell, words

__all__ = ["write_page"]

_BELOW = {"zh": "表注：", "en": "Note: "}


def write_page(
    title: Text, head: Sequence[Text], sections: Sequence[Mapping[str, Any]], *, figures: Mapping[str, str], lang: str
) -> str:
    """Write sections as one page in one language.

    Args:
        title: of the page.
        head: lines below it, such as what made the page.
        sections: `Section.as_dict()` each; notes are its conclusions, as bullets.
        figures: by id of the section, the file of its picture.
        lang: zh or en.
    """
    lines = [f"# {title.get(lang)}", ""]
    for line in head:
        lines += [line.get(lang), ""]
    for section in sections:
        lines += _write_section(section, figures.get(section["id"]), lang)
    return "\n".join(lines).rstrip() + "\n"


def _write_section(section: Mapping[str, Any], figure: str | None, lang: str) -> Iterator[str]:
    yield from (f"## {words(section['title'], lang)}", "", words(section["lead"], lang), "")
    if section["notes"]:
        yield from (*(f"- {words(note, lang)}" for note in section["notes"]), "")
    if figure:
        yield from (f"![{words(section['title'], lang)}]({figure})", "")
    for table in section["tables"]:
        yield from (f"**{words(table['title'], lang)}**", "")
        yield "| " + " | ".join(words(column["label"], lang) for column in table["columns"]) + " |"
        yield "|" + "|".join("---" if column["kind"] == "text" else "---:" for column in table["columns"]) + "|"
        for row in table["rows"]:
            cells = (show_cell(cell, column, lang) for cell, column in zip(row, table["columns"], strict=True))
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
        yield ""
        for line in [*([table["method"]] if table["method"] else []), *table["notes"]]:
            yield from (f"{_BELOW[lang]}{words(line, lang)}", "")

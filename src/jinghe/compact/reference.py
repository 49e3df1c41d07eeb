"""The reference page of all fields (字段手册), made from the data dictionary."""

from __future__ import annotations

from jinghe.compact.dictionary import Field, read_fields
from jinghe.labels import Text

__all__ = ["fields_page"]

_HEAD = """# 字段手册 · Fields

本页由 `src/jinghe/compact/fields.csv` 生成，测试保证两者一致；检查、表单与 JSON Schema 读的是同一张表。
This page is made from `src/jinghe/compact/fields.csv`, and a test keeps them alike; validation, forms and the JSON
Schema read the same table.

路径中 `*` 代表任意键，`[]` 代表列表中的每一项；“必填”指其上一级存在时必须写出。
`dated X` 可写一个值，也可按起始日写几个值。
In a path `*` stands for any key and `[]` for each item of a list; *required* means wherever the part above is written.
A `dated X` is one value or one value per date from which it holds.
"""
_TITLES = {"": Text("契约 compact.yaml", "compact"), "agreement": Text("协议 agreements/*.yaml", "agreements")}
_TITLES |= {"sources": Text("来源 sources.yaml", "sources")}


def fields_page() -> str:
    """Return `docs/reference/fields.md`: one table per document, in both languages.

    >>> fields_page().splitlines()[0]
    '# 字段手册 · Fields'
    """
    documents = list(dict.fromkeys(field.document for field in read_fields()))
    parts = [_HEAD]
    for document in documents:
        title = _TITLES.get(document, Text(f"表格 {document}", "table"))
        parts.append(f"## {title.zh} · {title.en}\n")
        parts.append("| 路径 path | 类型 type | 必填 required | 中文 | English |\n| --- | --- | --- | --- | --- |")
        parts += [_row(field) for field in read_fields() if field.document == document]
        parts.append("")
    return "\n".join(parts)


def _row(field: Field) -> str:
    path = field.path.rpartition(":")[2]
    kind = f"{field.type} ({field.unit})" if field.unit else field.type
    choices = ", ".join(f"`{choice}`" for choice in field.choices)
    words = [
        f"**{field.label.get(lang)}**{gap}{field.help.get(lang)}{gap}{choices}".strip()
        for lang, gap in (("zh", " "), ("en", " "))
    ]
    return f"| `{path}` | {kind} | {'是 yes' if field.required else ''} | {words[0]} | {words[1]} |"

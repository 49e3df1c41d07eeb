"""JSON Schema for editors (编辑器用的结构说明), made from the data dictionary."""

from __future__ import annotations

from typing import Any

from jinghe.compact.dictionary import Branch, Field, read_branches

__all__ = ["json_schema"]

_DAY = r"^\d{4}-\d{2}-\d{2}$"
_WORD = ["string", "number", "boolean"]  # YAML reads 2023.1 as a number; the reader takes it as written
_SCALARS: dict[str, dict[str, Any]] = {
    "text": {"$ref": "#/$defs/text"},
    "string": {"type": _WORD},
    "path": {"type": "string"},
    "file": {"type": "string", "pattern": r"^[^/\\:]"},
    "id": {"type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]*$"},
    "code": {"type": ["string", "integer"], "pattern": r"^\d{6,12}$", "minimum": 100000},
    "integer": {"type": "integer", "minimum": 0},
    "number": {"type": "number"},
    "share": {"type": ["number", "string"], "minimum": 0, "maximum": 1},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "pattern": _DAY},
    "period": {"type": ["string", "integer"], "pattern": r"^\d{4}"},
    "money": {"type": "string", "pattern": r"^[\d０-９]"},
    "any": {},
}
_SCALARS |= {"group": _SCALARS["id"], "source": _SCALARS["id"]}
_DEFINITIONS: dict[str, Any] = {
    "text": {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {
                "type": "object",
                "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
                "minProperties": 1,
                "additionalProperties": False,
            },
        ]
    },
    "tree": {
        "anyOf": [
            {"type": "array", "items": {"type": "string"}, "minItems": 1},
            {
                "type": "object",
                "additionalProperties": {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "null"}]},
                "minProperties": 1,
            },
        ]
    },
}


def json_schema(*, document: str = "") -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a document.

    Args:
        document: "" for `compact.yaml`, `agreement` or `sources`.
    Returns:
        A schema that an editor can use while one types; `check` says more than a schema can.

    >>> json_schema()["properties"]["principal"]["type"]
    ['string', 'integer']
    """
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"jinghe {document or 'compact'}"}
    return head | _describe_map(read_branches()[document]) | {"$defs": _DEFINITIONS}


def _describe(branch: Branch) -> dict[str, Any]:
    field = branch.entry
    return _annotate(field) | _describe_value(branch, field.type if field else "map", field)


def _describe_value(branch: Branch, kind: str, field: Field | None) -> dict[str, Any]:
    if kind == "map":
        return _describe_map(branch)
    if kind == "list":
        return {"type": "array", "items": _describe(branch.below["[]"])}
    if kind == "tree":
        return {"$ref": "#/$defs/tree"}
    if kind.startswith("list "):
        return {"type": "array", "items": _describe_value(branch, kind.removeprefix("list "), field)}
    if kind.startswith("dated "):
        value = _SCALARS[kind.removeprefix("dated ")]
        return {"anyOf": [value, {"type": "object", "propertyNames": {"pattern": _DAY}, "additionalProperties": value}]}
    return _SCALARS[kind] | ({"enum": list(field.choices)} if field and field.choices else {})


def _describe_map(branch: Branch) -> dict[str, Any]:
    below = {key: branch.below[key] for key in branch.keys}
    required = [key for key, one in below.items() if one.entry and one.entry.required]
    star = branch.below.get("*")
    described: dict[str, Any] = {"type": "object", "properties": {key: _describe(one) for key, one in below.items()}}
    described |= {"required": required} if required else {}
    return described | {"additionalProperties": _describe(star) if star else False}


def _annotate(field: Field | None) -> dict[str, str]:
    if field is None:
        return {}
    words = " / ".join(filter(None, (field.help.zh, field.help.en)))
    return {"title": f"{field.label.zh} / {field.label.en}"} | ({"description": words} if words else {})

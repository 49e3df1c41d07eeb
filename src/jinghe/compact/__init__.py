"""The compact (契约): a region's rules as one folder of plain text — load, check, change, compare, write."""

from __future__ import annotations

from jinghe.compact.change import get_value, replace_values
from jinghe.compact.check import check_period
from jinghe.compact.compact import Alternative, Compact, Note, Simulate
from jinghe.compact.dictionary import Field, find_field, read_fields
from jinghe.compact.diff import Change, diff
from jinghe.compact.document import read_tree
from jinghe.compact.dump import dump_compact, dump_files
from jinghe.compact.load import check, find_case, load_compact, load_panel
from jinghe.compact.reference import fields_page
from jinghe.compact.schema import json_schema

__all__ = [
    "Alternative",
    "Change",
    "Compact",
    "Field",
    "Note",
    "Simulate",
    "check",
    "check_period",
    "diff",
    "dump_compact",
    "dump_files",
    "fields_page",
    "find_case",
    "find_field",
    "get_value",
    "json_schema",
    "load_compact",
    "load_panel",
    "read_fields",
    "read_tree",
    "replace_values",
]

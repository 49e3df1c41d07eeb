"""Write a compact back (写出): every file as it was read or changed, byte for byte."""

from __future__ import annotations

from jinghe.compact.compact import Compact

__all__ = ["dump_compact", "dump_files"]


def dump_compact(compact: Compact) -> str:
    """Return the text of `compact.yaml`: as read, with its comments, or differing only where it was changed."""
    return compact.case.compact.document.text


def dump_files(compact: Compact) -> dict[str, str]:
    """Return the text of every YAML file of a compact by its path in the folder; the tables stay as they are."""
    return {sheet.document.file: sheet.document.text for sheet in compact.case.sheets}

"""What a reader must know beside a figure: notes by path, and the sources a part of a result rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["cited_sources", "notes_at"]

Tree = dict[str, Any]
_ORDER = ("synthetic", "bias", "illustrative", "missing", "assumed")


def notes_at(document: Tree, *paths: str) -> list[Tree]:
    """Return the notes that belong to one of the paths or to something inside it, what misleads most first."""
    found = [note for note in document["notes"] if any(f"{note['path']}.".startswith(f"{path}.") for path in paths)]
    return sorted(found, key=lambda note: (_ORDER.index(note["kind"]), note["path"].count(".")))


def cited_sources(document: Tree, part: Any) -> dict[str, Tree]:
    """Return the sources named anywhere inside `part`, in the order of the source list."""
    named = set(_named(part))
    return {key: source for key, source in document["sources"].items() if key in named}


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("source"), str):
            yield part["source"]
        part = list(part.values())
    if isinstance(part, list):
        for item in part:
            yield from _named(item)

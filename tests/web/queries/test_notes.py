from __future__ import annotations

from typing import Any

from jinghe_web.queries.notes import cited_sources, notes_at


def note(kind: str, path: str) -> dict[str, Any]:
    return {"id": path, "kind": kind, "path": path, "text": {"zh": path, "en": path}}


def test_notes_belong_to_a_path_and_what_lies_inside_it_but_not_to_its_namesakes() -> None:
    document = {"notes": [note("bias", "contest.weights"), note("bias", "contest"), note("bias", "contests.other")]}

    assert [one["path"] for one in notes_at(document, "contest")] == ["contest", "contest.weights"]


def test_what_misleads_most_comes_first() -> None:
    document = {"notes": [note(kind, "data") for kind in ("assumed", "missing", "illustrative", "bias", "synthetic")]}

    kinds = [one["kind"] for one in notes_at(document, "data")]

    assert kinds == ["synthetic", "bias", "illustrative", "missing", "assumed"]


def test_sources_are_gathered_from_any_depth_in_the_order_of_the_list() -> None:
    document = {"sources": {"a": {"title": "A"}, "b": {"title": "B"}, "c": {"title": "C"}}}
    part = {"source": "c", "children": [{"items": [{"source": "a"}]}, {"source": None}]}

    assert list(cited_sources(document, part)) == ["a", "c"]

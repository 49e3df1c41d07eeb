"""The two catalogues of the Sichuan–Chongqing paper, their crosswalk, and short ways to make others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jinghe.labels import Text
from jinghe.standards import Catalogue, Crosswalk, Heading, Item, Match, read_catalogue, read_headings, read_sssom
from jinghe.standards.match import make_header

FOLDER = Path(__file__).parents[2] / "cases" / "chuanyu" / "standards"
CODES = {"sichuan": "510000", "chongqing": "500000"}


@pytest.fixture(scope="session")
def folder() -> Path:
    return FOLDER


@pytest.fixture(scope="session")
def printed() -> tuple[Catalogue, Catalogue]:
    """Both catalogues of Table 1."""
    headings = read_headings(FOLDER / "headings.csv")
    sichuan, chongqing = (
        read_catalogue(
            FOLDER / f"{name}.csv",
            prefix=name,
            owner=Text(name, name),
            headings=headings[name],
            jurisdiction=CODES[name],
        )
        for name in CODES
    )
    return sichuan, chongqing


@pytest.fixture(scope="session")
def crosswalk() -> Crosswalk:
    return read_sssom(FOLDER / "crosswalk.sssom.tsv")


@pytest.fixture(scope="session")
def catalogue() -> Callable[..., Catalogue]:
    """Make a catalogue: catalogue("a", {"1": "f"}, ["f", "g"]) has item 1 of function f."""

    def make(prefix: str, items: dict[str, str], functions: list[str], **needs: float) -> Catalogue:
        made = [Item(code, Text(f"{code}号标准", code), "", (name,) if name else ()) for code, name in items.items()]
        headings = [Heading("function", name, Text(name, name), "", needs.get(name)) for name in functions]
        return Catalogue(prefix, Text(prefix, prefix), tuple(made), tuple(headings), "140100")

    return make


@pytest.fixture(scope="session")
def walk() -> Callable[..., Crosswalk]:
    """Make a reviewed crosswalk from triples such as ("a:1", "exact", "b:1"), more cells for all rows by keyword."""

    def make(*triples: tuple[str, str, str], **cells: str) -> Crosswalk:
        given = {"mapping_justification": "semapv:ManualMappingCuration", "reviewer_label": "甲"} | cells
        rows = [{"subject_id": s, "predicate_id": f"skos:{p}Match", "object_id": o} | given for s, p, o in triples]
        columns = tuple(dict.fromkeys(name for row in rows for name in row))
        header = make_header({"a": "urn:a:", "b": "urn:b:", "c": "urn:c:"}, set_id="urn:test")
        return Crosswalk(header, columns, tuple(Match({k: v for k, v in row.items() if v}) for row in rows))

    return make

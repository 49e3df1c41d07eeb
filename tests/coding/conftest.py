"""The consensus–organisation–action codebook and a small synthetic corpus with two coders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from jinghe.coding import Codebook, Coding, Document, Ratings, Segment, rate, read_codebook, split
from jinghe.labels import Text

CODEBOOK = Path(__file__).parents[2] / "cases" / "yuqian" / "codebook.yaml"
TEXTS = {  # synthetic sentences, made for these tests
    "d1": "两地都要落实国家规划。\n\n为此建立了联席会议。\n区县之间平等协商。",
    "d2": "上级把任务分给各县考核。\n企业盼望一网通办。",
}
CODED = [
    ("甲", "d1-0001", "C1"),
    ("乙", "d1-0001", "C1"),
    ("甲", "d1-0002", "O4"),
    ("乙", "d1-0002", "O4"),
    ("甲", "d1-0003", "A1"),
    ("甲", "d2-0001", "A2"),
    ("乙", "d2-0001", "A2"),
    ("乙", "d2-0001", "B5"),
    ("甲", "d2-0002", "C3"),
    ("乙", "d2-0002", "C3"),
]


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return read_codebook(YAML(typ="safe").load(CODEBOOK))


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    stages = {"d1": {"stage": "initial", "field": "services"}, "d2": {"stage": "transition"}}
    return tuple(Document(name, Text(f"访谈{name}", name), text, stages[name], "s") for name, text in TEXTS.items())


@pytest.fixture(scope="session")
def segments(documents) -> tuple[Segment, ...]:
    return tuple(segment for document in documents for segment in split(document))


@pytest.fixture(scope="session")
def codings() -> tuple[Coding, ...]:
    return tuple(Coding(*row) for row in CODED)


@pytest.fixture(scope="session")
def ratings(codings, segments, codebook) -> Ratings:
    return rate(codings, segments=segments, codes=codebook.codable)


@pytest.fixture(scope="session")
def crossed() -> Callable[[list[list[int]]], np.ndarray]:
    """Unfold a two-coder table of counts into one row per unit."""

    def unfold(table: list[list[int]]) -> np.ndarray:
        rows = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
        return np.array(rows, dtype=float)

    return unfold

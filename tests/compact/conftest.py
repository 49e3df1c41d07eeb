"""What the tests of the compact share: the two cases, and a copy to spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jinghe.compact import Compact, load_compact

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="session")
def toy() -> Compact:
    return load_compact(CASES / "toy")


@pytest.fixture(scope="session")
def shanxi() -> Compact:
    return load_compact(CASES / "shanxi")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the toy case."""
    return Path(shutil.copytree(CASES / "toy", tmp_path / "toy"))


@pytest.fixture
def write(folder: Path) -> Callable[..., Path]:
    """Replace words that stand once in a file of the copy."""

    def replace(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_bytes().decode("utf-8")
        assert text.count(old) == 1
        path.write_bytes(text.replace(old, new).encode("utf-8"))
        return folder

    return replace

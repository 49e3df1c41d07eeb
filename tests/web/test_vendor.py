"""The vendored files are the publishers' own, and the page of their licences says which."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import jinghe_web

STATIC = Path(jinghe_web.__file__).parent / "static"


def test_vendored_files_are_unchanged_and_listed() -> None:
    table = (STATIC / "vendor" / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([^`]+)`.*`([0-9a-f]{64})` \|$", table, flags=re.MULTILINE))
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (STATIC / "vendor").glob("*.js")}

    assert files == rows


def test_each_vendored_file_has_its_licence() -> None:
    names = {path.name.split("-")[0] for path in (STATIC / "vendor" / "licences").iterdir()}

    assert {path.name.split("-")[0] for path in (STATIC / "vendor").glob("*.js")} <= names


def test_nothing_is_fetched_from_elsewhere() -> None:
    own = [path for path in STATIC.rglob("*") if path.suffix in {".js", ".css"} and "vendor" not in path.parts]

    assert [path.name for path in own if re.search(r"https?://|@import|url\(", path.read_text(encoding="utf-8"))] == []

"""The toy case, as it is and with other rules."""

from __future__ import annotations

import shutil

import pytest

from jinghe.compact import load_compact, load_panel


@pytest.fixture
def rewrite(root, tmp_path):
    """Return what loads the toy case with some words of its compact replaced and some tables added."""

    def change(*pairs, **tables):
        folder = tmp_path / "toy"
        shutil.copytree(root / "cases/toy", folder)
        text = (folder / "compact.yaml").read_text(encoding="utf-8")
        for before, after in pairs:
            assert before in text
            text = text.replace(before, after)
        (folder / "compact.yaml").write_text(text, encoding="utf-8")
        for name, rows in tables.items():
            (folder / "data" / f"{name}.csv").write_text(rows, encoding="utf-8")
        compact = load_compact(folder)
        return compact, load_panel(compact).panel

    return change


@pytest.fixture(scope="session")
def toy():
    compact = load_compact("toy")
    return compact, load_panel(compact).panel


@pytest.fixture(scope="session")
def shanxi():
    compact = load_compact("shanxi")
    return compact, load_panel(compact).panel

"""The pages tell the truth about the code: diagram, links, commands, words, tests, dependencies."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "cases").glob("*/README.md")])
FRAGMENT_KINDS = {"added", "changed", "fixed", "removed"}

Edge = tuple[str, str]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def room_of(path: Path) -> str:
    """The room a file belongs to: a module or folder of the library, or the workbench as a whole."""
    package, *rest = path.relative_to(SRC).with_suffix("").parts
    return rest[0] if package == "jinghe" else package


def imported_modules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "jinghe")


def room_imports() -> set[Edge]:
    doors = [SRC / "jinghe" / name for name in ("__init__.py", "__main__.py")]
    files = [path for path in SRC.rglob("*.py") if path not in doors]
    rooms = {room_of(path) for path in files}
    edges = set()
    for path in files:
        for name in imported_modules(ast.parse(read(path))):
            package, _, rest = name.partition(".")
            target = rest.partition(".")[0] if package == "jinghe" else package
            if target in rooms and target != room_of(path):
                edges.add((room_of(path), target))
    return edges


def direct_edges(edges: set[Edge]) -> set[Edge]:
    """The edges that no longer path implies (transitive reduction)."""

    @cache
    def reaches(start: str, goal: str) -> bool:
        return start == goal or any(reaches(b, goal) for a, b in edges if a == start)

    return {(a, b) for a, b in edges if not any(reaches(c, b) for x, c in edges if x == a and c != b)}


def drawn_edges(page: str) -> set[Edge]:
    diagram = page.split("```mermaid")[1].split("```", maxsplit=1)[0]
    arrows = re.findall(r"^\s*(\w+) --> ([\w &]+)$", diagram, re.MULTILINE)
    return {(start, end) for start, ends in arrows for end in ends.split(" & ")}


def commands() -> set[str]:
    from jinghe.cli import app

    groups = {item.name for item in app.registered_groups if item.name}
    return groups | {item.name or item.callback.__name__ for item in app.registered_commands if item.callback}


def is_code_name(name: str) -> bool:
    """Does `room`, `room.module`, `room.Name` or `room.module.name` stand in the library?"""
    *folders, last = name.split(".")
    spot = SRC.joinpath("jinghe", *folders)
    if (spot / last).is_dir() or (spot / f"{last}.py").is_file():
        return True
    file = spot / "__init__.py" if spot.is_dir() else spot.with_suffix(".py")
    return file.is_file() and f'"{last}"' in read(file).partition("__all__")[2].partition("]")[0]


def test_an_edge_that_a_path_implies_is_left_out() -> None:
    assert direct_edges({("a", "b"), ("b", "c"), ("a", "c")}) == {("a", "b"), ("b", "c")}


def test_the_diagram_shows_the_imports_of_the_code() -> None:
    assert drawn_edges(read(DOCS / "architecture.md")) == direct_edges(room_imports())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|mailto:|#)([^)#\s]+)", read(page))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_scripts_named_in_the_page_can_be_run(name: str) -> None:
    scripts = set(re.findall(r"\bscripts/\w+", read(ROOT / name)))

    assert {"scripts/run", "scripts/test"} <= scripts
    assert [script for script in scripts if not os.access(ROOT / script, os.X_OK)] == []


def test_commands_in_the_pages_exist() -> None:
    shown = {
        name
        for page in PAGES
        for name in re.findall(r"(?:`|^\s*|/bin/)jinghe ([a-z]+(?:-[a-z]+)*)\b", read(page), re.MULTILINE)
    }

    assert shown - commands() == set()


def test_both_readmes_show_the_same_commands() -> None:
    blocks = [
        re.findall(r"```(?:sh|bash)\n(.*?)```", read(ROOT / name), re.DOTALL) for name in ("README.md", "README.zh.md")
    ]
    first, second = ([line.split("#")[0].split() for block in group for line in block.splitlines()] for group in blocks)

    assert first == second


def test_words_of_the_glossary_are_names_of_the_code() -> None:
    names = re.findall(r"^\|[^|]+\|[^|]+\| `([\w.]+)` \|", read(DOCS / "glossary.md"), re.MULTILINE)

    assert len(names) > 30
    assert [name for name in names if not is_code_name(name)] == []


def test_tests_named_on_the_methods_page_exist() -> None:
    tests = "\n".join(read(path) for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", read(DOCS / "methods.md")))

    assert [name for name in sorted(named) if f"def {name}(" not in tests] == []


def test_every_dependency_is_explained_and_pinned() -> None:
    project = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]
    needed = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    names = {re.split(r"[\[=<>~; ]", item)[0].lower() for item in needed}
    explained = set(re.findall(r"^\| ([\w.-]+) \|", read(DOCS / "dependencies.md").lower(), re.MULTILINE))
    pinned = set(re.findall(r"^([\w.-]+)==", read(ROOT / "constraints.txt").lower(), re.MULTILINE))

    assert names - explained == set()
    assert names - pinned == set()


def test_changelog_fragments_follow_the_grammar() -> None:
    for path in (ROOT / "changelog.d").glob("*.md"):
        slug, kind, _ = path.name.split(".")
        lines = read(path).strip().splitlines()

        assert re.fullmatch(r"[a-z0-9-]+", slug), path.name
        assert kind in FRAGMENT_KINDS, path.name
        assert len(lines) > 1, f"{path.name}: English and Chinese are both needed"
        assert lines[1].startswith("中文："), path.name
        assert kind not in {"changed", "fixed"} or any(line.startswith("Affects: ") for line in lines), path.name


def test_the_example_of_the_readme_runs() -> None:
    for name in ("README.md", "README.zh.md"):
        example = read(ROOT / name).split("```python\n")[1].split("```", maxsplit=1)[0]
        names: dict[str, object] = {}

        exec(compile(example, name, "exec"), names)

        assert "scores" in names


@pytest.mark.slow
def test_the_commands_of_the_readme_run(tmp_path: Path) -> None:
    block = read(ROOT / "README.md").split("## By hand")[1].split("```sh\n")[1].split("```", maxsplit=1)[0]
    commands = [line.partition("#")[0].split() for line in block.splitlines()]
    (tmp_path / "cases").symlink_to(ROOT / "cases")
    program = Path(sys.executable).with_name("jinghe")

    for _, *words in [words for words in commands if "serve" not in words]:
        done = subprocess.run([program, *words], cwd=tmp_path, capture_output=True, text=True, check=False)

        assert done.returncode == 0, f"{words}: {done.stderr}"

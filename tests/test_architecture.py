"""The shape of the source is a promise; these tests keep it."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from jinghe.errors import read_messages

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src"
TESTS = ROOT / "tests"
MAX_FILE, MAX_BODY, MAX_CLASS = 400, 50, 250  # lines; a body is counted without its docstring
HEAVY = {"django", "jinja2", "openpyxl", "polars", "ruamel", "scipy"}
DECLARATIONS = {"apps.py", "settings.py", "urls.py", "wsgi.py"}  # Django's own; every test of the web runs through them
TEXT = {"", ".css", ".csv", ".html", ".js", ".json", ".md", ".py", ".sh", ".svg", ".toml", ".txt", ".yaml", ".yml"}
VAGUE = {"common", "core", "handler", "helper", "helpers", "manager", "misc", "util", "utils"}
PARTS = ("found", "rule", "remedy")
VERBS = {
    "check",
    "run",
    "score",
    "settle",
    "simulate",
    "validate",
    "diff",
    "report",
    "serve",
    "recalc",
    "compare",
    "probe",
}
VERBS |= {"audit", "explain", "export", "dispute", "survey", "crosswalk", "code", "consensus", "network", "diagnose"}
VERBS |= {"explore"}


def sources(package: str) -> list[Path]:
    return [path for path in sorted((SRC / package).rglob("*.py")) if "migrations" not in path.parts]


LIBRARY, WEB = sources("jinghe"), sources("jinghe_web")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def project_files() -> list[Path]:
    """Every file of the project, those that .gitignore names left out; git itself may be missing."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = [".git", *(line.strip("/") for line in lines if line and not line.startswith("#"))]

    def is_ours(path: Path) -> bool:
        return not any(fnmatch(path.name, pattern) for pattern in ignored)

    folders, files = [ROOT], []
    while folders:
        found = [path for path in sorted(folders.pop().iterdir()) if is_ours(path) and not path.is_symlink()]
        folders += [path for path in found if path.is_dir()]
        files += [path for path in found if path.is_file()]
    return files


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    doc = ast.get_docstring(node, clean=False)
    return (node.end_lineno or node.lineno) - node.lineno + 1 - (doc.count("\n") + 1 if doc else 0)


def too_long(name: str, text: str) -> Iterator[str]:
    if (lines := text.count("\n")) > MAX_FILE:
        yield f"{name}: {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            limit = MAX_CLASS if isinstance(node, ast.ClassDef) else MAX_BODY
            if (lines := body_lines(node)) > limit:
                yield f"{name}:{node.lineno} {node.name}: {lines} lines"


def defined_names(tree: ast.Module) -> set[str]:
    """Public names a module makes itself: functions, classes and constants."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return {name for name in names if not name.startswith("_") or name == "__version__"}


def imported_names(tree: ast.Module) -> set[str]:
    """Public names a package takes over from its modules."""
    found = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module != "__future__"]
    return {alias.asname or alias.name for node in found for alias in node.names}


def exported_names(tree: ast.Module) -> list[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def mirror(path: Path) -> Path:
    """Where the tests of a module stand: `src/jinghe/x/y.py` → `tests/x/test_y.py`, the web below `tests/web`."""
    package, *folders = path.relative_to(SRC).parts[:-1]
    return TESTS.joinpath(*(["web"] if package == "jinghe_web" else []), *folders, f"test_{path.stem}.py")


def public_functions() -> list[tuple[str, str]]:
    """What each room lets others call: the functions its door, or its only file, exports."""
    doors = [path for path in LIBRARY if path.parent == SRC / "jinghe" or path.stem == "__init__"]
    found = []
    for door in doors:
        room = sorted(door.parent.glob("*.py")) if door.stem == "__init__" else [door]
        made = {node.name for path in room for node in tree_of(path).body if isinstance(node, ast.FunctionDef)}
        found += [
            (shown(door), name) for name in exported_names(tree_of(door)) if name in made and door.parent.name != "cli"
        ]
    return found


def value_names(texts: list[str]) -> set[str]:
    return {name for text in texts for _, name, *_ in string.Formatter().parse(text) if name}


def problem_calls(tree: ast.Module) -> list[ast.Call]:
    """Calls of `problem("code", …)`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    named = [call for call in calls if ast.unparse(call.func).split(".")[-1] == "problem"]
    return [call for call in named if isinstance(call.args[0], ast.Constant)]


def test_nothing_is_too_long() -> None:
    faults = [fault for path in LIBRARY + WEB for fault in too_long(shown(path), path.read_text(encoding="utf-8"))]

    assert faults == []


def test_the_gate_for_size_names_a_long_function() -> None:
    text = "def f():\n" + "    x = 1\n" * MAX_BODY

    assert list(too_long("long.py", text)) == [f"long.py:1 f: {MAX_BODY + 1} lines"]


def test_every_folder_with_modules_is_a_package() -> None:
    folders = {path.parent for path in LIBRARY + WEB}

    assert sorted(shown(folder) for folder in folders if not (folder / "__init__.py").is_file()) == []


def test_every_module_has_its_tests() -> None:
    modules = [path for path in LIBRARY + WEB if not path.stem.startswith("__") and path.name not in DECLARATIONS]

    missing = [f"{shown(path)} → {shown(mirror(path))}" for path in modules if not mirror(path).is_file()]

    assert missing == []


def test_all_names_exactly_what_is_public() -> None:
    faults = []
    for path in LIBRARY:
        tree = tree_of(path)
        public = defined_names(tree) | (imported_names(tree) if path.stem == "__init__" else set())
        if (named := set(exported_names(tree))) != public:
            faults.append(f"{shown(path)}: {sorted(public ^ named)}")

    assert faults == []


def test_no_name_is_vague() -> None:
    assert [shown(path) for path in project_files() if path.suffix == ".py" and VAGUE & set(path.stem.split("_"))] == []


def test_imports_run_downwards_only() -> None:
    from importlinter.cli import lint_imports

    assert lint_imports(no_cache=True) == 0, "run .venv/bin/lint-imports to see which import breaks the contract"


@pytest.mark.parametrize("module", ["jinghe", "jinghe.cli"])
def test_import_stays_light(module: str) -> None:
    script = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    assert HEAVY & set(loaded) == set()


def test_every_command_of_the_design_is_there_and_documented() -> None:
    from jinghe.cli import app

    commands = {item.name or item.callback.__name__ for item in app.registered_commands if item.callback}
    commands |= {item.name for item in app.registered_groups if item.name}
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    docs = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (TESTS / "cli").glob("test_*.py"))

    assert commands >= VERBS
    assert [name for name in sorted(commands) if f"jinghe {name}" not in docs] == [], "commands without a page"
    assert [name for name in sorted(commands) if f'"{name}"' not in tests] == [], "commands without a test"


def test_every_public_function_is_on_the_methods_page() -> None:
    pages = [ROOT / "docs" / "methods.md", *(ROOT / "docs" / "reference").rglob("*.md")]
    quoted = re.findall(r"`([^`\n]+)`", "\n".join(page.read_text(encoding="utf-8") for page in pages))
    named = {word for text in quoted for word in re.findall(r"\w+", text)}

    assert [f"{module}: {name}" for module, name in public_functions() if name not in named] == []


def test_every_message_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in LIBRARY + WEB)

    assert [code for code in read_messages() if f'"{code}"' not in text] == []


def test_every_problem_has_its_message_and_the_values_it_names() -> None:
    faults = []
    for path in LIBRARY + WEB:
        for call in problem_calls(tree_of(path)):
            code, given = ast.literal_eval(call.args[0]), {word.arg for word in call.keywords}
            row = read_messages().get(code, {})
            named = value_names([row[f"{part}_{lang}"] for part in PARTS for lang in ("zh", "en")]) if row else {"row"}
            if named - given and None not in given:  # None stands for `**values`, which only a run can check
                faults.append(f"{shown(path)}:{call.lineno} {code} lacks {sorted(named - given)}")

    assert faults == []


def test_messages_have_one_row_per_code() -> None:
    lines = (SRC / "jinghe" / "messages.csv").read_text(encoding="utf-8").splitlines()

    assert len(lines) - 1 == len(read_messages())


@pytest.mark.parametrize("code", read_messages())
def test_message_says_the_same_in_both_languages(code: str) -> None:
    row = read_messages()[code]
    words = {lang: [row[f"{part}_{lang}"] for part in PARTS] for lang in ("zh", "en")}
    values = {lang: {name.removesuffix(f"_{lang}") for name in value_names(words[lang])} for lang in words}

    assert row["level"] in {"error", "warning", "note"}
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert None not in row, "a cell with a comma needs quotes"
    assert all(words["zh"]), "Chinese words are missing"
    assert all(words["en"]), "English words are missing"
    assert values["zh"] == values["en"]


def test_no_file_names_a_machine_or_leaves_work_undone() -> None:
    folders = r"work|root|tmp|farm|home/\w+|Users/\w+"
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X"))
    hosts = "|".join(("pypi" + r"\.org", "files" + r"\.pythonhosted"))
    forbidden = re.compile(rf"(?<![\w.\]/])/(?:{folders})/|\b(?:{marks})\b|{hosts}")
    files = [path for path in project_files() if path.suffix in TEXT and "vendor" not in path.parts]
    faults = []
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if found := forbidden.search(line):
                faults.append(f"{shown(path)}:{number} {found[0]}")

    assert faults == []

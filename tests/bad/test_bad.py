"""Every fault has its golden message: place, found value, rule, remedy; in both languages, all faults at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from jinghe.cli import app
from jinghe.compact import check, check_period, get_value, load_compact, replace_values
from jinghe.errors import JingheError, Problem
from jinghe.units import Period

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "cases"
RECIPES = sorted(HERE.glob("*.yaml"))


def read(path: Path) -> dict[str, Any]:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def spoil(recipe: dict[str, Any], folder: Path) -> Path:
    """Copy the base case and make the edits of a recipe: replace/with, append, or delete a file."""
    shutil.copytree(CASES / recipe["base"], folder)
    for edit in recipe.get("edits", []):
        path = folder / edit["file"]
        if edit.get("delete"):
            path.unlink()
            continue
        text = path.read_bytes().decode("utf-8")
        if "append" in edit:
            text += edit["append"]
        else:
            assert text.count(edit["replace"]) == 1, f"{edit['file']} no longer holds “{edit['replace']}” once"
            text = text.replace(edit["replace"], edit["with"])
        path.write_bytes(text.encode(edit.get("encoding", "utf-8")))
    return folder


def find_faults(recipe: dict[str, Any], folder: Path) -> list[Problem]:
    """Check the spoilt case, or do what the recipe asks; `level` and `only` (a file) choose among the faults."""
    if "case" in recipe:
        return check(recipe["case"])
    try:
        if "period" in recipe:
            return check_period(load_compact(folder), Period.of(recipe["period"]))
        if "get" in recipe:
            get_value(load_compact(folder), recipe["get"])
        if "set" in recipe:
            replace_values(load_compact(folder), recipe["set"])
    except JingheError as error:
        return list(error.problems)
    found = [fault for fault in check(folder) if fault.level == recipe.get("level", "error")]
    return [fault for fault in found if fault.place.file == recipe.get("only", fault.place.file)]


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_a_fault_says_place_found_rule_and_remedy(path, tmp_path):
    recipe = read(path)
    folder = spoil(recipe, tmp_path / "case")

    faults = find_faults(recipe, folder)

    assert recipe["expected"]["zh"] == [fault.text("zh") for fault in faults]
    assert recipe["expected"]["en"] == [fault.text("en") for fault in faults]


@pytest.mark.parametrize("name", ["many-at-once", "open-choice", "weights-sum-alternative"])
def test_a_compact_with_an_error_is_not_loaded_and_every_error_is_told(name, tmp_path):
    folder = spoil(read(HERE / f"{name}.yaml"), tmp_path / "case")
    errors = tuple(fault for fault in check(folder) if fault.level == "error")

    with pytest.raises(JingheError) as caught:
        load_compact(folder)

    assert caught.value.problems == errors


@pytest.mark.parametrize(
    "name", ["broken-yaml", "missing-table", "observation-duplicate", "open-choice", "weights-sum"]
)
def test_the_command_ends_with_code_2_and_writes_nothing(name, tmp_path):
    recipe = read(HERE / f"{name}.yaml")
    folder = spoil(recipe, tmp_path / "case")

    result = CliRunner().invoke(app, ["run", str(folder), "--out", str(tmp_path / "out"), "--lang", "zh"])

    assert result.exit_code == 2
    assert recipe["expected"]["zh"] == [line.removeprefix("✗ ") for line in result.stderr.splitlines()]
    assert not (tmp_path / "out").exists()

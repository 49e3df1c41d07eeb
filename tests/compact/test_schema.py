from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jinghe.compact import json_schema
from jinghe.compact.document import read_document

CASES = Path(__file__).parents[2] / "cases"
FILES = [(path, "") for path in CASES.glob("*/compact.yaml")] + [
    (path, "sources") for path in CASES.glob("*/sources.yaml")
]
FILES += [(path, "agreement") for path in CASES.glob("*/agreements/*.yaml")]


def as_json(tree: Any) -> Any:
    """An editor sees dates as strings."""
    if isinstance(tree, dict):
        return {str(key): as_json(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [as_json(value) for value in tree]
    return tree.isoformat() if isinstance(tree, date) else tree


@pytest.mark.parametrize("document", ["", "agreement", "sources"])
def test_the_schema_is_one(document):
    Draft202012Validator.check_schema(json_schema(document=document))


@pytest.mark.parametrize("path, document", FILES, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_the_cases_follow_it(path, document):
    tree, _ = read_document(path, file=path.name)

    assert [
        e.message for e in Draft202012Validator(json_schema(document=document)).iter_errors(as_json(tree.tree))
    ] == []


def test_it_refuses_what_the_check_refuses():
    tree = as_json(read_document(CASES / "toy" / "compact.yaml", file="")[0].tree)
    tree["wieghts"] = 1
    tree["contracts"][0]["form"] = "authorised"
    tree["contest"]["weights"]["green"] = {"soon": 0.1}
    del tree["principal"]

    found = {error.json_path for error in Draft202012Validator(json_schema()).iter_errors(tree)}

    assert found == {"$", "$.contracts[0].form", "$.contest.weights.green"}


def test_it_explains_the_fields_in_both_languages():
    due = json_schema()["properties"]["contracts"]["items"]["properties"]["due"]

    assert due["title"] == "期限 / deadline"
    assert "没有公布的不写" in due["description"]

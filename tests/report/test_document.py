"""The result document."""

import json
import re

import pytest

from jinghe.errors import DataError
from jinghe.report.document import SCHEMA, read_document


def test_the_document_names_what_it_was_made_from(document):
    assert SCHEMA == document["schema"]
    assert 7 == document["seed"]
    assert 64 == len(document["compact"]["digest"]) == len(document["panel_digest"])
    assert "2021" == document["period"]


def test_a_stored_document_reads_back(document, tmp_path):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(document), encoding="utf-8")

    assert document == read_document(path)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "result-broken"),
        ("{broken", "result-broken"),
        ("[1]", "result-schema"),
        ('{"schema": "other/9"}', "result-schema"),
    ],
)
def test_what_is_no_result_is_refused(tmp_path, text, code):
    path = tmp_path / "result.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_document(path)

    assert [code] == [p.code for p in caught.value.problems]


def test_each_rank_has_a_whole_distribution(document):
    assert [pytest.approx(1.0)] * 3 == [sum(row["probability"]) for row in document["scores"]]


def test_all_words_of_the_document_are_bilingual(document):
    def walk(value, path=""):
        if isinstance(value, dict):
            if ("zh" in value) != ("en" in value):
                yield path
            for key, inner in value.items():
                yield from walk(inner, f"{path}.{key}")
        elif isinstance(value, list):
            for at, inner in enumerate(value):
                yield from walk(inner, f"{path}[{at}]")

    assert [] == list(walk(document))


def test_the_result_page_explains_every_field(document, root):
    """Every field of the document, of its records and of their records stands on docs/result.md."""
    page = (root / "docs" / "result.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", page))

    def fields(value, depth):
        if isinstance(value, list):
            return fields(value[0], depth) if value else set()
        if not isinstance(value, dict) or {"zh", "en"} <= set(value) or depth == 0:
            return set()
        own = set() if all(not key.isidentifier() or key[0].isupper() for key in value) else set(value)
        return own.union(*(fields(inner, depth - 1) for inner in value.values()))

    plain = {key: value for key, value in document.items() if key not in ("sources", "settlements")}
    shown = (
        fields(plain, 3) | fields(document["settlements"][0], 2) | fields(next(iter(document["sources"].values())), 1)
    )
    codes = {j["code"] for j in document["jurisdictions"]} | set(document["contest"]["labels"])
    codes |= set(document["forecast"]["runs"][0]["variables"])
    assert set() == shown - named - codes

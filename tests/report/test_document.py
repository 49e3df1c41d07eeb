"""The result document."""

import json

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


@pytest.mark.parametrize("text", ["", "[1]", '{"schema": "other/9"}', "{broken"])
def test_what_is_no_result_is_refused(tmp_path, text):
    path = tmp_path / "result.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_document(path)

    assert ["result-schema"] == [p.code for p in caught.value.problems]


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

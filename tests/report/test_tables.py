"""The CSV tables."""

import csv
import io

import pytest

from jinghe.report.tables import TABLES, walk, write_csv


@pytest.mark.parametrize("name", list(TABLES))
def test_a_table_reads_back_with_as_many_rows(document, name):
    rows = list(csv.DictReader(io.StringIO(write_csv(name, document))))

    assert len(TABLES[name](document)) == len(rows)


@pytest.mark.parametrize("name", ["settlements", "contracts", "flags"])
def test_an_empty_table_keeps_its_header(document, name):
    full = write_csv(name, document).splitlines()
    empty = write_csv(name, document | {name: []}).splitlines()

    assert 1 == len(empty)
    assert full[0] == empty[0] or len(full) == 1


def test_leaf_contributions_in_the_table_sum_to_the_score(document):
    for row in document["scores"]:
        leaves = [part["contribution"] for _, part in walk(row["working"]) if not part["children"]]

        assert row["score"] == pytest.approx(sum(leaves), abs=1e-9)

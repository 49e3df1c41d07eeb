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


def test_flags_keep_their_numbers(document):
    flag = {"code": "jump", "jurisdiction": "990100", "indicator": "gdp", "period": "2021", "effect": 2.0}
    flag |= {part: {"zh": "说明", "en": "words"} for part in ("evidence", "strength")}
    flag |= {"p": 0.001, "q": 0.01, "power": 0.4, "n": 12}

    header, row = write_csv("flags", document | {"flags": [flag]}).splitlines()

    assert header == write_csv("flags", document | {"flags": []}).strip()
    assert row.endswith(",0.001,0.01,0.4,12")


def test_ranks_carry_the_intervals_by_figures_and_by_both(document):
    rows = list(csv.DictReader(io.StringIO(write_csv("ranks", document))))

    assert {"1", "2", "3"} >= {row[key] for row in rows for key in ("figures_low", "figures_high", "both_low", "band")}

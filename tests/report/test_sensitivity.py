"""Which choice decides the ranks, as a section."""

from dataclasses import replace

import numpy as np
import pytest

from jinghe.compact import load_compact
from jinghe.contest import Indices
from jinghe.report import show_sensitivity

ENDS = np.array([[0.1, 0.3], [0.6, 0.8]])
NAMES = ("contest.weights", "contest.figures")
FOUND = Indices(NAMES, np.array([0.2, 0.7]), np.array([0.3, 0.75]), ENDS, ENDS, 1.0, 1024, 4096, True)


@pytest.fixture(scope="module")
def compact():
    return load_compact("toy")


def test_indices_stand_beside_their_intervals_unrounded(compact):
    section = show_sensitivity(compact.contest, indices=FOUND, target="winner", region=compact.region)

    (table,) = section.tables
    assert [("weights", 0.2, "0.100…0.300", 0.3), ("errors of the figures", 0.7, "0.600…0.800", 0.75)] == [
        (row[0].en, *row[1:4]) for row in table.rows
    ]
    assert "第一名是否易主" in section.lead.zh
    assert "4,096 runs; every total index is known to ±0.02: converged." in table.notes[0].en


def test_what_did_not_converge_says_so(compact):
    short = replace(FOUND, converged=False)

    section = show_sensitivity(compact.contest, indices=short, target="990100", region=compact.region)

    assert "未收敛" in section.tables[0].notes[0].zh
    assert "the rank of City A" in section.lead.en

"""A whole paper, checked from its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from jinghe.errors import DataError
from jinghe.recalc import check_claims, extract_claims

PAPER = Path(__file__).parents[3] / "shared" / "sources" / "chuanyu-full.txt"


@pytest.mark.skipif(not PAPER.is_file(), reason="the paper is not here")
def test_the_text_of_the_paper_gives_the_verdicts_of_its_tables():
    claims = extract_claims(PAPER.read_text(encoding="utf-8"))
    found = {claim.place.zh[:2] + claim.id[-2:]: one for claim, one in zip(claims, check_claims(claims), strict=True)}

    shown = {name: (one.status, one.decision_error) for name, one in found.items()}
    assert shown == {
        "表3.1": ("inconsistent", True),
        "表4.1": ("inconsistent", False),
        "表4.2": ("conditional", False),
        "表5.1": ("consistent", False),
    }


def test_sentences_and_tables_are_told_apart_and_numbered():
    tables = ("表1 比较\nM\tSD\tF\tp\n4.1\t1.0\t2.35\t.10\n", "|N|M|SD|\n|30|4.10|1.00|\n")
    text = f"甲 t(28)=2.20, p=.03。\n\n{tables[0]}\n乙 z=2.20, p=.04。\n{tables[1]}"

    claims = extract_claims(text)

    assert [claim.id for claim in claims] == ["text.1", "text.2", "table.1.1", "table.2.1"]
    assert claims[2].place.zh == "表1 比较"


def test_a_table_without_statistics_is_passed_over():
    assert [claim.id for claim in extract_claims("|甲|乙|\n|一|二|\n\nt(28)=2.20, p=.03")] == ["text.1"]


def test_nothing_to_check_and_a_cell_that_is_no_number_are_told():
    for text, code in (("", "claim-text-empty"), ("|N|M|SD|\n|30|4.1O|1.00|", "claim-number-unreadable")):
        with pytest.raises(DataError) as found:
            extract_claims(text)

        assert [fault.code for fault in found.value.problems] == [code]

from __future__ import annotations

import csv
import io

import pytest

from jinghe_web.models import CaseResult
from jinghe_web.queries.tables import csv_table, table_names


def test_every_table_can_be_read_back(result: CaseResult) -> None:
    for name in table_names():
        text = csv_table(result, name)

        assert text is not None
        assert text.startswith("\ufeff"), "spreadsheets guess the encoding without it"
        rows = list(csv.reader(io.StringIO(text[1:])))
        assert len({len(row) for row in rows}) == 1, name


def test_observations_are_all_in_the_table(result: CaseResult) -> None:
    assert str(csv_table(result, "observations")).count("\r\n") == result.observations.count() + 1


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd|x", "@sum", "\tx"])
def test_no_cell_runs_as_a_formula(result: CaseResult, text: str) -> None:
    result.observations.update(note=text)

    rows = list(csv.reader(io.StringIO(str(csv_table(result, "observations")))))

    assert {row[-1] for row in rows[1:]} == {f"'{text}"}


def test_negative_numbers_stay_numbers(result: CaseResult) -> None:
    result.observations.update(printed="-3.5")

    assert "'-3.5" not in str(csv_table(result, "observations"))


def test_there_is_no_other_table(result: CaseResult) -> None:
    assert csv_table(result, "passwords") is None

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jinghe.contract import Contract, Progress, check_progress, read_progress
from jinghe.errors import DataError
from jinghe.labels import Text

HEAD = "contract,on,done,source,note\n"
ROAD = Contract("road", "special", Text.of("road"), "", "990100", ("990200",), "990000")


def test_progress_is_read_in_file_order(tmp_path: Path) -> None:
    path = tmp_path / "progress.csv"
    path.write_text(HEAD + "road,2022-02-28,2,toy,\nroad,2021年10月31日,１,toy,a note\n", encoding="utf-8")

    assert read_progress(path) == (
        Progress("road", date(2022, 2, 28), 2, "toy"),
        Progress("road", date(2021, 10, 31), 1, "toy", "a note"),
    )


def test_all_faults_of_all_rows_come_together(tmp_path: Path) -> None:
    path = tmp_path / "progress.csv"
    path.write_text(HEAD + "road,2022,half,t,\nroad,2022-01-01,1,t,\nroad,2022-01-01,2,t,\n", encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read_progress(path, name="data/progress.csv")

    assert [p.text("en").split(".")[0] + "…" + p.code for p in caught.value.problems] == [
        "data/progress…date-unreadable",
        "data/progress…count-unreadable",
        "data/progress…progress-repeated",
    ]
    assert str(caught.value.problems[2].place) == "data/progress.csv:4 road"


def test_progress_of_no_contract_and_falling_counts_are_listed() -> None:
    progress = [
        Progress("road", date(2022, 2, 1), 2),
        Progress("bus", date(2022, 1, 1), 1),
        Progress("road", date(2022, 1, 1), 3),
    ]

    faults = check_progress(progress, contracts=[ROAD])

    assert [(p.code, p.level) for p in faults] == [("progress-homeless", "error"), ("progress-falls", "warning")]
    assert faults[1].text("zh").startswith("road：累计数由 3 降为 2（2022-02-01）。")

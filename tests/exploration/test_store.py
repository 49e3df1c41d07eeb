from __future__ import annotations

import json

import numpy as np
import pytest

from jinghe.errors import DataError, problem
from jinghe.exploration.store import Done, Store, Unit, read_fault, write_fault


def done(design, first, count, value=1.0) -> Done:
    return Done(Unit(design, first, count), {"y": np.arange(first, first + count) + value})


@pytest.fixture
def store(tmp_path) -> Store:
    store = Store(tmp_path / "sweep", "me", ("y",))
    store.open({"points": 2})
    return store


def test_parts_come_back_in_order_whatever_their_order(store) -> None:
    store.append([done(1, 0, 2)])
    store.append([done(0, 2, 1), done(0, 0, 2)])

    assert [(0, 0, 1.0), (0, 1, 2.0), (0, 2, 3.0), (1, 0, 1.0), (1, 1, 2.0)] == list(
        store.read().select("design", "replication", "y").iter_rows()
    )


def test_a_torn_part_is_as_if_it_had_not_been_written(store) -> None:
    store.append([done(0, 0, 2)])
    store.append([done(1, 0, 2)])
    part = min(store.folder.glob("part-*"))
    part.write_bytes(part.read_bytes()[:-20])

    assert 2 == len(store.read())


def test_the_final_file_is_the_same_bytes_however_it_was_cut(tmp_path) -> None:
    made = []
    for number, cuts in enumerate(
        ([[done(0, 0, 4), done(1, 0, 4)]], [[done(1, 2, 2), done(0, 0, 4)], [done(1, 0, 2)]])
    ):
        store = Store(tmp_path / str(number), "me", ("y",))
        store.open({})
        for cut in cuts:
            store.append(cut)
        store.finish(store.read())
        made.append((store.folder / "sweep.parquet").read_bytes())
        assert ["plan.json", "sweep.parquet"] == sorted(file.name for file in store.folder.iterdir())
        assert store.is_finished

    assert made[0] == made[1]


def test_a_fault_is_one_row_and_comes_back_in_both_languages(store) -> None:
    words = write_fault([problem("replications-few", "simulate.replications", found=1)])

    store.append([Done(Unit(3, 100, 50), {}, words)])

    (row,) = store.read().iter_rows(named=True)
    assert (3, 0, True) == (row["design"], row["replication"], np.isnan(row["y"]))
    assert "重复次数为 1" in read_fault(row["fault"])[0].text("zh")


def test_a_folder_of_another_sweep_is_refused(store) -> None:
    assert "me" == json.loads((store.folder / "plan.json").read_text())["identity"]

    with pytest.raises(DataError) as caught:
        Store(store.folder, "another", ("y",)).open({})

    assert ["sweep-other"] == [p.code for p in caught.value.problems]

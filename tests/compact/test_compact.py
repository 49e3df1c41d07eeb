from __future__ import annotations

import dataclasses
import shutil
from datetime import date

import pytest

from jinghe.compact import Simulate, load_compact


def test_a_compact_is_composed_of_its_rooms(toy):
    assert toy.id == "toy"
    assert toy.title.en == "Three-city example (synthetic)"
    assert toy.in_force == (date(2021, 1, 1), date(2023, 1, 1))
    assert [contract.id for contract in toy.contracts] == ["together", "road", "bus", "services", "zone"]
    assert [agreement.id for agreement in toy.agreements] == ["toy-park", "toy-rank-transfer"]
    assert toy.contest.weight("growth", date(2021, 6, 1)) == 0.4
    assert toy.region.contestants() == ("990100", "990200", "990300")
    assert toy.platform["disputes"] == {"reply_days": 15, "ruling_days": 30}
    assert toy.simulate.alternatives[0].set == {"contest.weights.growth": 0.8, "contest.weights.collaboration": 0.0}
    assert toy.notes[0].path == "data"
    assert toy.sources["toy"].kind == "synthetic"


def test_a_compact_is_equal_wherever_it_lies(toy, folder):
    elsewhere = load_compact(folder)

    assert toy == elsewhere
    assert toy.folder != elsewhere.folder
    assert toy.digest == elsewhere.digest


def test_a_compact_is_frozen(toy):
    with pytest.raises(dataclasses.FrozenInstanceError):
        toy.version = "2"


def test_without_a_word_on_simulation_its_defaults_hold(folder):
    path = folder / "compact.yaml"
    text = (
        path.read_text(encoding="utf-8").split("simulate:\n")[0].replace("    path: simulate\n", "    path: contest\n")
    )
    path.write_text(text, encoding="utf-8")

    assert load_compact(folder).simulate == Simulate()


def test_registers_may_be_left_out(folder, write):
    write("compact.yaml", ", joint_items: data/joint_items.csv, progress: data/progress.csv", "")
    shutil.rmtree(folder / "tests", ignore_errors=True)

    compact = load_compact(folder)

    assert compact.items == ()
    assert compact.progress == ()

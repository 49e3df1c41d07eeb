from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.compact import dump_compact, dump_files, load_compact, replace_values

CASES = Path(__file__).parents[2] / "cases"


@pytest.mark.parametrize("name", ["toy", "shanxi"])
def test_what_is_dumped_is_what_was_loaded_byte_for_byte(name):
    compact = load_compact(CASES / name)

    assert dump_compact(compact).encode() == (CASES / name / "compact.yaml").read_bytes()
    for file, text in dump_files(compact).items():
        assert text.encode() == (CASES / name / file).read_bytes()


def test_line_ends_of_another_system_are_kept(folder):
    path = folder / "compact.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    compact = replace_values(load_compact(folder), {"simulate.horizon": 6})

    assert dump_compact(compact).encode() == path.read_bytes().replace(b"horizon: 5", b"horizon: 6")


@settings(max_examples=3)
@given(st.sampled_from([0.1, 0.25, 0.4]), st.integers(1, 40), st.text(min_size=1).filter(str.strip))
def test_a_changed_compact_is_loaded_as_it_was_dumped(tmp_path_factory, weight, horizon, title):
    folder = tmp_path_factory.mktemp("toy")
    base = load_compact(CASES / "toy")
    values = {
        "contest.weights.growth": weight,
        "contest.weights.collaboration": 0.8 - weight,
        "simulate.horizon": horizon,
    }
    changed = replace_values(base, values | {"title": {"zh": title, "en": title}, "agreements[toy-park].title": title})

    for file in [*dump_files(changed), *(table.file for table in base.case.tables), *changed.projects]:
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes((base.folder / file).read_bytes())
    for file, text in dump_files(changed).items():
        (folder / file).write_bytes(text.encode())

    assert load_compact(folder) == changed

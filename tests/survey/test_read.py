"""A questionnaire from a mapping and back."""

from __future__ import annotations

import pytest

from jinghe.errors import DataError
from jinghe.survey import dump_instrument, read_instrument


def test_what_is_dumped_reads_back_the_same(small):
    assert read_instrument(dump_instrument(small)) == small


def test_codes_may_be_numbers_in_yaml(tree):
    tree["choices"]["five"] = {k: str(k) for k in range(1, 6)}

    assert read_instrument(tree).ends("t1") == (1, 5)


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        (lambda t: t.pop("instrument"), "survey-key-missing", "instrument"),
        (lambda t: t.update(items=[]), "survey-key-missing", "items"),
        (lambda t: t.update(items={"a": 1}), "survey-shape", "items"),
        (lambda t: t.update(choices=[1]), "survey-shape", "choices"),
        (lambda t: t["items"][0].update(lable="x"), "survey-key-unknown", "items[unit].lable"),
        (lambda t: t["items"][0].pop("label"), "text-empty", "items[unit].label"),
        (lambda t: t["items"][0].update(required="yes"), "choice-unknown", "items[unit].required"),
        (lambda t: t["scales"].update(x=3), "survey-shape", "scales.x"),
    ],
)
def test_a_fault_stands_at_its_path(tree, change, code, path):
    change(tree)

    with pytest.raises(DataError) as found:
        read_instrument(tree)

    assert (code, path) in [(item.code, item.place.path) for item in found.value.problems]

from __future__ import annotations

import pytest

from jinghe.errors import DataError
from jinghe.labels import Text


def test_both_sides_are_kept() -> None:
    text = Text.of({"zh": "太原市", "en": "Taiyuan"})

    assert (text.get("zh"), text.get("en")) == ("太原市", "Taiyuan")


@pytest.mark.parametrize(
    "value", ["甲", {"zh": "甲"}, {"en": "甲", "zh": None}, Text("甲", "甲"), {"zh": " 甲 ", "en": ""}]
)
def test_one_side_serves_for_both(value: object) -> None:
    assert Text.of(value) == Text("甲", "甲")


def test_a_number_is_a_word_too() -> None:
    assert Text.of(2021) == Text("2021", "2021")


@pytest.mark.parametrize("value", ["", "  ", None, {}, {"zh": ""}, [], {"fr": "x"}, {"zh": ["x"]}])
def test_no_words_is_a_fault_and_not_a_traceback(value: object) -> None:
    with pytest.raises(DataError) as caught:
        Text.of(value)

    assert [p.code for p in caught.value.problems] == ["text-empty"]
    assert "{zh: …, en: …}" in caught.value.problems[0].text("zh")

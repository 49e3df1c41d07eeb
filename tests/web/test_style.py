"""Colours of words can be read (WCAG 2.2 AA: 4.5 to 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import jinghe_web

SHEET = (Path(jinghe_web.__file__).parent / "static" / "css" / "base.css").read_text(encoding="utf-8")
PIECES = (Path(jinghe_web.__file__).parent / "static" / "css" / "pieces.css").read_text(encoding="utf-8")
NAMED = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", SHEET))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("word", ["ink", "muted", "accent", "green", "yellow", "red", "grey"])
@pytest.mark.parametrize("ground", ["paper", "wash", "accent-soft"])
def test_words_stand_out_from_their_ground(word: str, ground: str) -> None:
    assert contrast(NAMED[word], NAMED[ground]) >= 4.5


def test_notes_can_be_read() -> None:
    assert contrast(NAMED["warn"], NAMED["paper"]) >= 4.5
    assert contrast(NAMED["ink"], NAMED["warn-soft"]) >= 4.5


def test_words_on_every_shade_of_the_map_can_be_read() -> None:
    shades = dict(re.findall(r"rect\.shade-(\d), i\.shade-\d { fill: (#[0-9a-f]{6})", PIECES))

    assert len(shades) == 5
    for number, colour in shades.items():
        assert contrast("#ffffff" if int(number) > 3 else "#12202c", colour) >= 4.5


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)

"""Ratings as bars around the middle."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.report.figures.likert import draw_likert, likert_colours, paint_likert, place_likert

ROWS = (
    ({"zh": "一个很长很长的题目要在图上截短才行", "en": "one"}, 9, [0.1, 0.1, 0.2, 0.3, 0.3]),
    ({"zh": "二", "en": "two <&>"}, 8, [0.5, 0.2, 0.1, 0.1, 0.1]),
    ({"zh": "三", "en": "three"}, 0, [0.0] * 5),
)
FIGURE = {
    "title": {"zh": "互信", "en": "Trust"},
    "options": [{"zh": f"{k}分", "en": str(k)} for k in range(1, 6)],
    "rows": [{"label": label, "n": n, "shares": shares} for label, n, shares in ROWS],
}


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=5, max_size=5), min_size=1, max_size=6))
def test_bars_keep_their_shares_and_their_middles_stand_in_line(rows):
    rows = [[share / sum(row) for share in row] for row in rows]
    placed, middle = place_likert(rows)

    for row, spans in zip(rows, placed, strict=True):
        assert [wide / spans[0][1] for _, wide in spans] == pytest.approx([share / row[0] for share in row])
        assert spans[2][0] + spans[2][1] / 2 == pytest.approx(middle)
        assert spans[0][0] >= -1e-9
        assert sum(spans[-1]) <= 1 + 1e-9


def test_an_even_scale_meets_between_its_middle_options():
    placed, middle = place_likert([[0.25, 0.25, 0.25, 0.25]])

    assert placed[0][2][0] == middle == 0.5


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_is_well_formed_and_shows_every_share(lang):
    text = draw_likert(FIGURE, lang)
    root = ET.fromstring(text)
    hints = [title.text for title in root.iter("{http://www.w3.org/2000/svg}title")]

    assert len(hints) == 1 + 2 * 5  # the picture and each piece of the two bars; nobody answered the third
    assert any("30.0%" in hint for hint in hints)
    assert "n=9" in text


def test_colours_run_from_end_to_end_through_grey():
    assert likert_colours(5)[0] == likert_colours(3)[0]
    assert len(set(likert_colours(7))) == 7


def test_a_painted_bar_is_a_png_of_its_colours():
    data = paint_likert(((0.0, 0.5), (0.5, 0.5)), 0.5, width=10, height=8)
    raw = zlib.decompress(data[data.index(b"IDAT") + 4 : data.index(b"IEND") - 8])

    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">2I", data[16:24]) == (10, 8)
    line = raw[4 * 31 + 1 : 5 * 31]
    assert (line[:3].hex(), line[-3:].hex()) == tuple(colour[1:] for colour in likert_colours(2))


def test_no_answers_make_an_empty_picture():
    assert "<svg" in draw_likert(FIGURE | {"rows": []}, "zh")

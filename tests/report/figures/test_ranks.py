"""Ranks and tiles."""

from xml.etree import ElementTree

import pytest

from jinghe.report.figures.ranks import draw_ranks, draw_tiles


@pytest.mark.parametrize("draw", [draw_ranks, draw_tiles])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_contestant_is_drawn_by_name(document, draw, lang):
    svg = draw(document, lang)

    words = "".join(ElementTree.fromstring(svg).itertext())

    assert [] == [
        j["name"][lang]
        for j in document["jurisdictions"]
        if j["level"] == "prefecture" and j["name"][lang] not in words
    ]


def test_the_frame_spans_the_interval(document):
    row = document["scores"][0]
    one = document | {"scores": [row | {"rank": 1, "low": 1, "high": 1, "probability": [1.0]}]}

    assert 'width="32.0" height="23.0"' in draw_ranks(one, "zh")


def test_equal_scores_do_not_divide_by_zero(document):
    same = [row | {"score": 5.0} for row in document["scores"]]

    assert "5.0" in draw_tiles(document | {"scores": same}, "en")

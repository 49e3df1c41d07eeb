"""The light wall."""

from jinghe.report.figures.contracts import draw_lights


def test_each_contract_shows_its_word_beside_its_colour(document):
    svg = draw_lights(document, "zh")

    words = {"green": "正常", "yellow": "预警", "red": "逾期", "grey": "无期限"}
    assert [] == [c["id"] for c in document["contracts"] if f">{words[c['colour']]}<" not in svg]


def test_a_contract_without_history_is_still_drawn(document):
    bare = document["contracts"][0] | {"history": [], "due": None}

    assert "○" in draw_lights(document | {"contracts": [bare]}, "en")

"""Who works with whom."""

from xml.etree import ElementTree

import pytest

from jinghe.compact import load_compact
from jinghe.evidence import need_network
from jinghe.network import portray_network
from jinghe.report.figures.network import draw_network

SVG = "{http://www.w3.org/2000/svg}"


def outline(*actors, ties=(), left_out=0):
    groups = dict.fromkeys(group for _, group, _ in actors)
    return {
        "actors": [
            {"id": name, "name": {"zh": name, "en": name}, "group": group, "type": kind, "events": 1}
            for name, group, kind in actors
        ],
        "groups": [{"id": group, "name": {"zh": group, "en": group}} for group in groups],
        "ties": [list(tie) for tie in ties],
        "left_out": left_out,
    }


PAIR = outline(
    ("甲<", "p", "government"), ("乙", "q", "firm"), ("丙", "p", "society"), ties=[(0, 1, 2.0, 2), (0, 2, 1.0, 1)]
)


def test_ties_across_a_border_and_inside_are_told_apart_without_colour():
    root = ElementTree.fromstring(draw_network(PAIR, "zh"))

    ties = [path for path in root.iter(f"{SVG}path") if "Q" in path.get("d")]
    assert {"甲< – 丙：1 件": True, "甲< – 乙：2 件": False} == {
        tie[0].text: tie.get("stroke-dasharray") is not None for tie in ties
    }
    assert float(ties[1].get("stroke-width")) > float(ties[0].get("stroke-width")), "the heavier on top and wider"


def test_kinds_of_actors_have_their_own_shape_and_word():
    root = ElementTree.fromstring(draw_network(PAIR, "en"))

    words = "".join(root.itertext())
    assert all(word in words for word in ("government", "firm", "society"))
    assert [3, 3, 4, 4] == sorted(len(p.get("points").split()) for p in root.iter(f"{SVG}polygon"))


def test_who_is_not_drawn_is_counted_and_long_names_are_cut_with_the_whole_in_the_hint():
    long = "秀山土家族苗族自治县人民政府"
    svg = draw_network(outline((long, "p", "government"), ("乙", "q", "government"), left_out=3), "zh")

    assert "另有 3 个行动者未画出" in svg
    assert f"<title>{long}：1 件</title>" in svg
    assert f">{long}<" not in svg


@pytest.mark.parametrize("case", ["chuanyu", "yuqian"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_real_networks_fit_the_picture_and_name_every_actor(case, lang):
    events, actors, _ = need_network(load_compact(case))
    figure = portray_network(events, actors=actors, seed=1, draws=2).as_dict()["figure"]

    root = ElementTree.fromstring(draw_network(figure, lang))
    width, height = (float(part) for part in root.get("viewBox").split()[2:])
    names = {title.text.split("：" if lang == "zh" else ": ")[0] for title in root.iter(f"{SVG}title")}
    assert {one["name"][lang] for one in figure["actors"]} <= names
    for mark in root.iter(f"{SVG}circle"):
        assert 0 < float(mark.get("cx")) < width
        assert 0 < float(mark.get("cy")) < height

"""The vocabulary of the figures."""

from xml.etree import ElementTree

from jinghe.report.figures.drawing import LIGHTS, box, curve, line, mark, picture, ribbon, say


def test_words_are_escaped_so_that_no_title_can_break_a_picture():
    svg = picture(10, 10, [say(0, 0, '<script>"&'), box(0, 0, 1, 1, hint="a<b")], title='t"<')

    assert "<script>" not in svg
    assert ElementTree.fromstring(svg).tag.endswith("svg")


def test_a_negative_extent_draws_nothing_rather_than_an_error():
    assert 'width="0.0"' in box(0, 0, -3, 2)


def test_every_light_has_its_own_shape_as_well_as_colour():
    shapes = {mark(0, 0, colour).split()[0] + mark(0, 0, colour).split('fill="')[1][:7] for colour in LIGHTS}

    assert len(LIGHTS) == len(shapes)


def test_lines_curves_and_ribbons_are_well_formed():
    parts = [
        line(0, 0, 1, 1, dash="2 2"),
        curve([(0, 0), (1, 1)], colour="#000"),
        ribbon((0, 0), (9, 9), width=3, colour="#000"),
    ]

    root = ElementTree.fromstring(picture(10, 10, parts, title="x"))

    assert ["title", "line", "path", "path"] == [child.tag.split("}")[1] for child in root]

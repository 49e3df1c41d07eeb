"""Trajectories."""

from xml.etree import ElementTree

from jinghe.report.figures.forecast import draw_forecast


def test_every_variable_has_a_panel_and_every_run_a_line(document):
    forecast = document["forecast"]

    root = ElementTree.fromstring(draw_forecast(forecast, "en"))

    words = "".join(root.itertext())
    paths = [e for e in root.iter() if e.tag.endswith("path")]
    panels, runs = len(forecast["runs"][0]["variables"]), len(forecast["runs"])
    assert all(v["label"]["en"] in words for v in forecast["runs"][0]["variables"].values())
    assert runs + 2 * runs * panels == len(paths)

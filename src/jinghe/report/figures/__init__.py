"""Figures of the report as SVG (图): drawn from the result document, for paper and for the workbench alike."""

from jinghe.report.figures.contracts import draw_lights
from jinghe.report.figures.courses import draw_courses
from jinghe.report.figures.flows import draw_flows
from jinghe.report.figures.forecast import draw_forecast
from jinghe.report.figures.pictures import draw_figure
from jinghe.report.figures.ranks import draw_ranks, draw_tiles

__all__ = ["draw_courses", "draw_figure", "draw_flows", "draw_forecast", "draw_lights", "draw_ranks", "draw_tiles"]

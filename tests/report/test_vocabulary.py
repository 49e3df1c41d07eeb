"""Words for codes."""

import pytest

from jinghe.contract import FORMS as CONTRACT_FORMS
from jinghe.panel import STATUSES
from jinghe.report.figures.drawing import LIGHTS
from jinghe.report.vocabulary import FIGURE_STATES, FORMS, LIGHT_NAMES


@pytest.mark.parametrize(
    "named, used",
    [(FORMS, CONTRACT_FORMS), (FIGURE_STATES, STATUSES), (LIGHT_NAMES, LIGHTS)],
    ids=["forms", "figures", "lights"],
)
def test_every_code_in_use_has_its_words(named, used):
    assert set(used) == set(named)

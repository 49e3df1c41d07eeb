"""Words for codes."""

import pytest

from jinghe.contest import read_items
from jinghe.contract import FORMS as CONTRACT_FORMS
from jinghe.panel import STATUSES
from jinghe.report.figures.drawing import LIGHTS
from jinghe.report.vocabulary import FIGURE_STATES, FORMS, ITEM_STATES, LIGHT_NAMES


@pytest.mark.parametrize(
    "named, used",
    [(FORMS, CONTRACT_FORMS), (FIGURE_STATES, STATUSES), (LIGHT_NAMES, LIGHTS)],
    ids=["forms", "figures", "lights"],
)
def test_every_code_in_use_has_its_words(named, used):
    assert set(used) == set(named)


def test_every_state_of_the_registers_has_its_words(root):
    used = {
        item.status for case in ("shanxi", "toy") for item in read_items(root / f"cases/{case}/data/joint_items.csv")
    }

    assert set() == used - set(ITEM_STATES)

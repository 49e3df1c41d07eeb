"""A toy compact with its assessment, and ways to change them."""

from dataclasses import replace

import pytest

from jinghe.compact import load_compact, load_panel
from jinghe.operation import assess
from jinghe.units import Period


@pytest.fixture(scope="session")
def compact():
    return load_compact("toy")


@pytest.fixture(scope="session")
def assessment(compact):
    return assess(compact, panel=load_panel(compact).panel, period=Period.of("2021"), seed=7)


@pytest.fixture
def with_items(compact):
    """The toy compact with other joint items: (lead, partners, field, status) each."""

    def make(*items):
        pattern = compact.items[0]
        made = (
            replace(pattern, id=f"i{at}", lead=lead, partners=partners, field=field, status=status)
            for at, (lead, partners, field, status) in enumerate(items)
        )
        return replace(compact, items=tuple(made))

    return make

from __future__ import annotations

import pytest

from jinghe.games import Game, list_game
from jinghe.labels import Text


@pytest.fixture
def park() -> Game:
    """The joint park of reference fixture 5.4: annual net benefit of three cities in million yuan."""
    labels = (Text("太原", "Taiyuan"), Text("忻州", "Xinzhou"), Text("晋中", "Jinzhong"))
    return list_game([60, 20, 30, 120, 110, 55, 180], parties=("T", "X", "J"), labels=labels)

import numpy as np
import pytest

from jinghe.contest.stream import open_stream


def test_the_same_key_gives_the_same_numbers():
    assert open_stream(7, "weights").random(5).tolist() == open_stream(7, "weights").random(5).tolist()
    assert open_stream(-1, "weights").random() == open_stream(2**64 - 1, "weights").random()


@pytest.mark.parametrize("other", [(8, "weights", 0), (7, "choices", 0), (7, "weights", 1)])
def test_another_seed_purpose_or_tile_is_another_stream(other):
    seed, purpose, tile = other

    assert not np.isin(open_stream(seed, purpose, tile=tile).random(100), open_stream(7, "weights").random(100)).any()

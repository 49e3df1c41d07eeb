import pytest

from jinghe.contest.indicator import read_tree
from jinghe.contest.tree import Tree

DEEP = Tree.of(read_tree({"index": {"green": {"sky": ["air", "pm"]}, "growth": ["gdp"]}}))


def test_leaves_are_columns_and_nodes_come_from_the_bottom_up():
    assert DEEP.leaves == ("air", "pm", "gdp")
    assert DEEP.nodes == ("growth", "sky", "green", "index")
    assert DEEP.root == "index"
    assert DEEP.depths == {"index": 1, "green": 2, "growth": 2, "sky": 3, "gdp": 3, "air": 4, "pm": 4}


def test_every_parent_stands_after_its_children():
    named = {name: DEEP.ids[k] if k >= 0 else None for name, k in zip(DEEP.ids, DEEP.parents, strict=True)}

    assert named == {"air": "sky", "pm": "sky", "gdp": "growth", "sky": "green", "green": "index", "growth": "index",
                     "index": None}  # fmt: skip
    assert all(k == -1 or k > place for place, k in enumerate(DEEP.parents))


def test_effective_weights_multiply_down_and_are_rescaled_among_siblings():
    found = DEEP.leaf_weights({"index": 1, "green": 3, "growth": 1, "sky": 1, "air": 1, "pm": 1, "gdp": 5})

    assert found == pytest.approx([0.375, 0.375, 0.25])

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    weights = {"index": 1, "green": 3, "growth": 1, "sky": 1, "air": 1, "pm": 1, "gdp": 5}

    assert DEEP.leaf_weights(weights) == pytest.approx([0.375, 0.375, 0.25])
    assert DEEP.effective_weights(weights) == pytest.approx(
        {"index": 1, "green": 0.75, "growth": 0.25, "sky": 0.75, "gdp": 0.25, "air": 0.375, "pm": 0.375}
    )


@given(st.fixed_dictionaries(dict.fromkeys(DEEP.ids[:-1], st.floats(0.1, 9))), st.floats(0.1, 9))
def test_effective_weights_sum_to_those_of_the_node_whatever_the_scale(weights, scale):
    found = DEEP.effective_weights(weights)

    for node in DEEP.nodes:
        assert sum(found[child] for child in DEEP.children[node]) == pytest.approx(found[node])
    scaled = DEEP.effective_weights({name: w * scale for name, w in weights.items()})
    assert list(scaled.values()) == pytest.approx(list(found.values()))


def test_siblings_of_weight_zero_count_nothing():
    weights = dict.fromkeys(DEEP.ids, 1.0) | {"air": 0.0, "pm": 0.0}

    assert DEEP.leaf_weights(weights).tolist() == [0, 0, 0.5]

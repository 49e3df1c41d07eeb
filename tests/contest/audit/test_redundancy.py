import numpy as np
import pytest

from jinghe.contest.audit.redundancy import BONDS, find_bonds, find_size_bonds
from jinghe.contest.indicator import read_tree
from jinghe.contest.tree import Tree

RNG = np.random.default_rng(3)
BASE, OTHER = RNG.normal(size=40), RNG.normal(size=40)
OTHER -= BASE * (OTHER @ BASE) / (BASE @ BASE)  # unrelated to BASE


def look(tree, **leaves):
    compiled = Tree.of(read_tree(tree))
    values = dict(leaves)
    for node in compiled.nodes:
        values[node] = np.mean([values[child] for child in compiled.children[node]], axis=0)
    return {(bond.kind, bond.one, bond.other) for bond in find_bonds(values, tree=compiled)}


def test_siblings_that_repeat_or_oppose_each_other_are_told():
    found = look({"index": ["a", "b", "c"]}, a=BASE, b=2 * BASE + 0.1 * OTHER, c=OTHER - BASE)

    assert ("redundant", "a", "b") in found
    assert ("opposed", "a", "c") in found


def test_an_indicator_that_stands_in_two_nodes_is_counted_twice():
    found = look({"index": {"x": ["a", "b"], "y": ["c", "d"]}}, a=BASE, b=OTHER, c=BASE * 3, d=OTHER[::-1])

    assert ("doubled", "a", "c") in found
    assert not any(kind == "redundant" for kind, *_ in found)


def test_an_indicator_in_the_wrong_node_is_weak_there_and_nearer_elsewhere():
    found = look({"index": {"x": ["a", "b", "c"], "y": ["d", "e"]}}, a=BASE, b=BASE + 0.1 * OTHER, c=0.2 * OTHER,
                 d=OTHER, e=OTHER + 0.1 * BASE)  # fmt: skip

    assert {("weak", "c", "x"), ("elsewhere", "c", "y")} <= found


def test_unrelated_indicators_make_no_bond_and_three_cities_never_do():
    values = {"a": np.array([1.0, 2, 3]), "b": np.array([1.0, 2, 3]), "index": np.array([1.0, 2, 3])}

    assert find_bonds(values, tree=Tree.of(read_tree({"index": ["a", "b"]}))) == ()
    assert look({"index": ["a", "b"]}, a=BASE, b=OTHER) == set()


def test_figures_that_follow_size_lack_a_denominator():
    size = np.arange(1.0, 21)

    [bond] = find_size_bonds({"roads": size * 2 + 1, "air": RNG.normal(size=20)}, sizes={"people": size})

    assert (bond.kind, bond.one, bond.other) == ("size", "roads", "people")
    assert bond.r == pytest.approx(1)
    assert bond.kind in BONDS


def test_asem_has_the_pairs_that_coinr_flags(asem):
    # get_corr_flags(dset = "Normalised", cor_thresh = 0.75, grouplev = 2): pairs of siblings above 0.75 in numbers.
    leaves = asem.stages.tree.leaves
    r = np.corrcoef(asem.stages.normalised, rowvar=False)
    above = [(a, b) for node in asem.stages.tree.nodes for k, a in enumerate(asem.stages.tree.children[node])
             for b in asem.stages.tree.children[node][k + 1 :]
             if a in leaves and b in leaves and r[leaves.index(a), leaves.index(b)] > 0.9]  # fmt: skip
    found = find_bonds(dict(asem.nodes), tree=asem.stages.tree)

    assert [(b.one, b.other) for b in found if b.kind == "redundant"] == above

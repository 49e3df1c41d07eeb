import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.regional import decompose_gini, decompose_theil, find_gini, find_theil
from jinghe.errors import DataError

ROWS = st.lists(st.tuples(st.floats(0.1, 1e4), st.floats(0.1, 1e4), st.sampled_from("ABC")), min_size=2, max_size=12)


def test_theil_by_hand():
    # two cities of equal population, output 1 and 3: ¼ ln ½ + ¾ ln 3/2
    total, terms = find_theil([1, 3], people=[5, 5])

    assert terms.tolist() == pytest.approx([0.25 * np.log(0.5), 0.75 * np.log(1.5)])
    assert total == pytest.approx(terms.sum())


def test_theil_of_equals_and_of_one_that_has_all():
    assert find_theil([2, 4, 6], people=[1, 2, 3])[0] == pytest.approx(0, abs=1e-15)
    assert find_theil([0, 7], people=[3, 1])[0] == pytest.approx(np.log(4))


@settings(max_examples=30)
@given(ROWS)
def test_theil_is_within_plus_between(rows):
    output, people, groups = zip(*rows, strict=True)

    found = decompose_theil(output, people=people, groups=groups)

    assert found.total == pytest.approx(found.within + found.between, abs=1e-10)
    assert min(found.within, found.between, found.total) >= -1e-12
    assert found.total == pytest.approx(find_theil(output, people=people)[0])


@settings(max_examples=30)
@given(ROWS, st.floats(0.01, 100))
def test_theil_knows_no_unit(rows, factor):
    output, people, _ = (np.array(x) if k < 2 else x for k, x in enumerate(zip(*rows, strict=True)))

    assert find_theil(output * factor, people=people)[0] == pytest.approx(
        find_theil(output, people=people)[0], abs=1e-9
    )


def test_all_between_when_groups_are_alike_inside():
    found = decompose_theil([1, 1, 3, 3], people=[1, 1, 1, 1], groups="AABB")

    assert (found.within, found.groups) == (0, ("A", "B"))
    assert found.share.tolist() == [0.25, 0.75]


def test_gini_by_hand_and_at_its_ends():
    assert find_gini([1, 2, 3]) == pytest.approx(8 / (2 * 9 * 2))  # Σ|y_i − y_j| = 8, μ = 2
    assert find_gini([5, 5, 5]) == pytest.approx(0)
    assert find_gini([0, 0, 0, 1]) == pytest.approx(3 / 4)


@settings(max_examples=30)
@given(ROWS)
def test_dagum_is_within_plus_net_between_plus_transvariation(rows):
    values, _, groups = zip(*rows, strict=True)
    y = np.array(values)
    brute = np.abs(y[:, None] - y[None, :]).sum() / (2 * len(y) ** 2 * y.mean())

    found = decompose_gini(values, groups=groups)

    assert found.total == pytest.approx(brute, abs=1e-10)
    assert found.total == pytest.approx(found.within + found.net_between + found.transvariation, abs=1e-10)
    assert min(found.within, found.net_between, found.transvariation) >= -1e-12
    assert np.allclose(found.across, found.across.T)


def test_dagum_by_hand():
    # A: 1, 5; B: 2, 4 with equal means: nothing net between, |1−2|+|1−4|+|5−2|+|5−4| = 8 across
    found = decompose_gini([1, 5, 2, 4], groups="AABB")

    assert found.across[0, 1] == pytest.approx(8 / (4 * 6))
    assert found.affluence[0, 1] == pytest.approx(0)
    assert found.net_between == pytest.approx(0)
    assert found.own.tolist() == pytest.approx([8 / 24, 4 / 24])
    assert found.within == pytest.approx(0.25 * (8 / 24 + 4 / 24))
    assert found.transvariation == pytest.approx(2 * 0.25 * 8 / 24)


def test_groups_that_do_not_overlap_have_no_transvariation():
    found = decompose_gini([1, 2, 10, 11], groups="AABB")

    assert found.transvariation == pytest.approx(0)
    assert found.affluence[0, 1] == pytest.approx(1)


@pytest.mark.parametrize(
    "run,code",
    [
        (lambda: find_theil([1, -1], people=[1, 1]), "measure-negative"),
        (lambda: find_theil([1, 1], people=[1, 0]), "measure-negative"),
        (lambda: find_theil([1], people=[1]), "measure-few"),
        (lambda: find_gini([0, 0]), "measure-negative"),
        (lambda: decompose_gini([1, 2], groups="A"), "measure-groups"),
        (lambda: decompose_theil([1, float("nan")], people=[1, 1], groups="AB"), "measure-missing"),
    ],
)
def test_bad_figures_are_told(run, code):
    with pytest.raises(DataError) as error:
        run()

    assert error.value.problems[0].code == code

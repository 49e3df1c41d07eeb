"""Small groups stay hidden, whatever is worked out from what is printed."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from jinghe.errors import DataError
from jinghe.survey import find_recovered, hide_small, protect_cuts


def cross(one, two):
    return one * (int(two.max()) + 1) + two


def attack(cuts, hidden, cells, target, truth):
    """The least and the largest count of a group that whole numbers of people allow, given all that is printed."""
    rows, values = [np.ones(len(cells[0][0]))], [len(cuts[0])]
    for at, cut in enumerate(cuts):
        sizes = np.bincount(cut)
        for group, size in enumerate(sizes):
            if not hidden[at][group]:
                rows.append(cells[at][group])
                values.append(size)
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * target,
            integrality=np.ones(len(target)),
            bounds=Bounds(0, np.inf),
            constraints=LinearConstraint(np.array(rows), values, values),
        )
        ends.append(sign * found.fun)
    assert ends[0] - 1e-6 <= truth <= ends[1] + 1e-6
    return ends


def respondents(draw):
    n = draw(st.integers(12, 60))
    seed = draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    columns = []
    for most in draw(st.sampled_from([(5, 3), (6, 2), (4, 4), (4, 3, 2), (5, 2, 2)])):
        ends = rng.dirichlet(np.full(most, draw(st.sampled_from([0.6, 2.0])))).cumsum()
        columns.append(np.unique(np.minimum(np.searchsorted(ends, rng.random(n)), most - 1), return_inverse=True)[1])
    return columns


people = st.composite(respondents)()


def test_the_remainder_rule_gives_the_numbers_of_the_reference():
    assert hide_small([8, 7, 2, 5, 1], k=3) == (False, False, True, False, True)
    assert hide_small([8, 7, 2, 5, 1], k=5) == (False, False, True, True, True)
    assert hide_small([8, 7, 2], k=3) == (False, True, True)
    assert hide_small([8, 7, 0], k=3) == (False, False, False)


def test_one_cut_alone_follows_the_remainder_rule():
    units = np.repeat(np.arange(5), [8, 7, 2, 5, 1])

    for k in (3, 5):
        assert tuple(protect_cuts([units], k=k)[0]) == hide_small([8, 7, 2, 5, 1], k=k)


def test_a_unit_of_two_is_hidden_together_with_the_smallest_of_its_region():
    region = np.repeat([0, 0, 0, 1, 1], [20, 12, 2, 30, 15])
    unit = np.repeat(np.arange(5), [20, 12, 2, 30, 15])

    regions, units = protect_cuts([region, unit], k=10)

    assert regions.tolist() == [False, False]
    assert units.tolist() == [False, True, True, False, False]


def test_a_unit_that_is_nearly_its_region_is_hidden():
    region, unit = np.repeat([0, 0, 1], [95, 5, 50]), np.repeat([0, 1, 2], [95, 5, 50])

    assert protect_cuts([region, unit], k=10)[1].tolist() == [True, True, False]


def test_a_hidden_cell_of_a_cross_table_stands_in_a_circle():
    counts = np.array([[20, 30, 40], [25, 3, 15], [50, 11, 12]])
    unit = np.repeat(np.arange(3), counts.sum(1))
    level = np.concatenate([np.repeat(np.arange(3), row) for row in counts])
    cuts = [unit, level, cross(unit, level)]

    hidden = protect_cuts(cuts, k=10)[2].reshape(3, 3)

    assert hidden.tolist() == [[False, False, False], [False, True, True], [False, True, True]]


def test_linear_algebra_finds_a_bridge_that_every_line_of_sums_misses():
    counts = np.full((3, 3), 20)
    unit = np.repeat(np.arange(3), counts.sum(1))
    level = np.concatenate([np.repeat(np.arange(3), row) for row in counts])
    cuts = [unit, level, cross(unit, level)]
    bridge = np.array([[1, 1, 1], [1, 1, 0], [0, 0, 0]], dtype=bool)  # each row and column but one hides two or more

    assert find_recovered(cuts, [np.zeros(3, bool), np.zeros(3, bool), bridge.ravel()]) == ((2, 2),)


def test_a_group_printed_under_another_name_is_hidden_too():
    unit = np.repeat([0, 1, 2], [12, 4, 30])
    level = np.repeat([0, 1, 2, 2], [12, 4, 15, 15])  # the level says what the unit says

    hidden = protect_cuts([unit, level, cross(unit, level)], k=10)

    assert find_recovered([unit, level, cross(unit, level)], hidden) == ()
    assert hidden[0].tolist() == hidden[1].tolist()


def test_what_is_hidden_already_stays_hidden():
    units = np.repeat(np.arange(4), [30, 20, 15, 12])

    (hidden,) = protect_cuts([units], k=10, hidden=[np.array([False, False, True, False])])

    assert hidden.tolist() == [False, False, True, True]


def test_fewer_than_k_answers_print_nothing():
    with pytest.raises(DataError) as found:
        protect_cuts([np.zeros(9, dtype=int)], k=10)

    assert [item.code for item in found.value.problems] == ["survey-too-few"]


@pytest.mark.slow
@given(columns=people, k=st.sampled_from([3, 5]))
def test_no_group_below_k_is_printed_nor_left_over(columns, k):
    cuts = [*columns, *(cross(columns[0], other) for other in columns[1:])]
    hidden = protect_cuts(cuts, k=k)
    whole = np.ones(len(cuts[0]), dtype=bool)
    printed = [cut == g for cut, gone in zip(cuts, hidden, strict=True) for g in np.unique(cut) if not gone[g]]

    assert all(group.sum() >= k for group in printed)
    for outer in [whole, *printed]:
        for inner in printed:
            rest = int(outer.sum() - inner.sum())
            assert (inner & ~outer).any() or rest == 0 or rest >= k


@settings(max_examples=6)
@given(columns=people, k=st.sampled_from([3, 5]))
def test_no_hidden_group_can_be_recovered_from_what_is_printed(columns, k):
    check_attack(columns, k, known_combinations=False)


@pytest.mark.slow
@pytest.mark.parametrize("known_combinations", [True, False])
@given(columns=people, k=st.sampled_from([3, 5]))
def test_no_hidden_group_can_be_recovered_by_integer_programming(columns, k, known_combinations):
    check_attack(columns, k, known_combinations=known_combinations)


def check_attack(columns, k, *, known_combinations):
    cuts = [*columns, *(cross(columns[0], other) for other in columns[1:])]
    hidden = protect_cuts(cuts, k=k)
    cells = group_rows(columns, cuts, known_combinations=known_combinations)

    assert find_recovered(cuts, hidden) == ()
    for at, gone in enumerate(hidden):
        for group in np.flatnonzero(gone):
            low, high = attack(cuts, hidden, cells, cells[at][group], int((cuts[at] == group).sum()))
            assert high - low >= 1


def group_rows(columns, cuts, *, known_combinations):
    """Every group as a row over the combinations of answers: those that occur, or all that could."""
    if known_combinations:
        table = np.unique(np.column_stack(columns), axis=0)
    else:
        table = np.array(list(product(*(range(int(column.max()) + 1) for column in columns))))
    ways = [*table.T, *(table[:, 0] * (int(other.max()) + 1) + table[:, at] for at, other in enumerate(columns[1:], 1))]
    return [[(way == g).astype(float) for g in range(int(cut.max()) + 1)] for way, cut in zip(ways, cuts, strict=True)]


def test_weighted_tables_beside_plain_ones_need_more_company():
    """A level known both weighted and not tells its regions apart: two hidden cells, two equations."""
    counts = np.array([[40, 30, 4], [30, 40, 30]])  # regions by levels
    region = np.repeat([0, 1], counts.sum(1))
    level = np.concatenate([np.repeat(np.arange(3), row) for row in counts])
    cuts, weights = [region, level, cross(region, level)], np.array([1.6, 0.6])[region]

    plain, guarded = protect_cuts(cuts, k=10), protect_cuts(cuts, k=10, weights=weights)

    assert find_recovered(cuts, plain) == ()
    assert find_recovered(cuts, plain, weights=weights) != ()
    assert find_recovered(cuts, guarded, weights=weights) == ()


def test_equal_weights_hide_no_more_than_none():
    cuts = [np.repeat(np.arange(5), [40, 30, 20, 12, 4])]

    assert protect_cuts(cuts, k=10)[0].tolist() == protect_cuts(cuts, k=10, weights=np.ones(106))[0].tolist()

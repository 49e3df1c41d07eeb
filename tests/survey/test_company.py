"""Which groups are hidden beside a hidden one."""

from __future__ import annotations

import numpy as np

from jinghe.survey.company import cross_cuts, find_company


def grid(counts):
    counts = np.array(counts)
    rows = np.repeat(np.arange(len(counts)), counts.sum(1))
    columns = np.concatenate([np.repeat(np.arange(counts.shape[1]), row) for row in counts])
    return cross_cuts([rows, columns, rows * counts.shape[1] + columns]), 1 + len(counts) + counts.shape[1]


def hide(groups, *which):
    gone = np.zeros(len(groups.sizes), dtype=bool)
    gone[list(which)] = True
    return gone


def test_intersections_are_counted_once_and_both_ways():
    groups, _ = grid([[2, 3], [4, 5]])

    assert groups.sizes.tolist() == [14, 5, 9, 6, 8, 2, 3, 4, 5]
    assert np.array_equal(groups.cross, groups.cross.T)
    assert [groups.ends[at] for at in (0, 1, 2, 3, 4)] == [0, 1, 3, 5, 9]


def test_the_cheapest_rectangle_is_taken():
    groups, start = grid([[3, 20, 90], [30, 25, 80], [70, 60, 50]])
    gone = hide(groups, start)

    assert sorted(find_company(groups, gone, gone, start)) == [start + 1, start + 3, start + 4]


def test_a_corner_without_members_makes_no_rectangle():
    groups, start = grid([[3, 20, 90], [30, 0, 80], [70, 60, 50]])
    gone = hide(groups, start)

    assert start + 4 not in find_company(groups, gone, gone, start)


def test_a_rectangle_that_this_round_completed_is_enough():
    groups, start = grid([[3, 20], [30, 25]])
    gone = hide(groups, start)
    hidden = hide(groups, start, start + 1, start + 2, start + 3)

    assert find_company(groups, gone, hidden, start) == []


def test_a_group_that_others_make_up_gets_one_of_these():
    groups, start = grid([[20, 12], [30, 25]])
    gone = hide(groups, 1)  # the first row, whose cells are printed

    assert find_company(groups, gone, gone, 1) == [start + 1]


def test_in_one_cut_alone_the_smallest_other_group_is_taken():
    groups = cross_cuts([np.repeat(np.arange(3), [40, 20, 3])])
    gone = hide(groups, 3)

    assert find_company(groups, gone, gone, 3) == [2]

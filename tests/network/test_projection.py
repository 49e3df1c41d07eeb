"""Ties seen through events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.network import density, project_events

from .conftest import meeting


def test_the_southern_women_are_tied_as_published(davis):
    women, events = davis

    ties = project_events(events, actors=women)
    evelyn, laura = women.index("Evelyn Jefferson"), women.index("Laura Mandeville")
    assert 89 == sum(len(event.participants) for event in events)
    assert 139 == ties.adjacency.nnz / 2
    assert 0.908497 == round(density(ties.adjacency), 6)
    assert 6 == ties.shared[evelyn, laura]
    assert 1.562637 == round(float(ties.weight[evelyn, laura]), 6)
    attended = [sum(name in event.participants for event in events) for name in women]
    overlap = ties.shared[evelyn, laura] / (attended[evelyn] + attended[laura] - ties.shared[evelyn, laura])
    assert 0.666667 == round(float(overlap), 6)


@given(st.lists(st.sets(st.sampled_from("abcdefg"), min_size=2), min_size=1, max_size=8))
def test_what_an_event_gives_each_actor_sums_to_one(groups):
    ties = project_events([meeting(str(n), sorted(group)) for n, group in enumerate(groups)], actors="abcdefg")

    taken = [sum(code in group for group in groups) for code in "abcdefg"]
    assert taken == pytest.approx(list(ties.weight.sum(axis=1)))
    assert 0 == abs(ties.weight - ties.weight.T).sum()


def test_events_without_two_of_the_actors_give_no_network():
    with pytest.raises(DataError, match="no event to draw"):
        project_events([meeting("e", ["a", "x"])], actors=["a", "b"])

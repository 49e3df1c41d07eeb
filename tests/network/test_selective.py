"""Who takes part in what, and who begins it."""

import math

from jinghe.network import concentration_of_initiative, find_choices

from .conftest import meeting

EVENTS = [
    meeting("e1", "ab", domain="culture", binding=0, initiator="a"),
    meeting("e2", "ab", domain="ecology", binding=3, initiator="a"),
    meeting("e3", "ac", domain="culture", binding=1, initiator="a"),
    meeting("e4", "ac", domain="culture", binding=0, initiator="a"),
]


def test_an_actor_that_only_takes_easy_things_is_seen():
    a, b, c, d = find_choices(EVENTS, actors="abcd")

    assert (4, 2, 0.625, 0.75, 1.0) == (a.events, a.domains, a.concentration, a.easy, a.initiated)
    assert (2, 0.5, 0.5) == (b.events, b.concentration, b.easy)
    assert (1.0, 1.0) == (c.concentration, c.easy)
    assert 0 == d.events
    assert math.isnan(d.easy)


def test_one_that_begins_everything_carries_the_burden():
    choices = find_choices(EVENTS, actors="abcd")

    assert 0.75 == concentration_of_initiative(choices)  # (n − 1) / n


def test_equal_initiative_has_no_concentration_and_unknown_initiative_none_to_tell():
    equal = [meeting("e1", "ab", initiator="a"), meeting("e2", "ab", initiator="b")]

    assert 0.0 == concentration_of_initiative(find_choices(equal, actors="ab"))
    assert math.isnan(concentration_of_initiative(find_choices([meeting("e", "ab")], actors="ab")))

"""The data of the picture."""

import json

from jinghe.network import find_choices, project_events
from jinghe.network.picture import MOST, outline_network

from .conftest import actors_of, meeting


def outline(events, actors):
    codes = [actor.id for actor in actors]
    return outline_network(
        project_events(events, actors=codes), actors=actors, choices=find_choices(events, actors=codes)
    )


def test_actors_stand_with_their_province_and_ties_point_to_them():
    actors = (
        *actors_of("ab"),
        *actors_of("c", province="520000", kind="firm"),
        *actors_of(["520000"]),
        *actors_of("z"),
    )

    found = outline([meeting("e", "ab"), meeting("f", "bc"), meeting("g", "bc")], actors)
    assert ["b", "c", "a"] == [one["id"] for one in found["actors"]]
    assert [[0, 1, 2.0, 2], [0, 2, 1.0, 1]] == sorted(sorted(tie[:2]) + tie[2:] for tie in found["ties"])
    assert {"500000": "500000", "520000": "520000"} == {one["id"]: one["name"]["zh"] for one in found["groups"]}
    assert 0 == found["left_out"]
    assert found == json.loads(json.dumps(found))


def test_only_the_most_active_actors_fit_into_a_picture():
    codes = [f"a{n}" for n in range(MOST + 5)]
    events = [meeting(f"e{n}", ["a0", code]) for n, code in enumerate(codes[1:])]

    found = outline(events, actors_of(codes))
    assert (MOST, 5) == (len(found["actors"]), found["left_out"])
    assert "a0" == found["actors"][0]["id"]
    assert all(a < MOST and b < MOST for a, b, *_ in found["ties"])

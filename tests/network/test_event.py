"""Reading actors and events."""

import pytest

from jinghe.errors import DataError
from jinghe.network import check_events, read_actors, read_events

ACTORS = (
    "id,name_zh,name_en,level,province,type\na,甲县,A,county,500000,government\nb,乙县,B,county,520000,government\n"
)
EVENTS = "id,on,kind,domain,initiator,binding,participants,superiors,title_zh,title_en,source,note\n"


def write(folder, text, name="table.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_events_keep_equals_and_superiors_apart(tmp_path):
    (event,) = read_events(write(tmp_path, EVENTS + "e1,2020-04,agreement,ecology,a,2,a; b;a,p,协议,Agreement,s1,\n"))

    assert (("a", "b"), ("p",), 2) == (event.participants, event.superiors, event.binding)
    assert "2020-04" == event.on.name


def test_an_event_without_a_day_is_kept(tmp_path):
    (event,) = read_events(write(tmp_path, EVENTS + "e1,,agreement,ecology,,,a;b,,协议,Agreement,s1,\n"))

    assert (None, 0) == (event.on, event.binding)


def test_every_fault_of_a_table_is_told_with_its_line(tmp_path):
    rows = "e1,2020,party,x,a,7,a,,题,T,s,\ne2,soon,agreement,x,a,1,a;b,,题,T,s,\n"

    with pytest.raises(DataError) as caught:
        read_events(write(tmp_path, EVENTS + rows), name="events.csv")

    found = [(p.code, p.place.file, p.place.line) for p in caught.value.problems]
    assert [("event-kind", "events.csv", 2), ("event-binding", "events.csv", 2)] == found[:2]
    assert ("event-alone", "events.csv", 2) == found[2]
    assert ("period-unreadable", "events.csv", 3) == found[3]


def test_an_actor_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(DataError, match="stands twice") as caught:
        read_actors(write(tmp_path, ACTORS + "a,甲县,A,county,500000,government\n"))

    assert [4] == [p.place.line for p in caught.value.problems]


def test_who_is_named_must_be_an_actor_and_ids_are_used_once(tmp_path):
    actors = read_actors(write(tmp_path, ACTORS, "actors.csv"))
    row = "e1,2020,agreement,x,c,1,a;b,p,题,T,s,\n"
    events = read_events(write(tmp_path, EVENTS + row + row, "events.csv"))

    found = [(p.code, dict(p.values)["found"]) for p in check_events(events, actors=actors)]
    assert [("actor-unknown", "c"), ("actor-unknown", "p"), ("event-twice", "e1")] == found[:3]

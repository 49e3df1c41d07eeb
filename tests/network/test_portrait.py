"""The network as tables."""

from jinghe.network import portray_network

from .conftest import actors_of, meeting


def test_the_section_says_what_a_reader_asks_of_a_network():
    actors = (*actors_of("ab"), *actors_of("cd", province="520000"))
    events = [meeting("e", "ab", ("p",)), meeting("f", "bc", initiator="b"), meeting("g", "cd")]

    section = portray_network(events, actors=actors, seed=1, draws=20)
    tables = {table.id: table for table in section.tables}
    assert {"kinds", "whole", "modes", "actors"} == set(tables)
    assert (3, 1) == tables["kinds"].rows[0][1:]
    measures = {row[0].en: row[1] for row in tables["whole"].rows}
    assert 0.5 == measures["Density"]
    assert abs(measures["E–I index"] + 1 / 3) < 1e-12
    assert ["b", "c"] == [row[0].zh for row in tables["actors"].rows[:2]]
    assert 1 == tables["actors"].rows[0][4], "b bridges a and c across the border"


def test_a_complete_network_has_no_core_and_says_so():
    section = portray_network([meeting("e", "abc")], actors=actors_of("abc"), seed=1, draws=5)

    row = next(row for row in section.tables[1].rows if row[0].en == "Core–periphery fit")
    assert row[1] is None
    assert "nothing to tell apart" in row[2].en

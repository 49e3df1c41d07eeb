"""The events of a case."""

import pytest

from jinghe.errors import RuleError
from jinghe.evidence.cooperation import has_network, need_network


@pytest.mark.parametrize("case", ["chuanyu", "yuqian"])
def test_every_event_of_the_real_cases_names_known_actors_and_sources(case, request):
    compact = request.getfixturevalue(case)

    events, actors, notes = need_network(compact)
    codes = {actor.id for actor in actors}
    assert codes >= {code for event in events for code in (*event.participants, *event.superiors)}
    assert [] == [event.id for event in events if event.source not in compact.sources]
    assert notes, "the reading of kinds and binding force is an assumption and must be said"


def test_a_case_without_events_is_refused_in_words(toy):
    assert not has_network(toy)
    with pytest.raises(RuleError, match=r"does not name evidence\.events"):
        need_network(toy)

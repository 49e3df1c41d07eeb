"""The events of a case."""

from dataclasses import replace

import pytest

from jinghe.errors import DataError, RuleError
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


def test_faults_of_actors_and_events_come_together_and_name_their_file(yuqian, tmp_path):
    for name in ("actors", "events"):
        (tmp_path / f"{name}.csv").write_text("id\n", encoding="utf-8")
    files = {name: str(tmp_path / f"{name}.csv") for name in ("actors", "events")}

    with pytest.raises(DataError) as caught:
        need_network(replace(yuqian, evidence=yuqian.evidence | files))
    assert set(files.values()) == {one.place.file for one in caught.value.problems}


@pytest.mark.parametrize(
    ("case", "event", "named"),
    [
        ("yuqian", "YQ011", "綦江区 江津区 万盛经开区 红花岗区 汇川区 播州区 绥阳县 桐梓县"),
        ("yuqian", "YQ026", "桐梓县 綦江区 南川区 万盛经开区"),
        ("yuqian", "YQ029", "贵州省 云南省 四川省 重庆市 广西壮族自治区 湖南省"),
        ("yuqian", "YQ035", "云南省 贵州省 四川省 重庆市 西藏自治区"),
        ("yuqian", "YQ046", "遵义市 太极集团"),
        ("chuanyu", "CY002", "重庆市机关事务管理研究会 四川省机关事务管理研究会"),
        ("chuanyu", "CY012", "重庆渝州宾馆 四川金牛宾馆"),
        ("chuanyu", "CY058", "开江县 重庆市 利川市"),
    ],
)
def test_whoever_a_title_names_takes_part(case, event, named, request):
    events, actors, _ = need_network(request.getfixturevalue(case))
    names = {actor.id: actor.name.zh for actor in actors}

    found = next(one for one in events if one.id == event)
    assert set(named.split()) == {names[code] for code in found.participants}


def test_the_areas_that_both_provinces_laid_down_are_vertical(yuqian):
    events, _, _ = need_network(yuqian)

    vertical = {event.id: event.superiors for event in events if event.superiors}
    assert dict.fromkeys(("YQ011", "YQ012", "YQ013", "YQ014"), ("500000", "520000")) == vertical

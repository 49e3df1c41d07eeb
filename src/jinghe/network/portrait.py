"""The network as tables to read (网络概览): size and centre, modes of governance, borders, what each actor does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jinghe.exhibit import Cell, Column, Section, Table
from jinghe.labels import Text
from jinghe.network.boundary import brokerage, external_internal, find_communities, modularity
from jinghe.network.event import KINDS, Actor, Event
from jinghe.network.measure import (
    betweenness,
    degree_centralisation,
    degrees,
    density,
    find_core,
    spread_of_betweenness,
    transitivity,
)
from jinghe.network.mode import MODES, find_modes
from jinghe.network.picture import outline_network
from jinghe.network.projection import Ties, project_events
from jinghe.network.selective import Choice, concentration_of_initiative, find_choices

__all__ = ["portray_network"]

_WORDS = {
    "vertical": Text("纵向层级", "vertical"),
    "horizontal": Text("横向对等", "horizontal"),
    "network": Text("网络治理", "network"),
}
_ALIKE = Text(
    "行动者只有一类，网络治理按公式为零。", "All actors are of one kind: then the formula gives no network governance."
)
_MEASURE = (Column(Text("测度", "Measure")), Column(Text("值", "Value"), "number", 3), Column(Text("含义", "Meaning")))


def portray_network(
    events: Sequence[Event], *, actors: Sequence[Actor], seed: int, draws: int = 1000, notes: tuple[Text, ...] = ()
) -> Section:
    """Describe a network of cooperation in tables.

    Args:
        events: what was done together.
        actors: who counts; ties are drawn between those that take part as equals.
        seed: of the bootstrap and of the search for communities.
        draws: bootstrap samples.
        notes: what the reader must know of the events.
    Returns:
        The section: events by kind, measures of the whole, modes with intervals, every actor.
    Raises:
        DataError: no event has two of the actors.
    """
    named = {code for event in events for code in event.participants}
    known, actors = actors, [actor for actor in actors if actor.id in named]
    absent = len(known) - len(actors)
    ties = project_events(events, actors=[actor.id for actor in actors])
    choices = find_choices(events, actors=ties.actors)
    if absent:
        notes = (*notes, _absent(absent))
    return Section(
        "network",
        Text("协作网络", "The network of cooperation"),
        Text(
            f"{len(events)} 件协作事件、{len(actors)} 个行动者；同一事件的对等参与者互有关系，按人数分摊。",
            f"{len(events)} events, {len(actors)} actors; equals in one event are tied, its weight shared among them.",
        ),
        (_kinds(events), _whole(ties, actors, seed), _modes(events, actors, seed, draws), _each(ties, choices, actors)),
        notes,
        outline_network(ties, actors=known, choices=choices),
    )


def _absent(number: int) -> Text:
    return Text(
        f"登记的行动者中 {number} 个未参与任何事件，不计入。",
        f"Actors that took part in nothing, left out: {number}.",
    )


def _kinds(events: Sequence[Event]) -> Table:
    rows = [
        (label, sum(e.kind == kind for e in events), sum(e.kind == kind and bool(e.superiors) for e in events))
        for kind, label in KINDS.items()
    ]
    return Table(
        "kinds",
        Text("事件种类", "Events by kind"),
        (
            Column(Text("种类", "Kind")),
            Column(Text("件数", "Events"), "number", 0),
            Column(Text("有上级参与", "With a superior"), "number", 0),
        ),
        tuple(row for row in rows if row[1]),
    )


def _whole(ties: Ties, actors: Sequence[Actor], seed: int) -> Table:
    adjacency, provinces = ties.adjacency, [actor.province for actor in actors]
    groups = find_communities(ties.weight, seed=seed)
    inside = [0] * len(actors)
    for number, members in enumerate(groups):
        for row in members:
            inside[row] = number
    rows = (
        _row("密度", "Density", density(adjacency), "有关系的对数占比", "share of pairs that are tied"),
        _row(
            *("度数中心势", "Degree centralisation", degree_centralisation(degrees(adjacency))),
            *("0 为环形，1 为一个中心", "0 on a ring, 1 round one centre"),
        ),
        _row(
            *("中介中心势", "Betweenness centralisation", spread_of_betweenness(betweenness(adjacency))),
            *("1 为一家居间联络", "1 when one actor stands between all"),
        ),
        _row("传递性", "Transitivity", transitivity(adjacency), "两步关系闭合的占比", "paths closed by a third tie"),
        _core([actor.name for actor in actors], find_core(adjacency)),
        _row(
            *("模块度（社群）", "Modularity of communities", modularity(ties.weight, groups=inside)),
            *(f"自然形成 {len(groups)} 个社群", f"communities found: {len(groups)}"),
        ),
        _row(
            *("模块度（按省）", "Modularity of provinces", modularity(ties.weight, groups=provinces)),
            *("越大，关系越收在省内", "the larger, the more ties stay at home"),
        ),
        _row(
            *("E–I 指数", "E–I index", external_internal(ties.weight, groups=provinces)),
            *("−1 全在省内，+1 全跨省", "−1 all inside, +1 all across borders"),
        ),
    )
    method = Text(
        "密度、中心势、核心、传递性不计权重；模块度与 E–I 按 Newman 权重。社群与核心为局部最优。",
        "Density, centralisation, core and transitivity ignore weights; modularity and E–I use Newman's. "
        "Communities and core are local optima.",
    )
    return Table("whole", Text("整体结构", "The whole"), _MEASURE, rows, method)


def _row(zh: str, en: str, value: float, means_zh: str, means_en: str) -> tuple[Cell, ...]:
    return Text(zh, en), value, Text(means_zh, means_en)


def _core(names: Sequence[Text], core: tuple[tuple[int, ...], float] | None) -> tuple[Cell, ...]:
    inside = [names[row] for row in core[0]] if core else []
    said = (
        Text("核心：" + "、".join(one.zh for one in inside), "core: " + ", ".join(one.en for one in inside))
        if core
        else Text("关系处处相同，无从划分", "ties are the same everywhere: nothing to tell apart")
    )
    return Text("核心—边缘拟合", "Core–periphery fit"), core[1] if core else None, said


def _modes(events: Sequence[Event], actors: Sequence[Actor], seed: int, draws: int) -> Table:
    found = find_modes(events, actors=actors, draws=draws, seed=seed)
    leading = {
        "": Text("区间跨过一半，不判定主导方式。", "The interval spans one half: no mode is called leading."),
        "vertical": Text("纵向为主。", "Vertical governance leads."),
        "horizontal": Text("横向为主。", "Horizontal governance leads."),
    }[found.leading]
    return Table(
        "modes",
        Text("治理方式", "Modes of governance"),
        (
            Column(Text("方式", "Mode")),
            Column(Text("占比", "Share"), "share", 1),
            Column(Text("下限", "Low"), "share", 1),
            Column(Text("上限", "High"), "share", 1),
        ),
        tuple((_WORDS[mode], found.share[mode], found.low[mode], found.high[mode]) for mode in MODES),
        Text(
            f"对 {found.events} 件事件重抽样 {draws} 次，{found.coverage:.0%} 区间。公式为本项目假定。",
            f"{draws} bootstrap samples of {found.events} events, {found.coverage:.0%} intervals. The formulas: ours.",
        ),
        (leading, *([_ALIKE] if len({actor.type for actor in actors}) == 1 else [])),
    )


def _each(ties: Ties, choices: Sequence[Choice], actors: Sequence[Actor]) -> Table:
    degree, between = degrees(ties.adjacency), betweenness(ties.adjacency)
    roles = brokerage(ties.adjacency, groups=[actor.province for actor in actors])
    across = roles["gatekeeper"] + roles["liaison"] + roles["itinerant"]
    order = sorted(range(len(actors)), key=lambda row: (-choices[row].events, -degree[row], actors[row].id))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            *(actors[r].name, choices[r].events, int(degree[r]), float(between[r]), int(across[r])),
            *(choices[r].concentration, choices[r].easy, choices[r].initiated),
        )
        for r in order
        if choices[r].events
    )
    heads = (
        (Text("行动者", "Actor"), "text", 0),
        (Text("事件", "Events"), "number", 0),
        (Text("伙伴", "Partners"), "number", 0),
        (Text("中介中心度", "Betweenness"), "number", 3),
        (Text("跨省居间对数", "Pairs bridged across borders"), "number", 0),
        (Text("领域集中度", "Concentration on domains"), "number", 2),
        (Text("易办领域占比", "Share in easy domains"), "share", 0),
        (Text("发起占比", "Share begun"), "share", 0),
    )
    gini = concentration_of_initiative(choices)
    said = (
        Text(f"发起次数的基尼系数 {gini:.2f}。", f"Gini coefficient of who begins: {gini:.2f}.")
        if np.isfinite(gini)
        else Text("未登记由谁发起。", "Who began the events is not recorded.")
    )
    return Table(
        "actors",
        Text("各行动者", "Every actor"),
        tuple(Column(label, kind, digits) for label, kind, digits in heads),
        rows,
        Text(
            "易办领域：约束力低于平均的领域（假定）；集中度越高，合作越有选择性。",
            "Easy domains bind less than average (assumption); concentrated cooperation is selective.",
        ),
        (said,),
    )

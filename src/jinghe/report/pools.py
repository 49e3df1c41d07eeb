"""Pools, and what shared credit is worth in them (同类分组), as tables."""

from __future__ import annotations

from collections.abc import Sequence

from jinghe.contest import PoolRanking, find_neutrality
from jinghe.exhibit import Column, Table
from jinghe.labels import Text
from jinghe.region import Region
from jinghe.report.format import show_interval

__all__ = ["show_pools"]


def show_pools(pools: Sequence[PoolRanking], *, region: Region, ranked: int) -> tuple[Table, ...]:
    """Show every pool with its rank-neutrality factor, and the ranks inside the pools.

    Args:
        pools: the pools of the period; without any the contestants are one pool.
        region: names the contestants.
        ranked: how many contestants have a rank.
    Returns:
        The tables `pools` and, where there are pools, `pool_ranks`.
    """
    whole = Text("全体参评地区", "all contestants")
    members = [(one.pool.label, len(one.pool.codes), one.pool.neutrality) for one in pools]
    columns = (
        Column(Text("同类组", "Pool")),
        Column(Text("成员数", "Members"), "number", 0),
        Column(Text("共同得分的折值", "Worth of shared credit"), "number", 2),
    )
    method = Text(
        "两方共得同样的分，彼此之间分不出高下，只对其余 n − 2 方有用：折成名次，只值面值的 (n−2)/(n−1)。"
        "组越小，合作越不显功。",
        "Credit shared by two partners helps neither against the other, only against the n − 2 others: in ranks it is "
        "worth (n−2)/(n−1) of its face value. The smaller the pool, the less cooperation shows.",
    )
    rows = tuple(members) or ((whole, ranked, find_neutrality(ranked)),)
    tables = (Table("pools", Text("同类分组与共同得分", "Pools and shared credit"), columns, rows, method),)
    return (*tables, _show_ranks(pools, region)) if pools else tables


def _show_ranks(pools: Sequence[PoolRanking], region: Region) -> Table:
    columns = (
        Column(Text("同类组", "Pool")),
        Column(Text("组内名次", "Rank in the pool"), "number", 0),
        Column(Text("地区", "City")),
        Column(Text("方法变动", "By method")),
    )
    rows = []
    for one in pools:
        found = one.ranking
        for rank, code, low, high in sorted(zip(found.rank, found.codes, found.low, found.high, strict=True)):
            name = Text(region.name(code, "zh"), region.name(code, "en"))
            rows += [(one.pool.label, int(rank), name, show_interval(low, high))] if rank else []
    return Table("pool_ranks", Text("组内名次", "Ranks inside the pools"), columns, tuple(rows))

"""Contests in and out (数据交换): the lay-outs of COINr and the COIN Tool, CSV and Parquet."""

from __future__ import annotations

from jinghe.contest.exchange.bridge import (
    make_framework,
    make_panel,
    make_region,
    make_rules,
    write_contest_workbook,
)
from jinghe.contest.exchange.coin_tool import read_coin_tool, write_coin_tool
from jinghe.contest.exchange.coinr import (
    read_coinr_tables,
    read_coinr_workbook,
    write_coinr_tables,
    write_coinr_workbook,
)
from jinghe.contest.exchange.folder import write_case
from jinghe.contest.exchange.framework import Entry, Framework, Row, check_framework, find_levels
from jinghe.contest.exchange.tables import (
    LONG_COLUMNS,
    Origin,
    read_wide,
    tabulate_long,
    tabulate_wide,
    write_long,
    write_wide,
)

__all__ = [
    "LONG_COLUMNS",
    "Entry",
    "Framework",
    "Origin",
    "Row",
    "check_framework",
    "find_levels",
    "make_framework",
    "make_panel",
    "make_region",
    "make_rules",
    "read_coin_tool",
    "read_coinr_tables",
    "read_coinr_workbook",
    "read_wide",
    "tabulate_long",
    "tabulate_wide",
    "write_case",
    "write_coin_tool",
    "write_coinr_tables",
    "write_coinr_workbook",
    "write_contest_workbook",
    "write_long",
    "write_wide",
]

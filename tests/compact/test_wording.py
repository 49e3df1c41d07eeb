from __future__ import annotations

from datetime import date

from jinghe.compact.path import find_steps
from jinghe.compact.wording import say_change, say_row_change


def test_a_dated_change_names_its_day_and_its_node(toy):
    steps = find_steps(toy.tree, "contest.weights.growth")

    said = say_change(toy, steps, before=0.3, after=0.4, on=date(2023, 1, 1))

    assert said.zh == "2023-01-01 起，“增长”的权重由 0.3 改为 0.4。"
    assert said.en == "From 2023-01-01, the weight of “Growth”: from 0.3 to 0.4."


def test_a_part_is_named_and_not_spelt_out(toy):
    steps = find_steps(toy.tree, "contest.indicators.clean_days")

    said = say_change(toy, steps, before=None, after=toy.tree["contest"]["indicators"]["clean_days"])

    assert said.zh == "新增指标“优良天数”。"
    assert said.en == "Added: the indicator “Clean days”."


def test_quotes_inside_quotes_become_single(shanxi):
    said = say_change(shanxi, ("title",), before={"zh": "旧“名”", "en": "old"}, after=shanxi.tree["title"])

    assert said.zh == "名称由 “旧‘名’” 改为 “山西‘一群两区三圈’协同契约”。"


def test_indicators_are_called_by_their_labels(toy):
    steps = find_steps(toy.tree, "contest.tree.index.green")

    said = say_change(toy, steps, before=["clean_days"], after=["clean_days", "gdp_per_head"])

    assert said.zh == "“绿色”的下属指标由 优良天数 改为 优良天数、人均产出。"


def test_a_row_without_a_name_is_named_by_its_jurisdictions(toy):
    row = {"group": "all_cities", "jurisdiction": "990100"}

    said = say_row_change(toy, "region.groups", row=row, column="share", change=("1", ""))

    assert said.zh == "分组表中的“三市、甲市”的份额由 1 改为 空白。"
    assert said.en == "The share of “Three cities, City A” in the table of groups: from 1 to nothing."

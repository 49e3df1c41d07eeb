"""Standards made jointly."""

from dataclasses import replace

import pytest

from jinghe.errors import RuleError
from jinghe.evidence.harmonisation import need_catalogues
from jinghe.evidence.joint import find_joint, show_joint, split_remark


def test_the_only_joint_standard_on_record_stands_where_its_last_step_left_it(chuanyu):
    ((title, parties, state, since, awaited, remark),) = show_joint(
        find_joint(chuanyu), owners=need_catalogues(chuanyu)
    ).rows

    assert ("机关食堂反食品浪费评价规范", "已提出", "2022-08-02", "—") == (title.zh, state.zh, since, awaited.zh)
    assert "四川省机关事务管理局 · 重庆市机关事务管理局" == parties.zh
    assert "not published" in remark.en


def test_a_step_that_the_procedure_does_not_allow_is_a_fault_of_the_case(chuanyu, tmp_path):
    file = chuanyu.folder / "standards" / "joint.csv"
    broken = tmp_path / "joint.csv"
    broken.write_text(file.read_text(encoding="utf-8").replace(",propose,", ",issue,"), encoding="utf-8")

    with pytest.raises(RuleError, match="issue"):
        find_joint(replace(chuanyu, standards=chuanyu.standards | {"joint": str(broken)}))


def test_a_case_without_joint_standards_has_none(toy):
    assert () == find_joint(toy)


def test_a_remark_in_one_language_serves_for_both():
    assert "甲" == split_remark("甲")
    assert ("甲", "A") == (split_remark("甲 / A").zh, split_remark("甲 / A").en)

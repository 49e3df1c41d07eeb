from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.recalc.check import check_claims
from jinghe.recalc.table import extract_table

# As the paper prints them: cells by tabs, a merged cell left blank, the second row of a block without t and p.
TABLE_3 = (
    "\t政策研究\t发展规划\t政策执行\tF\tp\n"
    "M\t4.488\t4.490\t4.502\t2.35 **\t0.003\n"
    "\n"
    "注:1.事后多重比较显示,政策研究与发展规划显著小于政策执行,政策研究与发展规划无显著区别;"
    "2. **在0.01水平(双侧)上显著。"
)
TABLE_4 = (
    "\t区域\tN\tM\tSD\tT\tp\n"
    "必要性\t成都圈\t284\t4.48\t0.81\t0.07\t0.99\n"
    "\t重庆圈\t2122\t4.48\t0.80\t\t\n"
    "意义性\t成都圈\t284\t4.54\t0.68\t1.50\t0.14\n"
    "\t重庆圈\t2122\t4.48\t0.77\t\t"
)
TABLE_5 = "区域\tN\tM\tSD\tT\tp\n成都圈\t284\t13.06\t2.53\t0.575\t0.565\n重庆圈\t2122\t12.96\t2.64\t\t"


def verdicts(text, **more):
    return [(v.claim.test, v.status, v.decision_error) for v in check_claims(extract_table(text, **more))]


def test_the_paper_s_tables_pasted_give_the_verdicts_of_the_reference():
    assert [("f_rm", "inconsistent", True)] == verdicts(TABLE_3, n=2406, items=1, scale=(1, 5))
    assert [("t_ind", "inconsistent", False), ("t_ind", "conditional", False)] == verdicts(
        TABLE_4, items=1, scale=(1, 5)
    )
    assert [("t_ind", "consistent", False)] == verdicts(TABLE_5, items=1, scale=(3, 15))


def test_table_three_contradicts_itself_even_without_n():
    assert [("f_rm", "inconsistent", True)] == verdicts(TABLE_3)


def test_rows_keep_their_names_and_stars():
    necessity, _ = extract_table(TABLE_4)
    [phases] = extract_table(TABLE_3)

    assert ("必要性", ["成都圈", "重庆圈"]) == (necessity.place.zh, [group.name.zh for group in necessity.groups])
    assert ("**", ["政策研究", "发展规划", "政策执行"]) == (phases.stars, [group.name.zh for group in phases.groups])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| 变量 | t | df | p |\n|---|---|---|---|\n| 甲 | 1.20* | 28 | .03 |", [("t", "inconsistent", True)]),
        ('变量,F值,df,P值\n甲,2.35,"x",0.1', None),
        ("区域  人数  均值  标准差\n甲  30  4.00  1.00\n乙  30  3.00  1.00", [("means", "untestable", False)]),
        (
            "组\tN\tM±SD\tt\tp\n甲\t30\t4.00±1.00\t3.87\t<.001\n乙\t30\t3.00 (1.00)\t\t",
            [("t_ind", "consistent", False)],
        ),
        (
            "组\tN\tM\tSD\tF\tt\tp\n甲\t30\t4.00\t1.00\t\t3.87\t<.001\n乙\t30\t3.00\t1.00\t\t\t",
            [("t_ind", "consistent", False)],
        ),
    ],
)
def test_tables_in_other_shapes_are_read(text, expected):
    if expected is None:
        with pytest.raises(DataError, match="not a printed number"):
            extract_table(text)
    else:
        assert expected == verdicts(text)


def test_three_groups_and_one_t_are_bare_means():
    [found] = extract_table(TABLE_5 + "\n绵阳\t10\t12.00\t2.00\t\t")

    assert "means" == found.test


def test_a_sample_of_one_with_an_sd_is_refused():
    with pytest.raises(DataError, match="Sizes and numbers of items"):
        extract_table("组\tN\tM\tSD\tt\tp\n甲\t1\t4.00\t1.00\t3.87\t.01\n乙\t1\t3.00\t1.00\t\t")


@pytest.mark.parametrize("text", ["", "nothing here", "a\tb\n1\t2"])
def test_a_table_without_columns_to_check_says_so(text):
    with pytest.raises(DataError) as refusal:
        extract_table(text)

    assert ["claim-table-unreadable"] == [item.code for item in refusal.value.problems]


@given(st.text(alphabet="NMSDtFp\t\n|,.0123456789* 注", max_size=80))
def test_no_table_whatever_ends_in_a_traceback(answers, text):
    answers(lambda: extract_table("组\tN\tM\tSD\tt\tp\n" + text))


def test_a_row_without_figures_is_untestable_and_says_why():
    found = check_claims(extract_table("组\tN\tM\tSD\tt\tp\n0"))

    assert [("untestable", "所印数值太少，无从核对。")] == [(one.status, one.text.zh) for one in found]

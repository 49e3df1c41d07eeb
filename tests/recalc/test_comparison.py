from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from jinghe.labels import Text
from jinghe.recalc import Claim, Group, check_claim, read_printed
from jinghe.recalc.comparison import check_comparison

GROUPS = [{"name": "甲", "n": 30, "mean": "4.00", "sd": "1.00"}, {"name": "乙", "n": 30, "mean": "3.00", "sd": "1.00"}]


def statuses(claim):
    return {item.check: item.status for item in check_comparison(claim)}


def test_necessity_contradicts_itself_and_the_decision_stands(verdicts):
    found = verdicts["t4.necessity"]

    assert ("inconsistent", False) == (found.status, found.decision_error)
    assert ["inconsistent", "consistent", "consistent"] == [
        found.finding(x).status for x in ("t-p", "means-t", "means-p")
    ]
    assert ("0.9402", "0.9482") == tuple(f"{x:.4f}" for x in found.finding("t-p").as_dict()["numbers"]["p"])
    assert ("0.0063", "0.0188") == tuple(
        f"{x:.4f}" for x in found.finding("t-p").as_dict()["numbers"]["student needed"]
    )
    assert "显著性结论不受影响" in found.text.zh
    assert "t=0.07 gives p [0.9402, 0.9482], which contradicts p=0.99" in found.text.en


def test_meaning_is_consistent_only_under_welch(verdicts):
    found = verdicts["t4.meaning"]

    assert ("conditional", False) == (found.status, found.decision_error)
    assert ["consistent", "conditional", "conditional"] == [
        found.finding(x).status for x in ("t-p", "means-t", "joint")
    ]
    assert "Welch" in found.text.zh
    assert "agree only under Welch's t, with |t| in [1.4950, 1.4978]" in found.text.en


def test_initiative_is_consistent_under_both(verdicts):
    found = verdicts["t5.initiative"]
    numbers = found.finding("joint").numbers

    assert ("consistent", False) == (found.status, found.decision_error)
    assert ("0.5748", "0.5755") == (f"{numbers['student joint'].low:.4f}", f"{numbers['student joint'].high:.4f}")
    assert ("0.5752", "0.5755") == (f"{numbers['welch joint'].low:.4f}", f"{numbers['welch joint'].high:.4f}")


def test_a_t_that_the_means_forbid_is_told_with_its_range(claim):
    found = check_claim(claim("t_ind", {"t": "1.00", "p": "0.32"}, GROUPS))

    assert ("inconsistent", True) == (found.status, found.decision_error)
    assert "means-t" in [item.check for item in found.findings if item.status == "inconsistent"]
    assert "Means and SDs allow t [3.8152, 3.9314]" in found.text.en


def test_a_p_alone_is_held_against_the_means(claim):
    assert {"means-p": "consistent", "joint": "consistent"} == statuses(claim("t_ind", {"p": "<0.001"}, GROUPS))
    assert {"means-p": "inconsistent"} == statuses(claim("t_ind", {"p": "0.20"}, GROUPS))


def test_stars_stand_in_for_a_missing_p(claim):
    assert "inconsistent" == statuses(claim("t_ind", {"t": "1.00", "stars": "**"}, GROUPS))["t-p"]


def test_each_pair_may_agree_and_all_together_not(claim):
    groups = [{"name": "a", "n": 10, "mean": "5.0", "sd": "1.0"}, {"name": "b", "n": 10, "mean": "4.0", "sd": "1.0"}]
    found = check_claim(claim("t_ind", {"t": "2.4", "p": "0.031"}, groups, tails=2))

    assert {"t-p", "means-t", "means-p"} <= {item.check for item in found.findings}


def test_df_that_no_procedure_has_are_named(claim):
    found = check_claim(claim("t_ind", {"t": "3.87", "df": "70", "p": "<.001"}, GROUPS))

    assert "inconsistent" == found.finding("df").status
    assert "58" in found.text.en


def test_df_tell_welch_from_student(claim):
    groups = [{**GROUPS[0], "n": 12, "sd": "2.00"}, GROUPS[1]]
    found = check_claim(claim("t_ind", {"t": "1.67", "df": "13.2", "p": "0.118"}, groups, tails=2))

    assert "consistent" == found.finding("df").status
    assert "conditional" == found.status
    assert "Welch" in found.text.en


def test_without_t_and_p_there_is_nothing_to_test(claim):
    assert {"joint": "untestable"} == statuses(claim("t_ind", {}, GROUPS))
    assert {"joint": "untestable"} == statuses(claim("t_ind", {"t": "1"}, [{"name": "a"}, {"name": "b"}]))


def test_without_means_t_and_p_are_still_compared(claim):
    assert {"t-p": "consistent"} == statuses(
        claim("t_ind", {"t": "2.00", "p": "0.05"}, [{"name": "a", "n": 40}, {"name": "b", "n": 40}])
    )


SAMPLE = st.lists(st.integers(1, 5), min_size=3, max_size=50)


@pytest.mark.slow
@settings(max_examples=100)
@given(
    SAMPLE,
    SAMPLE,
    st.integers(1, 3),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from(["two-sided", "less", "greater"]),
)
def test_a_table_made_from_data_and_rounded_is_never_called_inconsistent(one, two, digits, fine, student, side):
    assume(len(set(one)) > 1 and len(set(two)) > 1)
    test = stats.ttest_ind(one, two, equal_var=student, alternative=side)
    groups = tuple(
        Group(
            Text("组", "group"),
            len(x),
            read_printed(f"{np.mean(x):.{digits}f}"),
            read_printed(f"{np.std(x, ddof=1):.{digits}f}"),
        )
        for x in (one, two)
    )
    p = test.pvalue
    table = Claim(
        "made", "t_ind", groups=groups, items=1, scale=(1, 5), tails=2 if side == "two-sided" else 1,
        statistic=read_printed(f"{test.statistic:.{fine}f}"), p=read_printed(f"{p:.{fine}f}"),
        stars="**" if p <= 0.01 else "*" if p <= 0.05 else "", levels={"*": 0.05, "**": 0.01},
    )  # fmt: skip

    found = check_claim(table)

    assert found.status in {"consistent", "conditional"}, found.text.en
    assert not found.decision_error

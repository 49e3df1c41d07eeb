from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.recalc.check import check_claims
from jinghe.recalc.extract import extract_statistics


def shown(text):
    return [(c.test, c.statistic.text, ",".join(df.text for df in c.df), c.p.text) for c in extract_statistics(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t(28) = 2.20, p = .03", ("t", "2.20", "28", ".03")),
        ("F(2, 4810)=2.35**, p=0.003", ("F", "2.35", "2,4810", "0.003")),
        ("χ2(1, N = 170) = 14.14, p < .001", ("chi2", "14.14", "1", "<.001")),
        ("χ²(4)=9.5, p=.05", ("chi2", "9.5", "4", ".05")),
        ("r(55) = -.49, p < .01", ("r", "-.49", "55", "<.01")),
        ("Z = 2.20, p = .028", ("z", "2.20", "", ".028")),
        ("t（284）＝１.50，p＝0.14", ("t", "1.50", "284", "0.14")),
        ("t(48) < 1, ns", ("t", "<1", "48", ">0.05")),
        ("t(48) = 1.02, d = 0.15, p = .31", ("t", "1.02", "48", ".31")),
        ("F(1.78, 4280.5) = 3.1;\np ≤ .05", ("F", "3.1", "1.78,4280.5", "≤.05")),
        ("t[28] = 2.20 (two-sided), nothing; t(28) = 2.20, p = .03", ("t", "2.20", "28", ".03")),
    ],
)
def test_results_are_found_as_apa_and_chinese_papers_print_them(text, expected):
    assert [expected] == shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "t = ?, p = .03",
        "N = 284, M = 4.48",
        "F(2) = 3.0, p = .05",
        "bt(28) = 2.20, p = .03",
        "t(28) = 2.20, p = 3.0",
        "t(0) = 1, p = .5",
        "r(9) = 2.0, p = .1",
    ],
)
def test_what_is_no_result_is_left(text):
    assert [] == shown(text)


def test_a_text_on_one_sided_tests_leaves_the_tails_open():
    assert [None] == [c.tails for c in extract_statistics("We tested one-tailed: t(28) = 2.20, p = .018")]
    assert [2] == [c.tails for c in extract_statistics("t(28) = 2.20, p = .018")]
    assert ["conditional"] == [v.status for v in check_claims(extract_statistics("单侧检验，t(28)=2.20，p=.018"))]


@given(st.text(alphabet="tFrzχ²(), =<>.0123456789pns*，（）＝", max_size=60))
def test_no_text_whatever_fails(answers, text):
    answers(lambda: extract_statistics(text))

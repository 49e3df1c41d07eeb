from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jinghe.recalc import Claim, check_claim, extract_statistics, p_value, read_printed
from jinghe.recalc.printed import Interval
from jinghe.recalc.statistic import check_statistic, degrees, fits, printed_interval, size_interval

# statcheck 1.6.0, tests/testthat: rows of test_error.R and test-decisionerror.R as the reference lists them
STATCHECK = [
    ("t(28) = 2.20, p = .03", True, False),
    ("F(2, 28) = 2.20, p = .15", True, False),
    ("χ2(28) = 22.20, p = .79", True, False),
    ("z = 2.20, p = .04", True, False),
    ("t(28) = 2, p = .02", False, False),
    ("t(28) = 2.2, p = .04", False, False),
    ("t(28) = 2.20, p = .036", False, False),
    ("t(28) = 2.20, p = .037", False, False),
    ("t(28) = 1.20, p = .03", True, True),
    ("t(28) = 2.20, p = .30", True, True),
    ("t(48) = 1.02, p < .05", True, True),
]


@pytest.mark.parametrize(("text", "error", "decision_error"), STATCHECK)
def test_the_published_rows_of_statcheck_are_judged_as_published(text, error, decision_error):
    [found] = extract_statistics(text)
    verdict = check_claim(found)

    assert (error, decision_error) == (verdict.status == "inconsistent", verdict.decision_error)


@pytest.mark.parametrize(
    ("test", "reported", "expected"),
    [
        ("t", {"t": "<1", "df": "20", "p": ">.30"}, "consistent"),
        ("t", {"t": "<1", "df": "20", "p": "<.05"}, "inconsistent"),
        ("F", {"F": ">10", "df": "1, 40", "p": "<.01"}, "consistent"),
        ("t", {"t": "2.20", "df": "28", "p": "ns"}, "inconsistent"),
        ("t", {"t": "2.20", "p": "0.04"}, "untestable"),
        ("t", {"t": "1.20", "p": "0.01"}, "inconsistent"),  # not even infinitely many df make it so small
        ("F", {"F": "2.35", "df": "2", "p": "0.003"}, "inconsistent"),
        ("F", {"F": "2.35", "p": "0.003"}, "untestable"),
        ("t", {"t": "2.20", "df": "28"}, "untestable"),
        ("r", {"r": ".49", "df": "55", "p": "<.001"}, "consistent"),
        ("t", {"t": "2.20", "df": "28", "p": "0.018"}, "conditional"),  # right for one tail
        ("t", {"t": "2.20", "df": "27.6", "p": "0.036"}, "consistent"),
        ("t", {"t": "4.10", "df": "28", "p": "0.000"}, "consistent"),
        ("t", {"t": "4.10", "df": "28", "stars": "**"}, "consistent"),
        ("t", {"t": "1.00", "df": "28", "stars": "*"}, "inconsistent"),
    ],
)
def test_statistic_df_and_p_are_judged_together(claim, test, reported, expected):
    [found] = check_statistic(claim(test, reported))

    assert expected == found.status
    assert found.text.zh
    assert found.text.en


def test_a_reason_names_the_numbers_in_both_languages(claim):
    [found] = check_statistic(claim("t", {"t": "1.20", "df": "28", "p": "0.03"}, tails=2))

    assert (
        "由 t(28)=1.20 得 p 为 [0.2383, 0.2421]，与 p=0.03 矛盾。该 p 要求 t 为 [2.2159, 2.3685]。显著性结论因此颠倒。"
        == found.text.zh
    )
    assert found.text.en.startswith("t(28)=1.20 gives p [0.2383, 0.2421], which contradicts p=0.03.")


def test_the_number_of_tails_decides_what_fits():
    half = Interval(0.036, 0.0361)

    assert "two-sided" == fits(read_printed("0.036"), half, tails=None)
    assert "one-sided" == fits(read_printed("0.018"), half, tails=None)
    assert "one-sided" == fits(read_printed("0.982"), half, tails=1)
    assert "" == fits(read_printed("0.018"), half, tails=2)
    assert "" == fits(read_printed("0.036"), half, tails=1)


def test_printed_pieces_become_intervals(claim):
    assert (Interval(2, 2), Interval(27.55, 27.65)) == degrees(claim("F", {"df": "2, 27.6"}))
    assert Interval(0.0, 0.0005) == printed_interval(read_printed("0.000"))
    assert Interval(0.0, 1.0) == size_interval(read_printed("<1"))
    assert Interval(2.195, 2.205) == size_interval(read_printed("-2.20"))


DF = {"t": (28,), "F": (2, 57), "chi2": (4,), "r": (55,), "z": ()}


@given(st.sampled_from(list(DF)), st.floats(0.001, 0.99), st.integers(1, 3), st.integers(1, 4), st.booleans())
def test_a_true_result_rounded_is_never_called_inconsistent(test, size, fine, digits, halved):
    value = size if test == "r" else 5 * size
    tails = 1 if halved and test in {"t", "z", "r"} else 2
    p = p_value(test, value, DF[test]) * tails / 2
    made = Claim(
        "made", test, statistic=read_printed(f"{value:.{fine}f}"), df=tuple(read_printed(v) for v in DF[test]),
        p=read_printed(f"{p:.{digits}f}"), tails=tails,
    )  # fmt: skip

    found = check_claim(made)

    assert "consistent" == found.status, found.text.en
    assert not found.decision_error


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=5, max_size=60))
def test_a_correlation_of_data_is_never_called_inconsistent(pairs):
    x, y = np.array(pairs, dtype=float).T
    assume(x.std() > 0 and y.std() > 0)
    r = float(np.corrcoef(x, y)[0, 1])
    assume(abs(r) < 0.999)
    p = p_value("r", r, (len(pairs) - 2,))
    made = Claim(
        "made", "r", statistic=read_printed(f"{r:.2f}"), df=(read_printed(len(pairs) - 2),), p=read_printed(f"{p:.3f}")
    )

    assert "consistent" == check_claim(made).status

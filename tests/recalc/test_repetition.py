from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from jinghe.labels import Text
from jinghe.recalc import Claim, Group, check_claim, read_printed
from jinghe.recalc.repetition import check_posthoc, check_repetition, derive_error, derive_straight_lining

PHASES = [{"name": "a", "mean": "4.488"}, {"name": "b", "mean": "4.490"}, {"name": "c", "mean": "4.502"}]


def test_table_three_is_inconsistent_with_a_decision_error(verdicts):
    found = verdicts["t3.phases"]
    numbers = found.finding("statistic-p").numbers

    assert ("inconsistent", True) == (found.status, found.decision_error)
    assert ("0.0950", "0.0960") == (f"{numbers['sphericity'].low:.4f}", f"{numbers['sphericity'].high:.4f}")
    assert ("5.66", "6.00") == (f"{numbers['needed'].low:.2f}", f"{numbers['needed'].high:.2f}")
    assert ("0.0188", "0.309") == (
        f"{numbers['as z']:.4f}",
        f"{numbers['as chi2']:.3f}",
    )  # the reference rounds .01877 to .0189
    assert ("0.0954", 14) == (f"{numbers['infinite denominator']:.4f}", numbers["needed numerator df"])
    assert "显著性结论因此颠倒" in found.text.zh
    assert "F(2, 4810)=2.35 gives p [0.0950, 0.0960]" in found.text.en
    assert "Not printed, assumed here: n is the 2,406 valid answers" in found.text.en


def test_table_three_s_stars_agree_with_p_and_its_note_with_separate_errors(verdicts):
    found = verdicts["t3.phases"]

    assert "consistent" == found.finding("stars").status
    assert "conditional" == found.finding("posthoc").status
    assert "own error term (which needs F of at least 1.3020)" in found.finding("posthoc").text.en


def test_table_three_implies_its_error_and_its_identical_answers(verdicts):
    error, lines = (verdicts["t3.phases"].finding(name) for name in ("error-term", "straight-lining"))

    assert ("0.0587", "0.343", "0.0010") == (
        f"{error.numbers['MS_error']:.4f}",
        f"{error.numbers['SD of a difference']:.3f}",
        f"{error.numbers['partial eta squared']:.4f}",
    )
    assert (1915, 491) == (lines.numbers["identical"], lines.numbers["different"])
    assert "2406 人中至少 1915 人（79.6%）" in lines.text.zh


def test_another_f_fits_p_and_note(claim):
    groups = PHASES
    note = [("a", "c", True), ("b", "c", True), ("a", "b", False)]
    tree = {
        "claim": {"id": "c", "test": "f_rm", "n": 2406},
        "groups": groups,
        "reported": {"F": "5.82", "p": "0.003"},
        "posthoc": [{"less": less, "than": more, "significant": told} for less, more, told in note],
    }
    from jinghe.recalc import read_claim

    found = check_claim(read_claim(tree))

    assert ["consistent", "consistent"] == [found.finding(x).status for x in ("statistic-p", "posthoc")]
    tree["reported"] = {"F": "1.10", "p": "0.333"}
    assert "inconsistent" == check_claim(read_claim(tree)).finding("posthoc").status


def test_a_corrected_p_is_conditional(claim):
    found = check_claim(claim("f_rm", {"F": "2.35", "p": "0.120"}, PHASES, n=2406))

    assert "conditional" == found.status
    assert "Greenhouse–Geisser" in found.text.zh


def test_without_n_the_denominator_is_open_and_the_phases_are_not(claim):
    assert "inconsistent" == check_claim(claim("f_rm", {"F": "2.35", "p": "0.003"}, PHASES)).status
    assert "untestable" == check_claim(claim("f_rm", {"F": "2.35", "p": "0.10"}, PHASES)).status


def test_printed_df_are_taken_as_printed(claim):
    found = check_repetition(claim("f_rm", {"F": "2.35", "df": "1.18, 2838", "p": "0.12"}, PHASES, n=2406))

    assert "consistent" == found[0].status


def test_nothing_is_derived_where_something_is_missing(claim):
    bare = claim("f_rm", {"F": "2.35"}, [{"name": "a"}, {"name": "b", "mean": "4"}], n=10, items=1)

    assert ([], [], []) == (derive_error(bare), derive_straight_lining(bare), check_posthoc(bare))
    assert [] == derive_straight_lining(claim("f_rm", {"F": "2.35"}, PHASES, n=2406, items=3))
    assert [] == derive_straight_lining(claim("f_rm", {"F": "0.00"}, PHASES, n=2406, items=1))


@pytest.mark.slow
@given(st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=5, max_size=40), st.integers(2, 3))
def test_a_comparison_made_from_data_and_rounded_is_never_called_inconsistent(rows, digits):
    x = np.array(rows, dtype=float)
    n, k = x.shape
    condition = n * ((x.mean(0) - x.mean()) ** 2).sum()
    error = ((x - x.mean(1, keepdims=True)) ** 2).sum() - condition
    assume(error > 1e-6)
    f = condition / (k - 1) / (error / ((n - 1) * (k - 1)))
    p = stats.f.sf(f, k - 1, (n - 1) * (k - 1))
    groups = tuple(Group(Text("期", "phase"), None, read_printed(f"{mean:.{digits}f}")) for mean in x.mean(0))
    made = Claim(
        "made", "f_rm", n=n, groups=groups, items=1, scale=(1, 5),
        statistic=read_printed(f"{f:.{digits}f}"), p=read_printed(f"{p:.{digits}f}"),
    )  # fmt: skip

    found = check_claim(made)

    assert "consistent" == found.status, found.text.en
    lines = [item for item in found.findings if item.check == "straight-lining"]
    assert all(item.numbers["identical"] <= sum(len(set(row)) == 1 for row in rows) for item in lines)


def test_a_p_near_the_printed_one_is_consistent(claim):
    [found, *_] = check_repetition(claim("f_rm", {"F": "2.35", "p": "0.095"}, PHASES, n=2406))

    assert "consistent" == found.status
    assert 0.0955 == pytest.approx(found.numbers["sphericity"].high, abs=6e-4)

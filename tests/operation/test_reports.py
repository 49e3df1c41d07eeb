"""What partners report of their joint items."""

import pytest

from jinghe.errors import CompactError
from jinghe.operation import assess, confirm_reports, read_reports, score_period
from jinghe.units import Period

YEAR = Period.of("2021")
ASKED = ("credit: {rule: contribution}", "credit: {rule: contribution, mirror_penalty: 0.5}")
NAMED = ("progress: data/progress.csv}", "progress: data/progress.csv, claims: data/claims.csv}")
CLAIMS = """item,reporter,kind,value,unit,vintage,source,note
T1,990100,claim,12,公里,2021-06-01,toy,
T1,990200,claim,8,公里,2021-06-02,toy,
T2,990200,claim,30,项,2021-09-02,toy,
"""


def test_items_stay_as_registered_where_no_reports_are_asked_for(rewrite):
    compact, _ = rewrite(NAMED, claims=CLAIMS)

    assert (compact.items, ()) == confirm_reports(compact)
    assert () == read_reports(compact)


def test_what_both_confirm_counts_less_their_discrepancy_and_what_one_claims_waits(rewrite):
    """12 and 8 km lie 0.4 apart: 1 − 0.5 · 0.4 = 0.8 of the point is left, 0.6 of it A's."""
    compact, panel = rewrite(ASKED, NAMED, claims=CLAIMS)

    scores = score_period(compact, panel=panel, period=YEAR)
    found = assess(compact, panel=panel, period=YEAR, seed=7)

    raw = dict(zip(scores.codes, scores.raw[:, scores.leaves.index("joint_items")], strict=True))
    assert pytest.approx({"990100": 0.48, "990200": 0.32, "990300": 0.0}) == raw
    assert found.scores.total.tolist() == scores.total.tolist()
    assert {"T1": "confirmed", "T2": "claimed"} == {c.item: c.standing for c in found.confirmations[:2]}


def test_without_a_table_of_reports_nothing_is_confirmed(rewrite):
    compact, _ = rewrite(ASKED)

    items, confirmations = confirm_reports(compact)

    assert {"claimed"} == {one.standing for one in items} == {one.standing for one in confirmations}


def test_a_table_of_reports_that_cannot_be_read_is_told_line_by_line(rewrite):
    with pytest.raises(CompactError) as caught:
        rewrite(ASKED, NAMED, claims=CLAIMS.replace(",8,", ",-8,"))

    assert [("claim-value", 3)] == [(p.code, p.place.line) for p in caught.value.problems]

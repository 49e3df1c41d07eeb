from __future__ import annotations

import pytest

from jinghe.standards import Match
from jinghe.standards.match import MANUAL, make_header


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        ({"mapping_justification": MANUAL, "reviewer_label": "甲"}, True),
        ({"mapping_justification": MANUAL, "reviewer_id": "orcid:1"}, True),
        ({"mapping_justification": MANUAL}, False),
        ({"mapping_justification": MANUAL, "reviewer_label": " "}, False),
        ({"mapping_justification": "semapv:LexicalMatching", "reviewer_label": "甲"}, False),
        ({"mapping_justification": MANUAL, "reviewer_label": "甲", "reviewer_agreement": "0.9"}, True),
        ({"mapping_justification": MANUAL, "reviewer_label": "甲", "reviewer_agreement": "0.0"}, False),
        ({"mapping_justification": MANUAL, "reviewer_label": "甲", "reviewer_agreement": "-1"}, False),
        ({"mapping_justification": MANUAL, "reviewer_label": "甲", "reviewer_agreement": "yes"}, False),
    ],
)
def test_only_a_reviewed_judgement_counts(cells, counts):
    assert counts == Match(cells).is_reviewed


def test_denials_and_absences_are_no_mappings(walk):
    denied = walk(("a:1", "exact", "b:1"), predicate_modifier="Not")
    absent = walk(("a:1", "exact", "sssom:NoTermFound"))

    assert () == denied.counted == absent.counted
    assert 1 == len(absent.absences)


def test_prefixes_are_those_under_curie_map_whatever_the_margin():
    lines = ("# license: https://x.org/", "# curie_map:", '#   a: "urn:a:"', "#   b: urn:b:", "# see_also:", "#  - c:d")

    found = make_header({}, set_id="x")[:0] + lines

    assert {"a": "urn:a:", "b": "urn:b:"} == _crosswalk(found).prefixes


def test_the_reviewers_are_named(crosswalk):
    assert ("jinghe（仅凭题名 / by title only）",) == crosswalk.reviewers


def test_rows_that_are_added_bring_their_columns(walk):
    found = walk(("a:1", "exact", "b:1")).add([Match({"subject_id": "a:2", "comment": "x"})])

    assert "comment" == found.columns[-1]
    assert 2 == len(found.matches)


def _crosswalk(header):
    from jinghe.standards import Crosswalk

    return Crosswalk(tuple(header), (), ())

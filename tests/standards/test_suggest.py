from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from jinghe.errors import RuleError
from jinghe.standards import accept, check_crosswalk, format_sssom, invert, parse_sssom, propose, suggest

GOLD = {
    ("SC-T3", "JD302"): 1.0,
    ("SC-Y2", "YX202"): 1.0,
    ("SC-Y3", "YX203"): 1.0,
    ("SC-Y4", "YX204"): 0.735,
    ("SC-Y5", "YX205"): 0.731,
    ("SC-T2", "JC102"): 0.612,
    ("SC-Y1", "YX201"): 0.533,
    ("SC-T1", "JC101"): 0.370,
}


def found(candidates):
    return {(c.subject.split(":")[1], c.object.split(":")[1]): round(c.similarity, 3) for c in candidates}


def test_suggest_returns_exactly_the_eight_gold_pairs(printed):
    assert GOLD == found(suggest(*printed))


@pytest.mark.parametrize(("threshold", "count"), [(0.30, 9), (0.35, 8), (0.40, 7), (0.50, 7)])
def test_other_thresholds_find_what_the_reference_says(printed, threshold, count):
    assert count == len(suggest(*printed, threshold=threshold))


def test_suggestions_are_the_same_the_other_way_round(printed):
    turned = found(suggest(*reversed(printed)))

    assert GOLD == {(s, o): cosine for (o, s), cosine in turned.items()}


def test_another_encoder_may_take_its_place(printed):
    def encode(a, b):
        return np.eye(len(a), 30), np.eye(len(b), 30)

    assert 11 == len(suggest(*printed, encode=encode, measure="position"))


@pytest.mark.parametrize("threshold", [0, -1, 1.1, float("nan")])
def test_a_threshold_outside_its_range_is_refused(printed, threshold):
    with pytest.raises(RuleError, match="above 0 and at most 1"):
        suggest(*printed, threshold=threshold)


def test_candidates_on_file_count_as_nothing(printed):
    prefixes = {"sichuan": "urn:s:", "chongqing": "urn:c:"}

    written = propose(suggest(*printed), prefixes=prefixes, set_id="urn:x")

    assert () == written.counted == invert(written).counted
    assert [] == check_crosswalk(written, catalogues=printed)
    assert written.matches == parse_sssom(format_sssom(written)).matches


def test_a_candidate_becomes_a_mapping_by_a_named_person(printed):
    candidate = suggest(*printed)[0]

    match = accept(candidate, predicate="skos:exactMatch", reviewer="某业务科", on=date(2024, 5, 1))

    assert match.is_reviewed
    assert ("某业务科", "2024-05-01", "1") == (match.reviewer, match.get("mapping_date"), match.get("similarity_score"))


def test_a_candidate_without_reviewer_or_predicate_stays_one(printed):
    with pytest.raises(RuleError) as caught:
        accept(suggest(*printed)[0], predicate="same", reviewer=" ", on=date(2024, 5, 1))

    assert ["crosswalk-reviewer", "choice-unknown"] == [fault.code for fault in caught.value.problems]
    assert "没有审核人" in caught.value.problems[0].text("zh")

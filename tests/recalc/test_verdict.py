from __future__ import annotations

import json

import pytest

from jinghe.labels import Text
from jinghe.recalc.claim import Claim
from jinghe.recalc.printed import Interval
from jinghe.recalc.verdict import STATUSES, Finding, compose

CLAIM = Claim("c", "t")


def finding(check, status, **more):
    return Finding(check, status, Text(f"{check}。", f"{check}."), **more)


@pytest.mark.parametrize(
    ("met", "expected"),
    [
        (["consistent", "inconsistent", "conditional"], "inconsistent"),
        (["consistent", "conditional", "untestable"], "conditional"),
        (["untestable", "consistent", "derived"], "consistent"),
        (["untestable", "derived"], "untestable"),
        ([], "untestable"),
    ],
)
def test_the_worst_finding_makes_the_verdict(met, expected):
    assert expected == compose(CLAIM, [finding(str(k), status) for k, status in enumerate(met)]).status


def test_the_reason_says_what_decides_and_nothing_twice():
    found = compose(
        CLAIM, [finding("means-t", "conditional"), finding("joint", "conditional"), finding("mean", "consistent")]
    )

    assert "joint." == found.text.en
    assert "mean." == compose(CLAIM, [finding("mean", "inconsistent")]).text.en


def test_a_verdict_can_be_written_as_json():
    found = compose(
        CLAIM, [finding("t-p", "inconsistent", decision_error=True, numbers={"p": Interval(0.1, 0.2), "n": 3})]
    )
    tree = json.loads(json.dumps(found.as_dict()))

    assert ("inconsistent", True, "矛盾") == (tree["status"], tree["decision_error"], tree["status_label"]["zh"])
    assert {"p": [0.1, 0.2], "n": 3} == tree["findings"][0]["numbers"]


def test_a_finding_is_found_by_its_check():
    found = compose(CLAIM, [finding("t-p", "consistent")])

    assert "t-p" == found.finding("t-p").check
    with pytest.raises(KeyError):
        found.finding("joint")


def test_every_status_has_its_name_in_both_languages():
    assert all(name.zh != name.en for name in STATUSES.values())

"""The next steps."""

import pytest

from jinghe.diagnosis.advice import advise
from jinghe.diagnosis.cited import KINDS
from jinghe.diagnosis.finding import Finding
from jinghe.labels import Text

EVERY = [*KINDS, "interfaces"]


def finding(kind, path="p"):
    return Finding(kind, None, Text("x", "x"), path, ())


@pytest.mark.parametrize("has_contest", [True, False])
def test_every_kind_of_bottleneck_has_its_step_with_rows_of_the_papers(has_contest):
    steps = advise([finding(kind) for kind in EVERY], has_contest=has_contest)

    assert EVERY == [step.id for step in steps]
    assert all(step.rows and step.text.zh and step.text.en for step in steps)


def test_each_step_is_advised_once_at_its_first_evidence():
    (step,) = advise([finding("barrier", "a"), finding("barrier", "b")], has_contest=True)

    assert "a" == step.path


def test_without_a_contest_nothing_is_advised_that_takes_one():
    steps = advise([finding(kind) for kind in ("selective", "local_first")], has_contest=False)

    assert not any("rank" in step.text.en.lower() or "assess" in step.text.en.lower() for step in steps)

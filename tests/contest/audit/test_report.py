import numpy as np
import pytest

from jinghe.errors import RuleError


def test_the_ten_steps_are_taken_in_order(audited):
    assert [one.number for one in audited.findings] == list(range(1, 11))
    assert {one.verdict for one in audited.findings} <= {"ok", "look", "missing"}
    assert all(words.zh and words.en for one in audited.findings for words in one.words)


def test_other_years_count_only_with_the_same_indicators(audited):
    assert [(one.before, one.after) for one in audited.stability.transitions] == [("2020", "2021")]
    assert audited.stability.n == 6


def test_what_is_outside_the_tree_is_compared(audited):
    assert ("jobs", "2021") in {(link.series, link.period) for link in audited.links}


def test_an_undivided_figure_beside_a_denominator_is_told(audited):
    found = {(bond.one, bond.other) for bond in audited.bonds if bond.kind == "size"}

    assert ("gdp", "people") in found
    assert not any(one == "air" for one, _ in found)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_audit(audited, run_audit):
    again = run_audit()

    assert audited.findings == again.findings
    assert np.array_equal(audited.robustness.spread.method.probability, again.robustness.spread.method.probability)


def test_a_contest_that_cannot_be_scored_is_not_audited(run_audit):
    with pytest.raises(RuleError) as caught:
        run_audit(weights={"growth": 0.7, "green": 0.1})

    assert [p.code for p in caught.value.problems] == ["weights-sum"]

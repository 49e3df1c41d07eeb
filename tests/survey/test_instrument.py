"""A questionnaire and its faults."""

from __future__ import annotations

import pytest

from jinghe.errors import DataError
from jinghe.survey import check_instrument, read_instrument


def codes(tree):
    with pytest.raises(DataError) as found:
        read_instrument(tree)
    return [item.code for item in found.value.problems]


def test_a_questionnaire_knows_its_items_options_and_ranges(small):
    assert check_instrument(small) == []
    assert [item.id for item in small.members("trust")] == ["t1", "t2", "t3"]
    assert small.ends("t1") == (1, 5)
    assert small.ends("trust_score") == (3, 15)
    assert small.ends("unit") is None
    assert small.is_rating("t1")
    assert not small.is_rating("met")
    assert "bye" not in [item.id for item in small.questions()]


def test_an_unknown_item_is_named_with_those_there_are(small):
    with pytest.raises(DataError) as found:
        small.item("t9")

    assert "t9" in found.value.problems[0].text("en")
    assert "t1" in found.value.problems[0].text("zh")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t["items"].append(dict(t["items"][1])), "survey-name-repeated"),
        (lambda t: t["items"][1].update(kind="rank"), "survey-kind-unknown"),
        (lambda t: t["items"][1].update(choices="nn"), "survey-choices-missing"),
        (lambda t: t["items"][2].update(cut=True), "survey-cut-kind"),
        (lambda t: t["items"][2].update(battery="none"), "survey-item-unknown"),
        (lambda t: t["items"][2].update(provenance="heard"), "choice-unknown"),
        (lambda t: t["choices"]["yn"].update({"may be": "x"}), "survey-code-wrong"),
        (lambda t: t["choices"].update(yn={}), "survey-choices-missing"),
        (lambda t: t["scales"]["trust_score"].update(items=["t1"]), "survey-scale-short"),
        (lambda t: t["scales"]["trust_score"].update(items=["t1", "met"]), "survey-scale-kind"),
        (lambda t: t["scales"]["trust_score"].update(items=["t1", "t9"]), "survey-item-unknown"),
        (lambda t: t["scales"]["trust_score"].update(score="max"), "choice-unknown"),
        (lambda t: t["items"][2].update(relevant="${t1} > 2"), "survey-logic-order"),
        (lambda t: t["items"][2].update(relevant="${met} = 'maybe'"), "survey-logic-code"),
        (lambda t: t["items"][2].update(relevant="${met} = "), "survey-expression"),
        (lambda t: t["items"][1].update(constraint="${bye} > 2"), "survey-logic-order"),
    ],
)
def test_every_fault_has_its_message(tree, change, code):
    change(tree)

    assert code in codes(tree)


def test_all_faults_are_told_at_once(tree):
    tree["items"][1]["kind"] = "rank"
    tree["items"][2]["relevant"] = "${t1} > 2"

    assert len(codes(tree)) == 2


def test_a_mean_score_keeps_the_range_of_its_items(tree):
    tree["scales"]["trust_score"]["score"] = "mean"

    assert read_instrument(tree).ends("trust_score") == (1, 5)

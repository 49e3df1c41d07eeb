"""What holds cooperation back."""

from dataclasses import replace

from jinghe.compact import load_compact
from jinghe.diagnosis.bottleneck import advise, find_bottlenecks

A, B, C = "990100", "990200", "990300"


def _ids(compact, assessment):
    return [one.id for one in find_bottlenecks(compact, assessment=assessment)]


def test_a_proposed_agreement_shows_that_interests_are_not_settled(compact, assessment):
    shanxi = load_compact("shanxi")

    assert "interest" not in _ids(compact, assessment)
    assert "interest" in _ids(replace(compact, agreements=shanxi.agreements), assessment)


def test_narrow_intervals_and_full_data_are_measured_well(compact, assessment):
    ranking = replace(assessment.ranking, low=assessment.ranking.rank, high=assessment.ranking.rank)
    sharp = replace(assessment, ranking=ranking, scores=replace(assessment.scores, dropped=()))

    assert "measurement" not in _ids(compact, sharp)


def test_only_red_and_yellow_lights_are_a_risk(compact, assessment):
    green = replace(assessment, lights=tuple(replace(one, colour="green") for one in assessment.lights))
    found = next(one for one in find_bottlenecks(compact, assessment=assessment) if one.id == "risk")

    assert "risk" not in _ids(compact, green)
    assert "断头路" in found.text.zh


def test_items_in_negotiation_are_a_barrier(with_items, assessment):
    assert "barrier" in _ids(with_items((A, (B,), "x", "negotiating")), assessment)
    assert "barrier" not in _ids(with_items((A, (B,), "x", "completed")), assessment)


def test_one_city_in_most_items_is_selective(with_items, assessment):
    even = with_items(
        (A, (B,), "x", "planned"), (B, (C,), "x", "planned"), (C, (A,), "x", "planned"), (C, (), "x", "planned")
    )
    assert "selective" in _ids(even, assessment)  # City C: three of four

    pair = with_items((A, (), "x", "planned"), (B, (), "x", "planned"))
    assert "selective" not in _ids(pair, assessment)


def test_every_bottleneck_has_its_advice_with_rows_of_the_papers(compact, assessment):
    found = find_bottlenecks(compact, assessment=assessment)
    steps = advise(found)

    assert [one.id for one in found] == [step.id for step in steps]
    assert all(step.rows and step.text.zh and step.text.en for step in steps)

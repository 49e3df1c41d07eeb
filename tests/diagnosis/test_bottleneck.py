"""What holds cooperation back."""

from dataclasses import replace

from jinghe.compact import load_compact
from jinghe.diagnosis.bottleneck import advise, find_bottlenecks, list_unjudged
from jinghe.diagnosis.finding import Finding
from jinghe.evidence import Evidence, gather_evidence
from jinghe.labels import Text
from jinghe.network import Choice
from jinghe.operation import assess
from jinghe.panel import Panel
from jinghe.units import Period

A, B, C = "990100", "990200", "990300"


def _ids(compact, assessment):
    return [one.id for one in find_bottlenecks(compact, assessment=assessment, evidence=Evidence())]


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
    found = next(
        one for one in find_bottlenecks(compact, assessment=assessment, evidence=Evidence()) if one.id == "risk"
    )

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
    found = find_bottlenecks(compact, assessment=assessment, evidence=Evidence())
    steps = advise(found)

    assert [one.id for one in found] == [step.id for step in steps]
    assert all(step.rows and step.text.zh and step.text.en for step in steps)


def test_standards_without_a_counterpart_cannot_interface():
    chuanyu = load_compact("chuanyu")
    evidence = gather_evidence(chuanyu, seed=1)
    assessment = assess(chuanyu, panel=Panel(), period=Period.of("2024"), seed=1)

    found = {one.id: one for one in find_bottlenecks(chuanyu, assessment=assessment, evidence=evidence)}
    assert "36% of the standards" in found["interfaces"].text.en
    assert ("C4", "C5") == found["interfaces"].rows
    assert "evidence.findings.fields" == found["local_first"].path


def test_actors_that_only_take_part_in_easy_things_are_selective(compact, assessment):
    def having(easy):
        choice = Choice("990100", events=3, domains=2, concentration=0.5, easy=easy, initiated=0.0)
        return find_bottlenecks(compact, assessment=assessment, evidence=Evidence(choices=(choice,)))

    assert "Of 1 actors" in next(one for one in having(0.7) if one.id == "selective").text.en
    assert not [one for one in having(0.6) if one.path == "evidence.network"]


def test_each_step_is_advised_once_and_what_is_not_judged_is_said():
    twice = [Finding("barrier", None, Text("x", "x"), path, ()) for path in ("a", "b")]

    assert ["a"] == [one.path for one in advise(twice)]
    (said,) = list_unjudged(twice)
    assert "Local-first thinking" in said.en
    assert "barriers" not in said.en

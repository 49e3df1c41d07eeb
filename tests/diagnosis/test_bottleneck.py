"""What holds cooperation back."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from jinghe.compact import load_compact
from jinghe.contract import Progress
from jinghe.diagnosis.bottleneck import find_bottlenecks, list_unjudged
from jinghe.diagnosis.cited import KINDS
from jinghe.evidence import Evidence, gather_evidence
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


def test_contracts_at_a_standstill_are_a_risk(compact, assessment):
    first = next(c for c in compact.contracts if c.count == 4)
    stuck = tuple(Progress(first.id, date(year, 1, 1), 1) for year in (2020, 2021))
    grey = replace(assessment, lights=tuple(replace(one, colour="grey") for one in assessment.lights))
    found = find_bottlenecks(replace(compact, progress=stuck), assessment=grey, evidence=Evidence())

    assert f"at a standstill for a year or more: {first.title.en}." in next(o for o in found if o.id == "risk").text.en


def test_findings_of_one_kind_stand_together():
    shanxi = replace(load_compact("shanxi"), contest=None)
    assessment = assess(shanxi, panel=Panel(), period=Period.of("2024"), seed=1)
    kinds = [one.id for one in find_bottlenecks(shanxi, assessment=assessment, evidence=Evidence())]

    assert 1 < kinds.count("interest")
    assert len(set(kinds)) == 1 + sum(a != b for a, b in pairwise(kinds))


def _unjudged(compact, assessment, evidence=None):
    return " ".join(one.en for one in list_unjudged(compact, assessment=assessment, evidence=evidence or Evidence()))


def test_what_nothing_bears_on_is_not_taken_for_sound(compact, assessment, with_items):
    bare = replace(with_items(), agreements=(), contracts=(), progress=())
    blind = replace(assessment, scores=None, lights=())

    assert "Interests" not in _unjudged(compact, assessment)
    said = _unjudged(bare, blind)
    assert all(KINDS[kind].en in said for kind in ("interest", "measurement", "risk", "barrier", "selective", "tenure"))


def coded(yuqian, *applied):
    found = gather_evidence(yuqian, seed=1)
    return replace(
        found, coding=replace(found.coding, settled=replace(found.coding.settled, applied=frozenset(applied)))
    )


def test_barriers_come_from_coded_passages_and_none_is_no_all_clear():
    yuqian = load_compact("yuqian")
    assessment = assess(yuqian, panel=Panel(), period=Period.of("2024"), seed=1)
    spoken, silent = (
        coded(yuqian, ("opening-0001", "B1"), ("opening-0002", "B1")),
        coded(yuqian, ("opening-0001", "A1")),
    )

    found = [one for one in find_bottlenecks(yuqian, assessment=assessment, evidence=spoken) if "coding" in one.path]
    assert [("local_first", "Passages of the coded documents under “Local-first thinking”: 2.")] == [
        (one.id, one.text.en) for one in found
    ]
    assert "does not mean there is none" in _unjudged(yuqian, assessment, silent)
    assert "does not mean there is none" not in _unjudged(yuqian, assessment, spoken)

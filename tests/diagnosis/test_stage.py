"""Stages and their criteria."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from jinghe.compact import load_compact
from jinghe.compact.compact import Note
from jinghe.diagnosis.finding import Criterion
from jinghe.diagnosis.stage import find_stage, list_criteria
from jinghe.evidence import Evidence, gather_evidence
from jinghe.labels import Text
from jinghe.operation import assess
from jinghe.panel import Panel
from jinghe.units import Period

A, B = "990100", "990200"


def _criteria(*pairs):
    word = Text("x", "x")
    return [Criterion(str(at), stage, word, holds, word, "", ()) for at, (stage, holds) in enumerate(pairs)]


@pytest.mark.parametrize(
    "pairs, stage",
    [
        ([], "initial"),
        ([("transition", False), ("advanced", True)], "initial"),
        ([("transition", None), ("advanced", True)], "initial"),
        ([("transition", True), ("transition", None), ("advanced", False)], "transition"),
        ([("transition", True), ("advanced", None)], "transition"),
        ([("transition", True), ("advanced", True), ("advanced", None)], "advanced"),
        ([("transition", True), ("advanced", True), ("advanced", None), ("advanced", None)], "transition"),
        ([("transition", True), ("transition", None), ("transition", None)], "initial"),
    ],
)
def test_a_stage_needs_half_of_its_criteria_to_hold_and_none_to_fail(pairs, stage):
    assert stage == find_stage(_criteria(*pairs))


@pytest.mark.parametrize(
    "transition, regress, stage",
    [(True, False, "regress"), (True, None, "transition"), (True, True, "transition"), (False, False, "initial")],
)
def test_signs_of_falling_back_count_beyond_the_initial_stage(transition, regress, stage):
    criteria = _criteria(("transition", transition), ("transition", regress))

    assert stage == find_stage([criteria[0], replace(criteria[1], id="regress")])


def _holds(compact, assessment, runs=()):
    return {c.id: c.holds for c in list_criteria(compact, assessment=assessment, runs=runs, evidence=Evidence())}


def test_half_in_place_is_not_more_than_half(with_items, assessment):
    half = with_items((A, (B,), "x", "completed"), (A, (B,), "x", "planned"))
    more = with_items((A, (B,), "x", "completed"), (A, (B,), "x", "in_force"), (A, (B,), "x", "planned"))

    assert [False, True] == [_holds(c, assessment)["implementation"] for c in (half, more)]


def test_without_a_register_the_items_say_nothing(with_items, assessment):
    found = _holds(with_items(), assessment)

    assert [None, None, None] == [found[name] for name in ("implementation", "joint-rules", "axes")]


def test_four_fields_show_many_axes(with_items, assessment):
    items = [(A, (B,), field, "completed") for field in ("a", "b", "c", "d")]

    assert [False, True] == [_holds(with_items(*items[:n]), assessment)["axes"] for n in (3, 4)]


def test_weight_on_collaboration_opens_the_second_track(compact, assessment):
    contest = compact.contest
    other = {"growth": 0.8, "collaboration": 0.0}
    zero = {n: tuple((day, other.get(n, w)) for day, w in dated) for n, dated in contest.weights.items()}

    assert _holds(compact, assessment)["second-track"] is True
    assert _holds(replace(compact, contest=replace(contest, weights=zero)), assessment)["second-track"] is False


def test_illustrative_weights_are_no_evidence(compact, assessment):
    def look(case):
        found = next(
            c
            for c in list_criteria(case, assessment=assessment, runs=(), evidence=Evidence())
            if c.id == "second-track"
        )
        return found.holds, found.evidence.zh

    note = Note("weights", "illustrative", "contest.weights", Text("示意", "illustrative"))

    holds, evidence = look(replace(compact, notes=(note,)))
    assert holds is None
    assert evidence.endswith("为示意，不作证据")
    assert look(replace(compact, notes=()))[0] is True


def test_a_horizontal_agreement_in_force_settles_interests(compact, assessment):
    assert _holds(compact, assessment)["sharing"] is True
    proposed = tuple(replace(one, status="proposed") for one in compact.agreements)
    assert _holds(replace(compact, agreements=proposed), assessment)["sharing"] is False


def test_a_compact_that_lists_no_agreement_says_nothing_about_interests(compact, assessment):
    assert _holds(replace(compact, agreements=()), assessment)["sharing"] is None


def test_few_published_dates_are_no_evidence_of_kept_promises(compact, assessment):
    grey = tuple(replace(one, colour="grey") for one in assessment.lights)
    green = tuple(replace(one, colour="green") for one in assessment.lights)
    one_red = (replace(green[0], colour="red"), *green[1:])

    found = [_holds(compact, replace(assessment, lights=lights))["promises"] for lights in (grey, green, one_red)]

    assert [None, True, False] == found


def test_a_calibrated_forecast_decides_whether_it_is_sustained(compact, assessment):
    runs = [SimpleNamespace(survives_without_promotion=value, calibrated=True) for value in (True, False)]

    assert [True, False] == [_holds(compact, assessment, [run])["sustained"] for run in runs]
    assert _holds(compact, assessment)["sustained"] is None


def test_an_uncalibrated_forecast_is_shown_and_is_no_evidence(compact, assessment):
    run = SimpleNamespace(survives_without_promotion=False, calibrated=False)

    found = next(
        c for c in list_criteria(compact, assessment=assessment, runs=[run], evidence=Evidence()) if c.id == "sustained"
    )

    assert found.holds is None
    assert found.evidence.zh.startswith("推演未校准，不作证据")


@pytest.mark.parametrize("case, stage", [("chuanyu", "transition"), ("yuqian", "transition")])
def test_no_real_case_has_reached_the_advanced_stage(case, stage):
    compact = load_compact(case)
    assessment = assess(compact, panel=Panel(), period=Period.of("2024"), seed=1)
    evidence = gather_evidence(compact, seed=1)

    assert stage == find_stage(list_criteria(compact, assessment=assessment, runs=(), evidence=evidence))

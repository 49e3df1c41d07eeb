from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.games import (
    CLAIMS_RULES,
    equal_awards,
    equal_losses,
    find_dual,
    make_bankruptcy,
    nucleolus,
    prenucleolus,
    proportional_awards,
    random_arrival,
    shapley,
    talmud,
)

NEAR = 1e-9
THREE, FOUR = (100, 200, 300), (2, 4, 7, 8)
Problem = tuple[list[float], float]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    claims = draw(st.lists(st.integers(0, 50), min_size=1, max_size=5).map(lambda found: [float(x) for x in found]))
    return claims, draw(st.floats(0, 1)) * sum(claims)


@pytest.mark.parametrize(
    ("rule", "claims", "estate", "expected"),
    [
        (talmud, THREE, 100, (100 / 3, 100 / 3, 100 / 3)),  # G1
        (talmud, THREE, 200, (50, 75, 75)),  # G2
        (equal_awards, THREE, 200, (200 / 3, 200 / 3, 200 / 3)),
        (equal_losses, THREE, 200, (0, 50, 150)),
        (random_arrival, THREE, 200, (100 / 3, 250 / 3, 250 / 3)),
        (talmud, THREE, 300, (50, 100, 150)),  # G3
        (equal_losses, THREE, 300, (0, 100, 200)),
        (talmud, THREE, 400, (50, 125, 225)),  # G4
        (talmud, THREE, 500, (200 / 3, 500 / 3, 800 / 3)),
        (talmud, FOUR, 10, (1, 2, 3.5, 3.5)),  # G5
        (equal_awards, FOUR, 10, (2, 8 / 3, 8 / 3, 8 / 3)),
        (equal_losses, FOUR, 10, (0, 1, 4, 5)),
        (random_arrival, FOUR, 10, (1, 11 / 6, 10 / 3, 23 / 6)),
        (proportional_awards, THREE, 300, (50, 100, 150)),
        (random_arrival, (7,), 3, (3,)),
    ],
)
def test_printed_awards(rule, claims: tuple[float, ...], estate: float, expected: tuple[float, ...]) -> None:
    assert pytest.approx(expected, abs=NEAR) == rule(claims, estate=estate)


@pytest.mark.parametrize("rule", [rule for _, rule in CLAIMS_RULES.values()])
@given(problem=problems())
def test_awards_lie_between_nothing_and_the_claim_and_sum_to_the_estate(rule, problem: Problem) -> None:
    claims, estate = problem

    awards = rule(claims, estate=estate)

    assert pytest.approx(estate, abs=NEAR) == awards.sum()
    assert (awards >= -NEAR).all()
    assert (awards <= np.array(claims) + NEAR).all()


@pytest.mark.parametrize("rule", [rule for _, rule in CLAIMS_RULES.values()])
@given(problem=problems())
def test_who_claims_more_gets_and_loses_no_less(rule, problem: Problem) -> None:
    claims, estate = problem
    order = np.argsort(claims)

    awards = rule(claims, estate=estate)

    assert (np.diff(awards[order]) >= -NEAR).all()
    assert (np.diff((np.array(claims) - awards)[order]) >= -NEAR).all()


@pytest.mark.parametrize("rule", [rule for _, rule in CLAIMS_RULES.values()])
@given(problem=problems(), part=st.floats(0, 1))
def test_nobody_loses_when_there_is_more(rule, problem: Problem, part: float) -> None:
    claims, estate = problem

    assert (rule(claims, estate=estate) >= rule(claims, estate=part * estate) - NEAR).all()


@pytest.mark.parametrize(
    ("rule", "other"),
    [
        (equal_awards, equal_losses),
        (equal_losses, equal_awards),
        (talmud, talmud),
        (random_arrival, random_arrival),
        (proportional_awards, proportional_awards),
    ],
)
@given(problem=problems())
def test_rules_and_their_duals(rule, other, problem: Problem) -> None:
    claims, estate = problem

    assert pytest.approx(rule(claims, estate=estate), abs=1e-8) == find_dual(other)(claims, estate=estate)


@given(problem=problems())
def test_talmud_is_the_nucleolus_and_arrival_the_shapley_value(problem: Problem) -> None:
    claims, estate = problem
    assume(len(claims) >= 2)
    game = make_bankruptcy(claims, estate=estate)

    assert pytest.approx(talmud(claims, estate=estate), abs=1e-7) == nucleolus(game)
    assert pytest.approx(talmud(claims, estate=estate), abs=1e-7) == prenucleolus(game)
    assert pytest.approx(random_arrival(claims, estate=estate), abs=1e-7) == shapley(game)


def test_claimants_may_have_names() -> None:
    assert 75.0 == make_bankruptcy((100, 200), estate=175, parties=("A", "B")).worth("B")


def faults_of(rule, claims: tuple[float, ...], estate: float) -> list[tuple[str, str]]:
    with pytest.raises(DataError) as caught:
        rule(claims, estate=estate)
    return [(fault.code, fault.place.path) for fault in caught.value.problems]


@pytest.mark.parametrize("rule", [*(rule for _, rule in CLAIMS_RULES.values()), make_bankruptcy, find_dual(talmud)])
def test_faulty_claims_are_all_named(rule) -> None:
    assert [("game-length", "claims")] == faults_of(rule, (), 0)
    assert [("game-number", "claims")] == faults_of(rule, (1, float("inf")), 1)
    assert [("game-number", "estate")] == faults_of(rule, (1, 2), float("nan"))
    negative = [("claim-negative", "claims[0]"), ("claim-negative", "claims[2]"), ("claim-negative", "estate")]
    assert negative == faults_of(rule, (-1, 2, -3), -1)
    assert [("claims-below-estate", "claims")] == faults_of(rule, (1, 2), 4)


def test_an_estate_beyond_the_claims_is_told_in_words() -> None:
    with pytest.raises(DataError) as caught:
        talmud((1, 2), estate=4)

    (fault,) = caught.value.problems
    assert "claims: the claims sum to 3, less than the estate of 4. These rules share what does not suffice. " in (
        fault.text("en")
    )
    assert fault.text("zh").startswith("claims：索求合计 3，低于可分总额 4。")


def test_too_many_arrivals_and_wrong_names_are_refused() -> None:
    with pytest.raises(DataError) as caught:
        random_arrival([1.0] * 21, estate=3)
    assert "game-parties" == caught.value.problems[0].code

    with pytest.raises(DataError) as caught:
        make_bankruptcy((1, 2), estate=1, parties=("A",))
    assert "game-length" == caught.value.problems[0].code

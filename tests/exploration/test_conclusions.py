from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from jinghe.exploration.conclusions import show_study
from jinghe.exploration.plan import Ending, Step
from jinghe.exploration.study import COURSES, Study, Trial, Withdrawn, compare_pair
from jinghe.exploration.withdraw import Arm, Withdrawal, read_condition
from jinghe.labels import Text
from jinghe.simulation.measures import MEASURES

YEARS, R = 5, 40


def trial(name: str, effort: float, bare: float, *, losers: str = "nobody") -> Trial:
    wave = np.linspace(-0.01, 0.01, R)
    values = {measure: np.full(R, 0.5) for measure in MEASURES}
    at = [
        values | {"cooperation": level + wave, "survival": np.full(R, float(level > 0.2))} for level in (effort, bare)
    ]
    courses = {course: np.full((3, YEARS), effort) for course in COURSES}
    futures = {"cooperation": np.full(4, effort), "survival": np.full(4, float(effort > 0.2))}
    return Trial(
        Step(name, Text(name, name), {}), courses, *at, futures, Text(losers, losers), (Text("假定", "Assumed"),)
    )


def ended(name: str, effort: float, bare: float) -> Withdrawn:
    arms = tuple(
        Arm(start, arm, R if alive else 0, R, float(alive), 0.0, 1.0, effort)
        for start in ("low", "high")
        for arm, alive in (("kept", True), ("withdrawn", effort > 0.2), ("never", False))
    )
    found = Withdrawal(
        ("packaged",), (Text("打包", "packaged"),), date(2023, 1, 1), 2025, read_condition("survival>0.5"), arms,
        {"low": (1.0, 0.9, 1.0), "high": None},
    )  # fmt: skip
    return Withdrawn(trial(name, effort, bare), found, found)


@pytest.fixture
def made() -> Study:
    trials = (trial("base", 0.1, 0.1), trial("weight", 0.4, 0.1), trial("floor", 0.8, 0.5, losers="Town"))
    pairs = list(zip(trials[1:], trials[:-1], strict=True))
    gaps = tuple(compare_pair(a.values, b.values, unit=1.0) for a, b in pairs)
    bare = tuple(compare_pair(a.without, b.without, unit=1.0) for a, b in pairs)
    ending = Ending(("packaged",), date(2023, 1, 1), ())
    cases = (ended("good", 0.7, 0.0), ended("poor", 0.0, 0.0))
    return Study(tuple(str(2021 + t) for t in range(YEARS)), R, 7, (), trials, gaps, bare, ending, cases)


def test_every_step_says_whether_it_survives_the_goodhart_gap_and_who_loses(made) -> None:
    steps = show_study(made)[0]

    assert "survives λ = 0: “floor”; does not: “weight”" in steps.lead.en
    assert "Uncalibrated" in steps.lead.en
    assert "未校准" in steps.lead.zh
    assert "“weight” raises" in steps.notes[0].en
    assert "does it survive: no" in steps.notes[0].en
    assert "does it survive: yes. Who loses: Town" in steps.notes[1].en
    assert all("Goodhart gap 0.50" in note.en for note in steps.notes[:2])
    assert [1.0, 1.0] == [row[6] for row in steps.tables[1].rows]  # all futures agree


def test_a_change_that_turns_round_is_said_to(made) -> None:
    turned = replace(made, gaps_without=(made.gaps_without[0]._replace(mean=-0.2, sign=-1), made.gaps_without[1]))

    assert "reversed" in show_study(turned)[0].notes[0].en
    assert "方向颠倒" in show_study(turned)[0].notes[0].zh


def test_the_withdrawal_says_who_survives_and_under_what(made) -> None:
    ending = show_study(made)[1]

    assert "100% are alive" in ending.notes[0].en
    assert "only with promotion" in ending.notes[0].en
    assert "neither with promotion nor without" in ending.notes[1].en
    assert "survive best (100%): “good”; these worst (0%): “poor”" in ending.notes[2].en
    assert 4 == len(ending.tables[0].rows)
    assert 2 == ending.figure["mark"]["at"]


def test_without_a_withdrawal_there_is_one_section(made) -> None:
    assert ["steps"] == [section.id for section in show_study(replace(made, ending=None, withdrawn=()))]

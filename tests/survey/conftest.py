"""A small questionnaire with every kind of item, answers to it, and the case's questionnaire 2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jinghe.compact import read_tree
from jinghe.survey import Instrument, Responses, open_survey, read_instrument

CASE = Path(__file__).parents[2] / "cases" / "chuanyu"
FIVE = {str(k): {"zh": f"{k}分", "en": str(k)} for k in range(1, 6)}


def questions() -> dict[str, Any]:
    """The tree of a small questionnaire; tests change copies of it."""
    rated = {"kind": "select_one", "choices": "five", "battery": "trust"}
    return {
        "instrument": "small",
        "version": "1",
        "title": {"zh": "小问卷", "en": "Small survey"},
        "choices": {
            "five": dict(FIVE),
            "unit": {"a": {"zh": "甲局", "en": "A"}, "b": {"zh": "乙局", "en": "B"}, "c": {"zh": "丙局", "en": "C"}},
            "why": {"order": {"zh": "安排", "en": "order"}, "will": {"zh": "意愿", "en": "will"}},
            "yn": {"yes": {"zh": "是", "en": "yes"}, "no": {"zh": "否", "en": "no"}},
        },
        "batteries": {"trust": {"zh": "互信", "en": "Trust"}},
        "items": [
            {"id": "unit", "kind": "select_one", "choices": "unit", "label": "单位", "cut": True, "required": True},
            {"id": "met", "kind": "select_one", "choices": "yn", "label": {"zh": "是否见过面", "en": "Met?"}},
            {
                "id": "times",
                "kind": "integer",
                "label": "几次",
                "relevant": "${met} = 'yes'",
                "constraint": ". >= 1 and . <= 99",
            },
            {"id": "t1", "label": "一", **rated},
            {"id": "t2", "label": "二", **rated},
            {"id": "t3", "label": "三", "reverse": True, **rated},
            {"id": "why", "kind": "select_multiple", "choices": "why", "label": "为何"},
            {"id": "more", "kind": "text", "label": "其他"},
            {"id": "bye", "kind": "note", "label": "谢谢"},
        ],
        "scales": {"trust_score": {"label": {"zh": "互信分", "en": "Trust score"}, "items": ["t1", "t2", "t3"]}},
    }


def two_cuts() -> dict[str, Any]:
    """The small questionnaire with eight units and, as a second background question, three levels."""
    tree = questions()
    tree["choices"]["unit"] = {f"u{k}": f"u{k}" for k in range(8)}
    tree["choices"]["level"] = {f"l{k}": f"l{k}" for k in range(3)}
    tree["items"].insert(1, {"id": "level", "kind": "select_one", "choices": "level", "label": "级", "cut": True})
    return tree


def answer(instrument: Instrument, n: int, *, seed: int = 1) -> Responses:
    """Draw answers to the small questionnaire, none missing."""
    rng = np.random.default_rng(seed)
    met = rng.integers(0, 2, n)
    level = rng.normal(3, 1, n)
    columns: dict[str, Any] = {
        "unit": np.arange(n) % 3,
        "met": met,
        "times": np.where(met == 0, rng.integers(1, 9, n).astype(float), np.nan),
        "why": rng.random((n, 2)) < 0.6,
        "more": np.full(n, "", dtype=object),
    }
    for name, sign in (("t1", 1), ("t2", 1), ("t3", -1)):
        columns[name] = np.clip(np.rint(sign * (level - 3) + 2 + rng.normal(0, 0.7, n)), 0, 4).astype(np.int64)
    days = np.full(n, "2024-03-01", dtype="datetime64[D]")
    return Responses(instrument, columns, days, rng.uniform(60, 300, n), np.zeros(n, dtype=np.int64))


@pytest.fixture
def tree():
    return questions()


@pytest.fixture(scope="session")
def small():
    return read_instrument(questions())


@pytest.fixture(scope="session")
def answers(small):
    return answer(small, 90)


@pytest.fixture(scope="session")
def make_answers(small):
    return lambda n, seed=1: answer(small, n, seed=seed)


@pytest.fixture(scope="session")
def draw_answers():
    return answer


@pytest.fixture(scope="session")
def make_two_cuts():
    """Answers to the questionnaire of two cuts, units of very different sizes, some answers missing."""
    instrument = read_instrument(two_cuts())

    def make(n: int, *, seed: int) -> Responses:
        rng, drawn = np.random.default_rng(seed), answer(instrument, n, seed=seed)
        for name, most in (("unit", 8), ("level", 3)):
            ends = rng.dirichlet(np.full(most, 0.7)).cumsum()
            drawn.answers[name] = np.minimum(np.searchsorted(ends, rng.random(n)), most - 1)
        drawn.answers["t2"][rng.random(n) < 0.1] = -1
        return drawn

    return make


@pytest.fixture(scope="session")
def case():
    """The case's plan, questionnaire 2 and its synthetic answers."""
    return open_survey(read_tree(CASE / "survey.yaml"), folder=CASE)


@pytest.fixture(scope="session")
def case_folder():
    return CASE

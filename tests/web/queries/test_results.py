from __future__ import annotations

from jinghe_web.actions.load_case import load_case
from jinghe_web.models import Account, CaseResult
from jinghe_web.queries.results import find_result, frame, list_cases


def test_the_result_loaded_last_is_found(result: CaseResult, person: Account) -> None:
    later = load_case(result.document | {"seed": 99}, user=person, observations=())

    assert find_result() == later
    assert find_result("toy") == later
    assert find_result("elsewhere") is None


def test_each_case_is_listed_once(result: CaseResult, person: Account) -> None:
    load_case(result.document | {"seed": 99}, user=person, observations=())
    load_case(result.document | {"case": "another"}, user=person, observations=())

    assert [row["case"] for row in list_cases()] == ["another", "toy"]


def test_the_frame_names_every_place(result: CaseResult) -> None:
    assert set(frame(result)["names"]) == {place["code"] for place in result.document["jurisdictions"]}

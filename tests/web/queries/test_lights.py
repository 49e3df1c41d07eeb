from __future__ import annotations

from typing import Any

import pytest

from jinghe_web.queries.lights import count_lights, light_wall


def contract(name: str, colour: str, *history: tuple[str, str], due: str | None = None) -> dict[str, Any]:
    changes = [{"on": on, "colour": shade, "reason": {}} for on, shade in history]
    return {"id": name, "colour": colour, "lead": "1", "participants": ["2"], "due": due, "history": changes}


def wall(*contracts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return light_wall({"contracts": list(contracts), "lights_on": "2022-07-02"}, **more)


def test_lights_are_counted_in_fixed_order() -> None:
    found = count_lights([contract("a", "red"), contract("b", "green"), contract("c", "red")])

    assert [(one["colour"], one["count"]) for one in found] == [("green", 1), ("yellow", 0), ("red", 2), ("grey", 0)]


def test_what_is_late_comes_first() -> None:
    shown = wall(contract("a", "grey"), contract("b", "green"), contract("c", "red"), contract("d", "yellow"))

    assert [row["id"] for row in shown["rows"]] == ["c", "d", "b", "a"]


def test_spans_follow_one_another_up_to_the_day_of_the_lights() -> None:
    row = wall(contract("a", "red", ("2022-01-01", "green"), ("2022-07-01", "red"), due="2022-06-30"))["rows"][0]

    green, red = row["spans"]
    assert green["x"] == 0
    assert green["x"] + green["width"] == pytest.approx(red["x"], abs=0.11)
    assert row["due_x"] < red["x"]


def test_a_place_sees_only_its_own_contracts() -> None:
    assert wall(contract("a", "red"), code="2")["rows"]
    assert not wall(contract("a", "red"), code="3")["rows"]


def test_a_contract_without_due_date_has_no_mark() -> None:
    assert wall(contract("a", "grey"))["rows"][0]["due_x"] is None

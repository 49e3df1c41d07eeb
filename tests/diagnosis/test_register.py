"""What the register shows."""

import pytest

from jinghe.contest import read_items
from jinghe.diagnosis.register import (
    FIELDS,
    STATES,
    find_most_active,
    is_cross_city,
    list_cities,
    list_items,
    name_mode,
)

A, B, C, PROVINCE = "990100", "990200", "990300", "990000"


def test_the_province_and_outsiders_are_no_cities(with_items):
    compact = with_items((PROVINCE, (A, "610500", A), "planning", "completed"))

    assert (A,) == list_cities(compact.items[0], compact=compact)
    assert not is_cross_city(compact.items[0], compact=compact)


@pytest.mark.parametrize(
    "lead, partners, mode",
    [(PROVINCE, (A, B), "vertical"), (A, (B,), "horizontal"), (A, (B, C), "network"), (A, ("610500",), "horizontal")],
)
def test_the_mode_follows_from_who_leads_and_how_many_act(with_items, lead, partners, mode):
    compact = with_items((lead, partners, "planning", "completed"))

    assert mode == name_mode(compact.items[0], compact=compact)


def test_the_most_active_city_is_named_with_its_share(with_items):
    compact = with_items(
        (A, (B,), "x", "completed"), (A, (C,), "x", "completed"), (B, (C,), "x", "completed"), (A, (), "x", "planned")
    )

    assert (A, 0.75) == find_most_active(compact)


def test_an_item_that_restates_another_is_left_out(with_items):
    compact = with_items((A, (B,), "x", "restated"), (A, (B,), "x", "completed"))

    assert ["i1"] == [item.id for item in list_items(compact)]


def test_without_a_register_nobody_is_most_active(with_items):
    assert ("", 0.0) == find_most_active(with_items())


def test_every_state_and_field_of_the_registers_has_its_words(root):
    files = [root / f"cases/{case}/data/joint_items.csv" for case in ("shanxi", "chuanyu", "yuqian")]
    items = [item for file in files for item in read_items(file)]

    assert set() == {item.status for item in items} - set(STATES)
    assert set() == {item.field for item in items} - set(FIELDS)

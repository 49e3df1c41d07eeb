from dataclasses import replace

import pytest

from jinghe.contest.flags import Untested, flag_hollow, probe_slices


def test_an_item_of_which_two_things_are_missing_is_asked_about(scope, make_item):
    sound, bare = make_item("sound", "A", "B", A=3), replace(make_item("bare", "C", "D"), quantity="")

    [found], untested = flag_hollow(scope(), [sound, bare])

    assert (found.code, found.jurisdiction, found.period, found.effect) == ("hollow-item", "C", "2021", 1)
    assert found.evidence.en == (
        "Item bare, “bare”, is registered as under way or done, but no contribution is registered, no quantity is "
        "registered. Please add evidence."
    )
    assert found.p is None
    assert untested == ()


def test_a_one_sided_claim_without_inputs_is_asked_about(scope, make_item):
    items = [
        replace(make_item("a", "A", "B", A=1), standing="confirmed"),
        replace(make_item("b", "A", "B"), standing="claimed"),
    ]

    [found], _ = flag_hollow(scope(), items)

    assert found.strength.en == "register: 2 of 3 signs are missing"


def test_what_the_register_never_holds_nobody_lacks(scope, make_item):
    items = [replace(make_item(name, "A", "B"), quantity="") for name in "ab"]

    flags, [untested] = flag_hollow(scope(), items)

    assert (flags, untested.n) == ((), 2)
    assert flag_hollow(scope(), [make_item("x", "A", status="planned")]) == ((), ())


def test_items_cut_just_below_a_threshold_are_found(scope, make_item):
    items = [replace(make_item(f"s{k}", "A", "B"), quantity=str(9.1 + k / 10), unit="公里") for k in range(8)]

    [found] = probe_slices(scope(), [*items, replace(items[0], id="z", quantity="about ten")], {"公里": 10.0})

    assert (found.n, found.effect, found.p) == (8, 0.5, pytest.approx(0.5**8))
    assert found.evidence.en.startswith(
        "City A, City B: of 8 items within a tenth of the threshold of 10 公里, 8 stand just below"
    )


def test_few_items_near_the_threshold_are_counted(scope, make_item):
    [found] = probe_slices(scope(), [replace(make_item("s", "A", "B"), quantity="9.5", unit="公里")], {"公里": 10.0})

    assert (type(found), found.n) == (Untested, 1)
    assert list(probe_slices(scope(), [make_item("s", "A", "B")], {})) == []

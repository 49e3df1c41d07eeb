from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import RuleError
from jinghe.labels import Text
from jinghe.standards import Item, find_duplicates, find_lag, measure_catalogue, measure_pair


def test_figures_of_both_catalogues_to_the_printed_digits(printed):
    sichuan, chongqing = map(measure_catalogue, printed)

    assert ("3.143", "1.833") == (f"{sichuan.load:.3f}", f"{chongqing.load:.3f}")
    assert (".857", ".833") == (f"{sichuan.coverage:.3f}"[1:], f"{chongqing.coverage:.3f}"[1:])
    assert (".2987", ".1667") == (f"{sichuan.imbalance:.4f}"[1:], f"{chongqing.imbalance:.4f}"[1:])
    assert [1, 1, 2, 1, 2, 0, 4] == [count for _, count in sichuan.supply]
    assert [1, 0, 1, 1, 1, 1] == [count for _, count in chongqing.supply]


def test_figures_of_the_pair_to_the_printed_digits(printed, crosswalk):
    found = measure_pair(*printed, crosswalk)

    assert (".364", ".182") == tuple(f"{share:.3f}"[1:] for share in found.unmatched)
    assert (".100", ".320") == (f"{found.strict:.3f}"[1:], f"{found.loose:.3f}"[1:])
    assert 0.125 == found.conflict
    assert (3, 5, 0, 0, 2) == (found.exact, found.close, found.blocked, found.unjudged, found.merged)
    assert "须有需求与使用数据" in found.caution.zh


def test_the_figures_of_a_pair_are_the_same_the_other_way_round(printed, crosswalk):
    from jinghe.standards import invert

    one, two = measure_pair(*printed, crosswalk), measure_pair(*reversed(printed), invert(crosswalk))

    names = ("exact", "close", "strict", "loose", "conflict")
    assert [getattr(one, name) for name in names] == [getattr(two, name) for name in names]
    assert one.unmatched == two.unmatched[::-1]


def test_what_data_do_not_tell_is_none_and_said(printed):
    found = measure_catalogue(printed[0])

    assert (None, None, None) == (found.little_used, found.depth, found.lag)
    assert 4 == len(found.missing)


def test_need_usage_and_tasks_enter_the_figures(catalogue):
    made = catalogue("a", {"1": "f", "2": "f", "3": "g", "4": ""}, ["f", "g"], f=1, g=3)

    found = measure_catalogue(made, usage={"1": 1, "2": 10, "3": 20, "4": 30}, tasks={"t": ["1", "2", "2"], "u": ["3"]})

    assert 2 / 3 - 1 / 4 == pytest.approx(found.imbalance, abs=1e-12)
    assert (0.25, 1.5) == (found.little_used, found.depth)


def test_usage_of_an_unknown_standard_is_refused(printed):
    with pytest.raises(RuleError, match="no standard “SC-Z9”"):
        measure_catalogue(printed[0], usage={"SC-Z9": 1})


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.lists(st.floats(0.1, 9), min_size=6, max_size=6))
def test_imbalance_lies_between_0_and_1_and_vanishes_when_supply_follows_need(counts, needs):
    from jinghe.standards import Catalogue, Heading

    items = [Item(f"{f}-{k}", Text(f"{f}{k}", ""), "", (str(f),)) for f, n in enumerate(counts) for k in range(n)]

    def imbalance(need):
        headings = [Heading("function", str(f), Text("f", "f"), "", n) for f, n in enumerate(need)]
        return measure_catalogue(Catalogue("a", Text("a", "a"), tuple(items), tuple(headings))).imbalance

    if not items:
        assert None is imbalance(needs[: len(counts)])
        return
    assert -1e-12 <= imbalance(needs[: len(counts)]) <= 1
    if all(counts):
        assert pytest.approx(0, abs=1e-12) == imbalance(counts)


def test_an_empty_catalogue_has_no_figures(catalogue, walk):
    nothing = catalogue("a", {}, [])

    found = measure_catalogue(nothing)

    assert (None, None, None, None) == (found.load, found.coverage, found.imbalance, found.duplicates)
    assert (None, None) == measure_pair(nothing, catalogue("b", {}, []), walk(("a:1", "exact", "b:1"))).unmatched


def test_duplicates_have_like_titles_or_the_same_clauses(catalogue):
    made = catalogue("a", {"1": "f", "2": "f", "3": "f"}, ["f"])
    titles = ("公务用车标准", "公务用车规范", "节能标准")
    items = [replace(item, title=Text(title, "")) for item, title in zip(made.items, titles, strict=True)]
    with_clauses = [replace(item, clauses=("4.1",)) if item.code != "1" else item for item in items]

    def codes(found):
        return [(a.code, b.code) for a, b in find_duplicates(replace(made, items=tuple(found)))]

    assert [("1", "2")] == codes(items)
    assert [("1", "2"), ("2", "3")] == codes(with_clauses)


def spells(*days):
    """Needs of 2020-01-01, met after so many days; None is unmet."""
    begin = date(2020, 1, 1)
    return [
        Item(
            str(k), Text("甲", "A"), needed_on=begin, in_force_on=date.fromordinal(begin.toordinal() + d) if d else None
        )
        for k, d in enumerate(days)
    ]


def test_the_median_lag_counts_unmet_needs_as_waiting():
    on = date(2020, 4, 10)  # day 100

    assert 20.0 == find_lag(spells(10, 20, 30), on=on)
    assert 30.0 == find_lag(spells(10, 20, 30, None, None), on=on)
    assert None is find_lag(spells(10, None, None), on=on)
    assert None is find_lag([], on=on)


def test_the_lag_equals_kaplan_meier_with_staggered_needs():
    items = [replace(item, needed_on=date(2020, 1, 1 + 5 * k)) for k, item in enumerate(spells(30, None, 60, 90))]

    found = find_lag(items, on=date(2020, 2, 20))  # 30 met; 45, 40, 35 days waiting

    assert None is found
    assert 50.0 == find_lag(items, on=date(2020, 6, 1))  # S: 3/4 at 30, 2/4 at 50

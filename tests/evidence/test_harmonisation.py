"""Two catalogues of standards, side by side."""

from dataclasses import replace

import pytest

from jinghe.errors import RuleError
from jinghe.evidence.harmonisation import find_harmonisation, need_catalogues, show_harmonisation


def test_the_two_real_catalogues_have_their_known_figures(chuanyu):
    found = find_harmonisation(chuanyu)

    assert (22, 11) == tuple(len(one.items) for one in found.catalogues)
    assert (3, 5) == (found.metrics.exact, found.metrics.close)
    assert ("0.100", "0.320") == (f"{found.metrics.strict:.3f}", f"{found.metrics.loose:.3f}")


def test_the_section_says_who_reviewed_and_puts_basic_fields_first(chuanyu):
    section = show_harmonisation(find_harmonisation(chuanyu))

    tables = {table.id: table for table in section.tables}
    tiers = [row[0].en for row in tables["plan"].rows]
    assert "reviewed by" in section.notes[0].en
    assert tiers == sorted(tiers, key=["basic field", "key field", "other field", "no tier"].index)
    assert ("评价与改进标准", "等同", "评价与改进") == tuple(cell.zh for cell in tables["crosswalk"].rows[0][:3])


def test_the_plan_says_who_takes_a_standard_over_from_whom(chuanyu):
    tables = {table.id: table for table in show_harmonisation(find_harmonisation(chuanyu)).tables}

    taken = [row[2].en for row in tables["plan"].rows if "Take over" in row[1].en]
    way = "(Chongqing office affairs bureau → Sichuan office affairs bureau)"
    assert f"Service to representative offices in Chongqing {way}" in taken
    assert not any("、" in row[2].en for row in tables["plan"].rows)
    assert "joint" in tables


def test_a_case_without_catalogues_has_nothing_to_compare(toy):
    assert find_harmonisation(toy) is None
    with pytest.raises(RuleError, match="lists 0 catalogues"):
        need_catalogues(toy)


def test_one_catalogue_alone_is_refused_in_words(chuanyu):
    alone = replace(chuanyu, standards=chuanyu.standards | {"catalogues": chuanyu.standards["catalogues"][:1]})

    assert find_harmonisation(alone) is None
    with pytest.raises(RuleError, match="lists 1 catalogues"):
        need_catalogues(alone)

from __future__ import annotations

from jinghe.compact.build import build, complete
from jinghe.compact.case import read_case


def test_a_sound_case_is_completed(folder, toy):
    draft = build(read_case(folder))

    assert draft.problems == ()
    assert complete(draft) == toy


def test_a_faulty_border_does_not_hide_the_region(folder):
    with (folder / "data" / "adjacency.csv").open("a", encoding="utf-8") as file:
        file.write("990100,990900,toy\n")

    draft = build(read_case(folder))

    assert [p.code for p in draft.problems] == ["jurisdiction-unknown"]
    assert draft.region.contestants() == ("990100", "990200", "990300")
    assert draft.region.groups
    assert draft.has_groups


def test_a_faulty_group_leaves_the_jurisdictions(folder):
    with (folder / "data" / "groups.csv").open("a", encoding="utf-8") as file:
        file.write("all_cities,三市,Three cities,pool,990900,1,,,toy,\n")

    draft = build(read_case(folder))

    assert len(draft.region.jurisdictions) == 4
    assert not draft.has_groups


def test_a_contract_with_a_fault_is_left_out_and_the_others_are_read(folder, write):
    write("compact.yaml", "    due: 2022-06-30\n", "    due: soon\n")

    draft = build(read_case(folder))

    assert [contract.id for contract in draft.contracts] == ["together", "bus", "services", "zone"]


def test_without_known_dates_nothing_is_in_force(folder, write):
    write("compact.yaml", "from: 2021-01-01, to: 2023-01-01}", "from: 2021-01-01}")

    assert build(read_case(folder)).in_force is None


def test_sources_that_cannot_be_read_are_still_listed(folder, write):
    write("sources.yaml", "kind: synthetic", "kind: invented")

    draft = build(read_case(folder))

    assert draft.source_ids == ("toy",)
    assert "toy" not in draft.sources

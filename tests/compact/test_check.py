from __future__ import annotations

import pytest

from jinghe.compact.build import build
from jinghe.compact.case import Table, read_case
from jinghe.compact.check import can_stand, check_draft, check_period, check_table
from jinghe.units import Period


def faults(folder) -> list[tuple[str, str, int | None]]:
    found = check_draft(build(read_case(folder)))
    return [(p.code, p.place.path, p.place.line) for p in found if p.level == "error"]


@pytest.mark.parametrize("period", ["2021", "2022", "2021-01..2022-12", "2022-12-31"])
def test_a_period_inside_the_compact_is_fine(toy, period):
    assert check_period(toy, Period.of(period)) == []


@pytest.mark.parametrize("period", ["2020", "2023", "2020-12-31", "2022-07..2023-01"])
def test_a_period_that_leaves_the_compact_is_told(toy, period):
    assert [(p.code, p.place.path) for p in check_period(toy, Period.of(period))] == [("period-outside", "in_force")]


@pytest.mark.parametrize(
    "path, is_fine",
    [
        ("contracts[road].due", True),
        ("contracts[together].due", True),  # not written, but it may be
        ("contest.weights.growth", True),
        ("contest.weights.joint_items", False),  # any node may have a weight, but this one has none
        ("contest.weights.growth@2021-01-01", False),
        ("agreements[toy-park].parameters.term_years", True),
        ("agreements[toy-park].calendar.payment_due_days", True),
        ("contracts[bridge].due", False),
        ("platform.fund", False),
        ("", False),
    ],
)
def test_a_path_can_stand_where_the_dictionary_has_a_field(toy, path, is_fine):
    assert can_stand(toy.tree, path) is is_fine


def test_a_partner_from_another_province_may_stand_outside_the_region(toy):
    def check(code: str) -> list[str]:
        table = Table(
            "data.joint_items", "data/joint_items.csv", ((2, {"source": "toy", "lead": "990100", "partners": code}),)
        )
        return [p.code for p in check_table(table, sources=["toy"], region=toy.region, principal="990000")]

    assert check("990200;410100") == []
    assert check("990200;990400") == ["jurisdiction-unknown"]
    assert check("990200;somewhere") == ["jurisdiction-unknown"]


def test_an_unknown_code_is_told_once_at_its_first_line(toy):
    rows = tuple((line, {"source": "toy", "jurisdiction": "140100"}) for line in (7, 8, 9))

    found = list(
        check_table(Table("data.observations", "o.csv", rows), sources=["toy"], region=toy.region, principal="")
    )

    assert [(p.code, p.place.line) for p in found] == [("jurisdiction-unknown", 7)]


def test_the_principal_must_be_in_the_region(write):
    assert [fault[:2] for fault in faults(write("compact.yaml", 'principal: "990000"', 'principal: "980000"'))] == [
        ("jurisdiction-unknown", "principal")
    ]


def test_a_choice_cites_a_listed_source(write):
    folder = write(
        "agreements/toy-park.yaml",
        'values: [{from: 2021-01-01, value: "1/2", source: toy-agreement}]',
        'open: true, choices: [{value: "1/2", zh: 对半, en: half, source: gone}]',
    )

    assert ("source-unknown", "parameters.origin_share.choices[0].source", 13) in faults(folder)


def test_without_a_list_of_sources_none_is_missed(folder):
    (folder / "sources.yaml").unlink()

    assert faults(folder) == []
    assert [p.code for p in build(read_case(folder)).problems] == ["file-missing"]


def test_two_steps_with_one_id_are_told_with_both_lines(write):
    found = faults(
        write(
            "compact.yaml",
            "      - {id: half,",
            "      - {id: half, label: x, due: 2021-06-30, count: 1}\n      - {id: half,",
        )
    )

    assert found == [("id-duplicate", "contracts[road].milestones[1]", 35)]

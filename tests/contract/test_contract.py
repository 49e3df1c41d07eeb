from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.contract import FORMS, Contract, Duty, Milestone, check_contract, read_contract
from jinghe.errors import CompactError
from jinghe.labels import Text
from jinghe.region import Jurisdiction, Region

TREE: dict[str, Any] = {
    "id": "road",
    "form": "special",
    "title": {"zh": "甲乙四条断头路", "en": "Four dead-end roads A–B"},
    "field": "infrastructure",
    "lead": "990100",
    "participants": ["990200"],
    "deliverable": {"count": 4, "unit": {"zh": "条道路", "en": "roads"}},
    "begin": date(2021, 1, 1),
    "due": "2022-06-30",
    "milestones": [
        {"id": "half", "label": {"zh": "打通两条", "en": "two open"}, "due": date(2021, 12, 31), "count": 2}
    ],
    "duties": [{"of": "990200", "text": "修到市界"}],
    "control": {"zh": "逐条公布", "en": "Printed road by road"},
    "source": "toy",
}
ROAD = Contract(
    id="road",
    form="special",
    title=Text("甲乙四条断头路", "Four dead-end roads A–B"),
    field="infrastructure",
    lead="990100",
    participants=("990200",),
    principal="990000",
    due=date(2022, 6, 30),
    count=4,
    unit=Text("条道路", "roads"),
    milestones=(Milestone("half", Text("打通两条", "two open"), date(2021, 12, 31), 2),),
    control=Text("逐条公布", "Printed road by road"),
    source="toy",
    begin=date(2021, 1, 1),
    duties=(Duty("990200", Text("修到市界", "修到市界")),),
)
REGION = Region(tuple(Jurisdiction(c, Text(c, c), "prefecture") for c in ("990000", "990100", "990200", "990300")))


def codes(contract: Contract) -> list[str]:
    return [f"{p.place.path} {p.code}" for p in check_contract(contract, region=REGION)]


def test_contract_is_read_with_all_its_parts() -> None:
    assert read_contract(TREE, principal="990000") == ROAD


def test_the_least_contract_has_a_form_a_title_and_a_lead() -> None:
    tree = {"id": "x", "form": "packaged", "title": "总任务", "lead": 990100}

    contract = read_contract(tree, principal="990000")

    assert (contract.lead, contract.participants, contract.due, contract.is_implicit) == ("990100", (), None, True)


def test_all_faults_of_reading_come_together() -> None:
    tree = {
        "id": "x",
        "title": {},
        "due": "soon",
        "deliverable": {"unit": "roads"},
        "milestones": [{"id": "m", "label": "l", "due": "2021-01-01", "count": 1.5}, "half"],
        "duties": [{"of": "990100"}],
    }

    with pytest.raises(CompactError) as caught:
        read_contract(tree, principal="990000")

    assert [f"{p.place} {p.code}" for p in caught.value.problems] == [
        "contracts[x].form contract-incomplete",
        "contracts[x].lead contract-incomplete",
        "contracts[x].title text-empty",
        "contracts[x].due date-unreadable",
        "contracts[x].deliverable.count contract-incomplete",
        "contracts[x].milestones[0].count count-unreadable",
        "contracts[x].milestones[1].id contract-incomplete",
        "contracts[x].milestones[1].label contract-incomplete",
        "contracts[x].milestones[1].due contract-incomplete",
        "contracts[x].milestones[1].count contract-incomplete",
        "contracts[x].duties[0].text contract-incomplete",
    ]


def test_targets_are_the_milestones_and_the_deliverable_in_order() -> None:
    assert [(m.id, m.count) for m in ROAD.targets] == [("half", 2), ("due", 4)]
    assert replace(ROAD, due=None).targets == ROAD.milestones
    assert replace(ROAD, due=date(2021, 12, 31), count=2).targets == ROAD.milestones


def test_an_even_pace_runs_from_the_beginning_through_every_target() -> None:
    assert ROAD.planned(date(2020, 12, 31)) == 0
    assert ROAD.planned(date(2021, 7, 1)) == 0  # 181 of 364 days
    assert ROAD.planned(date(2021, 7, 2)) == 1  # 182 of 364 days
    assert ROAD.planned(date(2021, 12, 31)) == 2
    assert ROAD.planned(date(2022, 4, 1)) == 3  # 91 of 181 days
    assert ROAD.planned(date(2022, 6, 30)) == 4
    assert ROAD.planned(date(2030, 1, 1)) == 4


def test_without_a_beginning_nothing_is_planned_before_the_first_target() -> None:
    assert replace(ROAD, begin=None).planned(date(2021, 12, 30)) == 0


@given(st.dates(date(2020, 1, 1), date(2024, 1, 1)), st.integers(0, 400))
def test_the_pace_never_falls(day: date, days: int) -> None:
    later = date.fromordinal(day.toordinal() + days)

    assert ROAD.planned(day) <= ROAD.planned(later) <= 4


def test_a_sound_contract_has_no_faults() -> None:
    assert codes(ROAD) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"form": "gift"}, [".form choice-unknown"]),
        ({"lead": "880000"}, [".lead jurisdiction-unknown"]),
        ({"participants": ("990200", "880000")}, [".participants jurisdiction-unknown"]),
        ({"participants": ("990200", "990100")}, [".participants contract-party-repeated"]),
        ({"participants": ("990200", "990200")}, [".participants contract-party-repeated"]),
        ({"participants": ("990300",)}, [".duties contract-duty-homeless"]),
        ({"begin": date(2022, 1, 1)}, [".milestones[half].due contract-due-outside"]),
        ({"begin": date(2023, 1, 1)}, [".milestones[half].due contract-due-outside", ".due contract-due-outside"]),
        ({"due": date(2021, 1, 2)}, [".milestones[half].due contract-due-outside"]),
        ({"count": 1}, [".milestones contract-milestone-beyond"]),
        ({"count": None}, [".deliverable contract-deliverable"]),
        ({"form": "authority"}, [".power contract-power"]),
        ({"form": "authority", "power": Text("规划审批", "planning approval")}, []),
        ({"count": None, "milestones": ()}, [" contract-implicit", " contract-special-open"]),
        ({"due": None, "milestones": (), "begin": None}, [" contract-special-open"]),
    ],
)
def test_what_contradicts_itself_or_the_region_is_listed(change: dict[str, Any], expected: list[str]) -> None:
    found = codes(replace(ROAD, **change))

    assert found == [f"contracts[road]{one}" for one in expected]


def test_milestones_rise_in_day_and_count() -> None:
    first = ROAD.milestones[0]
    early = replace(first, id="early", due=date(2021, 6, 1), count=3)
    same = replace(first, id="same", due=date(2022, 1, 31))

    assert codes(replace(ROAD, milestones=(first, early))) == [
        "contracts[road].milestones[early] contract-milestones-order"
    ]
    assert codes(replace(ROAD, milestones=(first, same))) == [
        "contracts[road].milestones[same] contract-milestones-order"
    ]


def test_notes_do_not_block() -> None:
    levels = {p.level for p in check_contract(replace(ROAD, count=None, milestones=()), region=REGION)}

    assert levels == {"note"}


def test_an_authority_contract_without_powers_says_so() -> None:
    fault = check_contract(replace(ROAD, form="authority"), region=REGION)[0]

    assert fault.text("zh") == (
        "contracts[road].power：权限特殊性契约没有写明下放的权限。这类契约以下放的权限为内容。请补上 power。"
    )


def test_there_are_three_forms() -> None:
    assert [form.zh for form in FORMS.values()] == ["打包式", "专项式", "权限特殊性"]

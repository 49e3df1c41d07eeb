"""The timeline and the register."""

from dataclasses import replace

from jinghe.compact import load_compact
from jinghe.diagnosis.timeline import draw_timeline
from jinghe.units import Period


def dated(compact, *items):
    made = (
        replace(compact.items[0], id=f"i{n}", on=on and Period.of(on), field=field, status=status, date_kind=kind)
        for n, (on, field, status, kind) in enumerate(items)
    )
    return replace(compact, items=tuple(made))


def years(compact):
    return {row[0].en: row[1:] for row in draw_timeline(compact).tables[0].rows}


def test_a_year_of_plans_is_one_of_design_and_empty_years_stand_between(compact):
    changed = dated(
        compact,
        ("2021-03", "planning", "in_force", "event"),
        ("2023", "infrastructure", "completed", "year"),
        ("2023-05-01", "infrastructure", "planned", "event"),
        ("2030", "infrastructure", "planned", "target_year"),
        (None, "ecology", "planned", "unknown"),
    )

    found = years(changed)
    assert {"2021": ("design", 1, 0, 1), "2022": ("—", 0, 0, 0), "2023": ("response", 0, 2, 1)} == {
        year: (row[0].en, *row[1:4]) for year, row in found.items()
    }
    assert draw_timeline(changed).tables[0].method.en.endswith("Without a date: 2.")


def test_years_before_the_compact_are_one_row_without_a_phase(compact):
    changed = dated(
        compact,
        ("1999", "public_service", "in_force", "year"),
        ("2017", "planning", "in_force", "year"),
        ("2021", "planning", "in_force", "year"),
    )

    found = years(changed)
    assert ["until 2020", "2021"] == list(found)
    assert ("—", 1, 1, 2) == (found["until 2020"][0].en, *found["until 2020"][1:4])


def test_the_phases_in_print_stand_beside_the_derived_ones():
    shanxi = load_compact("shanxi")

    table = draw_timeline(shanxi).tables[0]
    printed = {row[0].en: row[1].zh for row in table.rows}
    assert "阶段（文献）" == table.columns[1].label.zh
    assert "战略规划与省级顶层“发包”；地方响应、竞争博弈与隐性协调" == printed["2021"]
    assert "机制深化与激励结构显性化调整" == printed["2025"]
    assert "潘姝心" in table.notes[0].zh


def test_every_registered_item_can_be_opened_with_its_source():
    chuanyu = load_compact("chuanyu")

    table = draw_timeline(chuanyu).tables[1]
    rows = {row[0]: row for row in table.rows}
    assert ("items", len(chuanyu.items)) == (table.id, len(rows))
    assert ("潼南区、遂宁市", "在实施") == (rows["CY028"][4].zh, rows["CY028"][5].zh)
    assert "遂潼跨省公交开通" in rows["CY028"][-1].zh
    assert "—" == rows["CY001"][1]


def test_without_dated_items_there_are_no_years_and_without_items_no_section(compact):
    undated = dated(compact, (None, "planning", "in_force", "unknown"))

    assert ["items"] == [table.id for table in draw_timeline(undated).tables]
    assert draw_timeline(replace(compact, items=())) is None

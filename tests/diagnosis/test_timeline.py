"""The timeline."""

from dataclasses import replace

from jinghe.diagnosis.timeline import draw_timeline
from jinghe.units import Period


def dated(compact, *items):
    made = (
        replace(compact.items[0], id=f"i{n}", on=on and Period.of(on), field=field, status=status, date_kind=kind)
        for n, (on, field, status, kind) in enumerate(items)
    )
    return replace(compact, items=tuple(made))


def test_a_year_of_plans_is_one_of_design_and_empty_years_stand_between(compact):
    changed = dated(
        compact,
        ("2020-03", "planning", "in_force", "event"),
        ("2022", "infrastructure", "completed", "year"),
        ("2022-05-01", "infrastructure", "planned", "event"),
        ("2030", "infrastructure", "planned", "target_year"),
        (None, "ecology", "planned", "unknown"),
    )

    (table,) = draw_timeline(changed).tables
    assert [("2020", "design", 1, 0, 1), ("2021", "—", 0, 0, 0), ("2022", "response", 0, 2, 1)] == [
        (row[0], row[1].en, *row[2:5]) for row in table.rows
    ]
    assert table.method.en.endswith("Without a date: 2.")


def test_without_dated_items_there_is_no_timeline(compact):
    assert draw_timeline(replace(compact, items=())) is None

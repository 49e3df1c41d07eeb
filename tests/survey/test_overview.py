"""All tables of a report, attacked together."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.survey import (
    Between,
    Frame,
    Plan,
    Within,
    find_asked,
    make_comparisons,
    make_tables,
    read_instrument,
    take_scores,
)
from jinghe.survey.overview import _weigh
from jinghe.survey.plan import all_cuts
from jinghe.survey.responses import group_respondents

TITLE = Text("题", "Title")
PLAN = Plan(
    cuts=(("unit",),),
    between=(Between(TITLE, ("t1", "trust_score"), "unit"),),
    within=(Within(TITLE, ("t1", "t2", "t3")),),
)


def test_all_tables_of_a_plan_are_made_verified_and_json(answers):
    tables = make_tables(answers, plan=PLAN)
    kinds = {table.id.split(".")[0] for table in tables}
    answered = {"sample", "battery", "means", "item", "multiple", "choices"}
    analysed = {"scale", "omnibus", "compare", "within", "posthoc"}

    assert kinds == answered | analysed | {"quality"}
    assert len({table.id for table in tables}) == len(tables)
    assert json.dumps([table.as_dict() for table in tables], allow_nan=False)
    assert all(table.methods.zh.startswith("方法：") and table.methods.en.startswith("Method:") for table in tables)


def test_every_table_of_the_case_says_it_is_synthetic(case):
    tables = make_tables(case.responses, plan=case.plan)

    assert len(tables) == 24
    assert all("合成数据" in table.methods.zh for table in tables)


def test_no_table_shows_a_group_below_the_threshold(make_answers):
    answers = make_answers(60)
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [40, 18, 2])
    tables = make_tables(answers, plan=Plan(cuts=(("unit",),)))

    for table in tables:
        for row in (row for row in table.rows if {"乙局", "丙局"} & {getattr(cell, "zh", "") for cell in row.cells}):
            assert row.hidden


def test_text_answers_are_never_printed(make_answers):
    answers = make_answers(30)
    answers.answers["more"][:] = "可识别的内容"

    assert "可识别的内容" not in json.dumps([t.as_dict() for t in make_tables(answers)], ensure_ascii=False)


def test_too_few_answers_and_a_plan_that_does_not_fit_are_refused_together(make_answers):
    with pytest.raises(DataError) as found:
        make_tables(make_answers(6), plan=Plan(cuts=(("t1",),)))

    assert [item.code for item in found.value.problems] == ["survey-item-unknown", "survey-too-few"]


def test_comparisons_alone_are_made_and_all_cuts_count(answers):
    tables = make_comparisons(answers, plan=PLAN)

    assert [table.id.split(".")[0] for table in tables] == ["omnibus", "compare", "within", "posthoc"]
    assert all_cuts(Plan(between=PLAN.between)) == (("unit",),)


def test_weights_are_used_and_named(answers):
    tables = make_tables(answers, plan=replace(PLAN, frame=Frame({"unit": {"a": 80, "b": 40, "c": 40}}, "名册")))
    battery = next(table for table in tables if table.id.startswith("battery"))

    assert "名册" in battery.methods.zh
    assert "设计效应" in battery.methods.zh


CUTS = (("level",), ("unit",), ("unit", "level"))
STAFF = {"level": {f"l{k}": 400 for k in range(3)}, "unit": {f"u{k}": 150 for k in range(8)}}


def attack_report(answers, plan):
    """List the hidden groups, of counts and of t1, t2, t3 and their score, that follow from all printed tables.

    Every printed figure is a sum over people; a hidden group that is a combination of printed ones is recovered.
    """
    weights = _weigh(answers, plan)
    each = np.ones(answers.n) if weights is None else weights.values
    groups = {cut: group_respondents(answers, cut) for cut in all_cuts(plan)}
    members = {
        (cut, label.zh): grouping.labels == at
        for cut, grouping in groups.items()
        for at, label in enumerate(grouping.names)
    }
    names = ["t1", "t2", "t3", "trust_score"]
    base = {answers.instrument.label(name).zh: ~np.isnan(take_scores(answers, name)) for name in names}
    printed = {"": [np.ones(answers.n)], **{label: [rows * 1.0, rows * each] for label, rows in base.items()}}
    hidden = {label: [] for label in printed}
    for table in make_tables(answers, plan=plan):
        kind, _, rest = table.id.partition(".")
        cut = next((cut for cut in sorted(groups, key=len, reverse=True) if rest.endswith(".".join(cut))), ())
        label = ""
        for cells, row in zip(table.lines("zh"), table.rows, strict=True):
            label = cells[0] or label
            if kind == "sample" and cells[0] != "合计":
                (hidden if row.hidden else printed)[""].append(members[cut, cells[0]] * 1.0)
            if kind == "means" and label in base and cells[1] != "合计":
                rows = base[label] & members[cut, cells[1]]
                if row.hidden:
                    hidden[label] += [rows * 1.0, rows * each]
                else:
                    printed[label].append(rows * each)
            if kind == "compare":
                printed[label].append((base[label] & members[("unit",), cells[1]]) * 1.0)
            if table.id == "quality.items" and not row.hidden:
                item = next(i for i in answers.instrument.questions() if answers.instrument.label(i.id).zh == cells[0])
                printed[""].append(find_asked(answers, item) * 1.0)
    return [rows for label, kept in hidden.items() for rows in kept if rows.any() and is_spanned(printed[label], rows)]


def is_spanned(printed, rows):
    matrix = np.array([one / np.linalg.norm(one) for one in printed if one.any()]).T
    return np.linalg.norm(matrix @ np.linalg.lstsq(matrix, rows, rcond=1e-9)[0] - rows) < 1e-4


def draw_report(make_two_cuts, seed, margins):
    answers = make_two_cuts(60 + 20 * (seed % 9), seed=seed)
    frame = Frame({name: STAFF[name] for name in margins}, assumed=True) if margins else None
    return answers, Plan(cuts=CUTS, between=(Between(TITLE, ("t1", "trust_score"), "unit"),), frame=frame)


def check_reports(make_two_cuts, seeds, margins):
    made = 0
    for seed in seeds:
        answers, plan = draw_report(make_two_cuts, seed, margins)
        with suppress(DataError):  # no two units can be shown, or an option has no answer
            assert attack_report(answers, plan) == []
            made += 1
    assert made >= len(seeds) / 4


MARGINS = [(), ("level",), ("unit",), ("unit", "level")]


@pytest.mark.parametrize("margins", MARGINS[1:3])
def test_nothing_hidden_follows_from_a_whole_report(make_two_cuts, margins):
    check_reports(make_two_cuts, (13,), margins)


@pytest.mark.slow
@pytest.mark.parametrize("margins", MARGINS)
def test_nothing_hidden_follows_from_many_whole_reports(make_two_cuts, margins):
    check_reports(make_two_cuts, range(40), margins)


def test_tables_of_one_report_never_decide_differently(make_two_cuts):
    """A comparison showed groups that the table of means hid as company."""
    for seed in (8,):
        answers, plan = draw_report(make_two_cuts, seed, ())
        tables = {table.id: table for table in make_tables(answers, plan=plan)}
        rows = tables["means.t1.unit"].rows
        hidden = {row.cells[1].zh for row in rows[: len(rows) // 3] if row.hidden}
        compared = {
            row.cells[1].zh for table in tables.values() if table.id.startswith("compare") for row in table.rows
        }

        assert not hidden & compared


def test_a_question_put_to_two_people_has_no_results(tree, draw_answers):
    tree["items"][3]["relevant"] = "${unit} = 'c'"
    answers = draw_answers(read_instrument(tree), 60)
    answers.answers["unit"][:] = np.repeat([0, 1, 2], [40, 18, 2])
    answers.answers["t1"][:58] = -1

    tables = {table.id: table for table in make_tables(answers, plan=Plan(cuts=(("unit",),)))}

    assert [row.cells[0].zh for row in tables["battery.trust"].rows] == ["二", "三"]
    assert [line[0] for line in tables["unshown"].lines("zh")] == ["一"]
    assert "scale.t1.t2.t3" not in tables
    assert tables["quality.items"].rows[3].hidden


def test_a_comparison_of_what_few_answered_is_refused_at_its_place(make_answers):
    answers = make_answers(60)
    answers.answers["t2"][9:] = -1

    with pytest.raises(DataError) as found:
        make_tables(answers, plan=PLAN)

    places = [(item.code, item.place.path) for item in found.value.problems]
    assert places == [("survey-item-closed", path) for path in ("compare[0].outcomes", "within[0].items")]


def test_staff_counts_that_do_not_fit_stop_the_report(answers):
    for margins, code in (
        ({"a": 80, "b": 40}, "survey-frame-option"),
        ({"a": 80, "b": 40, "c": 20}, "survey-turnout"),
    ):
        with pytest.raises(DataError) as found:
            make_tables(answers, plan=replace(PLAN, frame=Frame({"unit": margins})))

        assert [item.code for item in found.value.problems] == [code]


def test_units_too_small_to_show_or_without_answers_weigh_together(make_two_cuts):
    answers = make_two_cuts(200, seed=2)
    answers.answers["unit"] = np.repeat([0, 1, 2, 3], [120, 60, 17, 3])

    weights = _weigh(answers, Plan(cuts=CUTS, frame=Frame({"unit": STAFF["unit"]})))

    assert np.ptp(weights.values[180:]) == 0
    assert weights.values[0] != weights.values[150] != weights.values[190]


def test_ids_are_never_given_twice(make_answers):
    twice = (Between(TITLE, ("t1",), "unit"), Between(TITLE, ("t1",), "unit", adjustment="none"))
    tables = make_tables(make_answers(90), plan=Plan(between=twice))

    assert len({table.id for table in tables}) == len(tables)
    assert sum(table.id.startswith("compare.t1.welch") for table in tables) == 2


def test_numbers_without_any_cut_are_tabulated(answers):
    tables = {table.id: table for table in make_tables(answers)}

    assert [row.cells[0].zh for row in tables["scores"].rows] == ["几次", "互信分"]

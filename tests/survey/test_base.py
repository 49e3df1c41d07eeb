"""One base for what is added up or compared, so that no single answer follows from two tables."""

from __future__ import annotations

import numpy as np
import pytest

from jinghe.labels import Text
from jinghe.survey import Plan, Within, make_tables, take_scores
from jinghe.survey.base import share_bases
from jinghe.survey.overview import _prepare
from jinghe.survey.responses import group_respondents

ITEMS = ("t1", "t2", "t3")
SETS = (ITEMS,)
UNIT = (("unit",),)
CUTS = (("level",), ("unit",), ("unit", "level"))
WITHIN = (Within(Text("题", "Title"), ITEMS),)


def attack_answers(answers, plan):
    """List the (person, item) whose answer follows from all printed means of items and their score.

    A printed mean with its n is a sum of answers; an answer that is a combination of these is recovered.
    """
    shown = _prepare(answers, plan).responses
    base = {name: ~np.isnan(take_scores(shown, name)) for name in (*ITEMS, "trust_score")}
    whole = np.logical_and.reduce([base[name] for name in ITEMS])
    labels = {answers.instrument.label(name).zh: name for name in base}
    printed = [place(ITEMS.index(name), base[name]) for name in ITEMS]
    for table in make_tables(answers, plan=plan):
        kind, _, rest = table.id.partition(".")
        if kind in {"scale", "within"}:
            printed += [place(at, whole) for at in range(3)]
        if kind != "means" or not rest.startswith(("t1.", "trust_score.")):
            continue
        cut = tuple(rest.split(".")[1:])
        grouping, name = group_respondents(answers, cut), ""
        groups = {label.zh: grouping.labels == at for at, label in enumerate(grouping.names)}
        for cells, row in zip(table.lines("zh"), table.rows, strict=True):
            name = labels.get(cells[0], name)
            rows = base[name] & groups.get(cells[1], np.ones(answers.n, dtype=bool))
            if not row.hidden and rows.any():
                printed.append(add_up(rows) if name == "trust_score" else place(ITEMS.index(name), rows))
    matrix = np.array([one / np.linalg.norm(one) for one in printed]).T
    targets = np.eye(len(matrix))[:, np.concatenate([base[name] for name in ITEMS])]
    left = targets - matrix @ np.linalg.lstsq(matrix, targets, rcond=1e-9)[0]
    return np.flatnonzero((left**2).sum(0) < 1e-6).tolist()


def place(at, rows):
    return np.concatenate([rows * (at == other) * 1.0 for other in range(3)])


def add_up(rows):
    return np.concatenate([rows * 1.0, rows * 1.0, rows * -1.0])  # t3 is reversed


def test_one_who_left_one_item_blank_could_be_read_off_two_tables(make_answers):
    """90 answered the first item, 89 all three: the two means told what the 90th had answered."""
    answers = make_answers(90)
    answers.answers["t3"][4] = -1
    plan = Plan(cuts=UNIT, within=WITHIN)

    tables = {table.id: table for table in make_tables(answers, plan=plan)}

    assert attack_answers(answers, plan) == []
    assert [row.cells[1] for row in tables["battery.trust"].rows] == [89, 89, 89]
    assert [row.cells[1] for row in tables["scale.t1.t2.t3"].rows] == [89, 89, 89]
    assert "各题均答者" in tables["battery.trust"].notes[-1].zh
    counted = {line[0]: line[1:4] for line in tables["quality.items"].lines("zh")}
    assert (counted["一"], counted["三"]) == (["90", "90", "100.0%"], ["90", "89", "98.9%"])


def draw_gaps(make_two_cuts, seed):
    answers = make_two_cuts(60 + 20 * (seed % 5), seed=seed)
    answers.answers["t3"][np.random.default_rng(seed).random(answers.n) < 0.02 * (seed % 4)] = -1
    return answers


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(30))
def test_no_answer_follows_from_many_whole_reports(make_two_cuts, seed):
    assert attack_answers(draw_gaps(make_two_cuts, seed), Plan(cuts=CUTS, within=WITHIN)) == []


def test_nothing_is_left_out_where_all_answered_or_many_did_not(make_answers):
    answers = make_answers(90)
    assert share_bases(answers, SETS, cuts=UNIT) is answers

    answers.answers["t3"][:45] = -1  # 15 of every unit

    assert share_bases(answers, SETS, cuts=UNIT) is answers


def test_few_in_one_unit_are_enough_to_leave_them_out(make_answers):
    answers = make_answers(90)
    answers.answers["t3"][:33] = -1  # 11 of every unit
    answers.answers["unit"][:3] = [0, 0, 0]  # 13, 10, 10
    assert share_bases(answers, SETS, cuts=UNIT) is answers

    answers.answers["unit"][1:5] = 0  # 15, 9, 9
    found = share_bases(answers, SETS, cuts=UNIT)

    assert found.leaves_out("t1")
    assert found.answered("t1").sum() == found.answered("t3").sum() == 57
    assert found.as_given().answered("t1").all()


def test_sets_that_share_an_item_share_a_base_and_others_do_not(make_answers):
    answers = make_answers(90)
    answers.answers["t3"][:2] = -1
    answers.answers["t1"][2:4] = -1

    joined = share_bases(answers, [("t1", "t2"), ("t2", "t3")])
    apart = share_bases(answers, [("t1", "t2")])

    assert [int(joined.answered(name).sum()) for name in ITEMS] == [86, 86, 86]
    assert [int(apart.answered(name).sum()) for name in ITEMS] == [88, 88, 88]
    assert np.array_equal(apart.answered("t3"), answers.answered("t3"))


def test_skip_logic_looks_at_the_answers_as_given(make_answers):
    answers = make_answers(90)
    answers.answers["t3"][:2] = -1

    found = share_bases(answers, SETS)

    assert np.array_equal(found.column("t1").values, answers.answers["t1"])
    assert found.choose(np.arange(5)).as_given().answered("t1").all()

"""How sure the ranks are, as a section."""

from dataclasses import replace

import pytest

from jinghe.compact import load_compact, load_panel
from jinghe.compact.compact import Note
from jinghe.contest import read_contest
from jinghe.errors import problem
from jinghe.labels import Text
from jinghe.operation import Standing, find_standing, score_period, study_period
from jinghe.report.standing import show_standing
from jinghe.units import Period

YEAR = Period.of("2021")
WAYS = [
    {"path": "contest.weights", "dirichlet": 50},
    {"path": "contest.steps[aggregate].index", "choices": ["geometric", "arithmetic"]},
]


@pytest.fixture(scope="module")
def stood():
    """Toy with its index either way: A and B change places, C stays."""
    compact = load_compact("toy")
    compact = replace(compact, contest=read_contest({**compact.contest.tree, "uncertainty": WAYS}))
    panel = load_panel(compact).panel
    study = study_period(compact, panel=panel, period=YEAR, seed=7, redrawings=20)
    scores = score_period(compact, panel=panel, period=YEAR)
    return compact, scores, find_standing(compact, study=study, scores=scores, seed=7)


@pytest.fixture(scope="module")
def section(stood):
    compact, scores, standing = stood
    return show_standing(compact, scores=scores, standing=standing)


def test_three_kinds_of_uncertainty_stand_apart(section):
    table = section.tables[0]

    assert [
        "By method",
        "By errors of figures",
        "Confidence set (one city)",
        "Confidence set (all together)",
        "By both",
    ] == [column.label.en for column in table.columns[2:7]]
    assert ["City B", "City A", "City C"] == [row[1].en for row in table.rows]
    assert [1, 2, 3] == [row[0] for row in table.rows]
    assert "geometric mean / arithmetic mean" in table.method.en
    assert "rounding" in table.notes[0].en


def test_a_choice_says_who_it_moves_most_and_which_option_is_the_rule(section):
    rows = {row[1].en: row for row in section.tables[1].rows}

    assert 0.0 == rows["geometric mean (as written)"][2]
    assert (pytest.approx(2 / 3), "City A 2 → 1") == (rows["arithmetic mean"][2], rows["arithmetic mean"][3].en)
    assert 0 < rows["Dirichlet draws, concentration 50"][2]


def test_the_widest_interval_is_explained(section):
    said = section.notes[-1]

    assert "by branch Growth" in said.en
    assert "的还有" in said.zh


def test_pairs_proved_are_counted(section, stood):
    proved = int(stood[2].uncertainty.robust.ahead.sum())

    assert f"{proved} of 3 pairs is proved" in section.lead.en
    assert proved == sum(row[8] for row in section.tables[0].rows) == sum(row[9] for row in section.tables[0].rows)


def test_an_option_that_cannot_stand_alone_says_why(stood):
    compact, scores, standing = stood
    found = standing.uncertainty
    effect = replace(found.effects[-1], shift=float("nan"), problems=(problem("rank-sets-few", found=1),))

    broken = replace(standing, uncertainty=replace(found, effects=(effect,)), moves=())
    row = show_standing(compact, scores=scores, standing=broken).tables[1].rows[0]

    assert problem("rank-sets-few", found=1).text("en") == row[3].en


def test_what_the_compact_says_of_its_choices_is_said_here(stood):
    compact, scores, standing = stood
    marked = replace(compact, notes=(Note("x", "assumed", "contest.uncertainty", Text("只作假定", "assumed here")),))

    assert (
        Text("假定：只作假定", "Assumed: assumed here")
        == show_standing(marked, scores=scores, standing=standing).notes[0]
    )


def test_without_redrawn_figures_the_columns_are_empty_and_say_so(stood):
    compact, scores, standing = stood
    bare = replace(standing.uncertainty, figures=None, combined=None, sets=None, single=None)

    table = show_standing(compact, scores=scores, standing=replace(standing, uncertainty=bare)).tables[0]

    assert {(None,) * 4} == {row[3:7] for row in table.rows}
    assert "没有可重抽的公布数" in table.notes[0].zh


def test_published_standard_errors_are_told(stood):
    compact, scores, standing = stood
    known = {
        leaf: tuple(replace(cell, observations=tuple(replace(o, se=0.1) for o in cell.observations)) for cell in row)
        for leaf, row in scores.evidence.items()
        if leaf == "shared_services"
    }

    section = show_standing(compact, scores=replace(scores, evidence={**scores.evidence, **known}), standing=standing)

    assert "3 of 12 figures come with a standard error" in section.tables[0].notes[0].en
    assert "12 个公布数中 3 个附有标准误" in section.tables[0].notes[0].zh


def test_a_tree_of_mixed_aggregates_proves_no_order(stood):
    compact, scores, standing = stood
    mixed = replace(standing, uncertainty=replace(standing.uncertainty, robust=None))

    section = show_standing(compact, scores=scores, standing=mixed)

    assert "no order is proved" in section.lead.en
    assert {(None, None)} == {row[8:10] for row in section.tables[0].rows}


def test_where_nobody_is_compared_only_the_pools_stand(stood):
    compact, scores, standing = stood

    section = show_standing(compact, scores=scores, standing=Standing(standing.ranking))

    assert ["pools"] == [table.id for table in section.tables]
    assert "无从比较" in section.lead.zh

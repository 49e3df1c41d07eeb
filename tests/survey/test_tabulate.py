"""Tables of answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.survey import (
    Frame,
    Responses,
    rake,
    read_instrument,
    tabulate_battery,
    tabulate_item,
    tabulate_multiple,
    tabulate_scores,
    tabulate_unshown,
    verify_table,
)


def test_one_choice_is_counted_with_its_share(answers):
    found = tabulate_item(answers, "met")
    yes = int((answers.answers["met"] == 0).sum())

    verify_table(found)
    assert found.lines("en")[0][:3] == ["yes", str(yes), f"{yes / 90:.1%}"]
    assert found.lines("zh")[-1] == ["合计", "90", "100.0%"]
    assert "90" in found.methods.zh


def test_the_reference_example_of_several_choices(tree):
    from jinghe.survey import Responses, read_instrument
    from jinghe.survey.responses import blank_column

    tree["choices"]["why"] = {f"o{k}": f"o{k}" for k in range(4)}
    instrument = read_instrument(tree)
    chosen = np.zeros((80, 4), dtype=bool)
    chosen[:61, 0] = chosen[:50, 1] = chosen[:40, 2] = True
    chosen[53:68, 3] = True  # 61 + 50 + 40 + 15 = 166 choices by 68 people, 12 chose nothing
    columns = {item.id: blank_column(instrument, item, 80) for item in instrument.questions()} | {"why": chosen}
    blank = np.full(80, np.nan)
    answers = Responses(instrument, columns, np.full(80, "NaT", "datetime64[D]"), blank, np.zeros(80, dtype=int))

    found = tabulate_multiple(answers, "why")

    verify_table(found)
    assert found.lines("en")[0] == ["o0", "61", "36.7%", "89.7%"]
    assert found.lines("en")[-1] == ["Total", "166", "100.0%", "244.1%"]
    assert "68" in found.methods.zh


def test_a_battery_prints_shares_means_and_what_a_figure_needs(answers):
    found = tabulate_battery(answers, ("t1", "t2"), title=Text("互信", "Trust"))
    values = answers.values("t1")

    verify_table(found)
    assert found.lines("en")[0][-2:] == [f"{values.mean():.2f}", f"{values.std(ddof=1):.2f}"]
    assert found.figure["kind"] == "likert"
    assert [len(row["shares"]) for row in found.figure["rows"]] == [5, 5]


def test_weighted_shares_are_weighted_and_counts_are_not(answers):
    weights = rake(answers, Frame({"unit": {"a": 8, "b": 1, "c": 1}}))
    found = tabulate_item(answers, "met", weights=weights)
    expected = weights.values[answers.answers["met"] == 0].sum() / weights.values.sum()

    verify_table(found)
    assert found.rows[0].cells[2] == pytest.approx(expected, abs=1e-12)
    assert found.rows[0].cells[1] == int((answers.answers["met"] == 0).sum())
    assert "有效样本量" in found.methods.zh


def test_nobody_answered_gives_dashes(answers):
    empty = replace(answers, answers={**answers.answers, "met": np.full(90, -1), "why": np.zeros((90, 2), bool)})

    assert tabulate_item(empty, "met", k=0).lines("en")[0] == ["yes", "0", "—"]
    assert tabulate_multiple(empty, "why", k=0).lines("en")[0] == ["order", "0", "—", "—"]


@pytest.mark.parametrize(("table", "name"), [(tabulate_item, "why"), (tabulate_multiple, "met")])
def test_the_wrong_table_for_a_question_is_refused(answers, table, name):
    with pytest.raises(DataError) as found:
        table(answers, name)

    assert [item.code for item in found.value.problems] == ["survey-table-kind"]


def test_numbers_and_scores_are_tabulated_over_everybody(answers):
    found = tabulate_scores(answers, ["times", "trust_score"])
    times = answers.values("times")[~np.isnan(answers.values("times"))]

    verify_table(found)
    assert found.rows[0].cells[1:] == pytest.approx((len(times), times.mean(), times.std(ddof=1)), abs=1e-10)


@pytest.mark.parametrize("table", [tabulate_item, tabulate_multiple, tabulate_battery, tabulate_scores])
def test_what_fewer_than_k_answered_is_refused(answers, table):
    few = answers.choose(np.arange(9))
    name = {tabulate_item: "met", tabulate_multiple: "why", tabulate_battery: ["t1"], tabulate_scores: ["t1"]}[table]
    more = {"title": Text.of("T")} if table is tabulate_battery else {}

    with pytest.raises(DataError) as found:
        table(few, name, **more)

    assert [item.code for item in found.value.problems] == ["survey-too-few"]


def test_questions_without_results_are_named(answers):
    assert tabulate_unshown(answers, ["times"]).lines("zh") == [["几次", "隐去"]]


def test_half_points_are_not_taken_for_whole_numbers(tree):
    """A rating from 1 to 3 in halves was refused: no sum of whole numbers gave its mean."""
    tree["choices"]["five"] = {str(1 + k / 2): str(k) for k in range(5)}
    instrument = read_instrument(tree)
    ratings = np.repeat(np.arange(5), [3, 8, 9, 6, 4])
    answers = Responses(
        instrument, {"t1": ratings}, np.full(30, "NaT", "datetime64[D]"), np.full(30, np.nan), np.zeros(30, int)
    )

    found = tabulate_battery(answers, ["t1"], title=Text.of("T"))

    verify_table(found)
    assert found.lines("en")[0][1] == "30"
    assert found.lines("en")[0][-2:] == ["2.00", "0.60"]

from dataclasses import replace
from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.chain import run_chain
from jinghe.contest.score import score
from jinghe.errors import DataError, RuleError
from jinghe.units import Period

TREE = {"index": {"growth": ["gdp", "rd"], "green": ["air"]}}
LESS = {"air": {"unit": "%", "direction": "negative"}}
FIGURES = {"gdp": [4, 8, 6], "rd": [1, 2, 3], "air": [30, 20, 10]}
WEIGHTS = {"growth": 0.75, "green": 0.25, "gdp": 0.6, "rd": 0.4}
YEAR = Period.of(2021)
FAST = settings(max_examples=25)

ROW = st.lists(st.integers(0, 60).map(float), min_size=4, max_size=4).filter(lambda row: len(set(row)) > 1)
TABLE = st.fixed_dictionaries({"gdp": ROW, "rd": ROW, "air": ROW})
MEANS = st.sampled_from(["arithmetic", "geometric", "harmonic", "generalised"])


def scale(*ends, mean="arithmetic", **posts):
    return [{"normalise": {"to": list(ends), "goalposts": posts}}, {"aggregate": {"default": mean}}]


def test_three_cities_are_scored_by_hand(make_scores):
    # to [0, 100]: gdp 0 100 50; rd 0 50 100; air, less being better, 0 50 100.
    # growth = 0.6 gdp + 0.4 rd: 0 80 70; index = 0.75 growth + 0.25 air: 0 72.5 77.5.
    scores = make_scores(FIGURES, tree=TREE, indicators=LESS, weights=WEIGHTS, steps=scale(0, 100))

    assert scores.codes == ("A", "B", "C")
    assert scores.leaves == ("gdp", "rd", "air")
    assert scores.normalised.tolist() == [[0, 0, 0], [100, 50, 50], [50, 100, 100]]
    assert scores.nodes["growth"] == pytest.approx([0, 80, 70])
    assert scores.total == pytest.approx([0, 72.5, 77.5])
    assert scores.rank.tolist() == [3, 2, 1]
    assert (scores.dropped, scores.notes) == ((), ())


def test_a_geometric_index_is_scored_by_hand(make_scores):
    # to [1, 100]: A is 1 throughout; B: growth 0.6·100 + 0.4·50.5 = 80.2, air 50.5; C: 0.6·50.5 + 0.4·100 = 70.3, 100.
    steps = [{"normalise": {}}, {"aggregate": {"index": "geometric"}}]

    scores = make_scores(FIGURES, tree=TREE, indicators=LESS, weights=WEIGHTS, steps=steps)

    assert scores.total == pytest.approx([1, 80.2**0.75 * 50.5**0.25, 70.3**0.75 * 100**0.25])


def test_weights_are_those_of_the_last_day_of_the_period(make_contest, make_panel, make_region):
    contest = make_contest(
        TREE, weights={"growth": {"2021-01-01": 1, "2021-12-31": 0.5}, "green": {"2021-01-01": 0, "2021-12-31": 0.5}}
    )

    scores = score(contest, panel=make_panel(FIGURES), items=(), region=make_region(), period=YEAR)

    assert scores.weights["green"] == 0.5


def test_a_missing_cell_takes_the_median_of_its_group_and_is_marked(make_contest, make_panel, make_region):
    contest = make_contest({"index": ["gdp", "rd"]}, steps=[{"impute": {"groups": ["north"]}}])
    panel = make_panel({"gdp": [4, 8, None, 100], "rd": [1, 2, 3, 4]})

    scores = score(contest, panel=panel, items=(), region=make_region("ABCD", north="ABC"), period=YEAR)

    assert scores.raw[:, 0].tolist() == [4, 8, 6, 100]
    assert scores.imputed[:, 0].tolist() == [False, False, True, False]
    assert scores.donors["C", "gdp"].en == "circle north"
    assert [note.en for note in scores.notes] == ["Missing figures imputed by medians, each marked: 1."]


def test_without_imputation_the_weight_goes_to_siblings_city_by_city(make_scores):
    scores = make_scores({"gdp": [0, None, 10], "rd": [0, 5, 10]}, steps=scale(0, 100))

    assert scores.total.tolist() == [0, 50, 100]
    assert scores.notes[0].en == "Missing figures not imputed, their weight going to sibling indicators: 1."


def test_a_city_without_any_figure_has_no_rank(make_scores):
    scores = make_scores({"gdp": [0, None, 10]})

    assert np.isnan(scores.total[1])
    assert scores.rank.tolist() == [2, 0, 1]


def test_every_stage_is_kept_and_the_chain_can_be_run_again(make_scores):
    scores = make_scores(FIGURES, tree=TREE, indicators=LESS, weights=WEIGHTS, steps=scale(0, 100))

    stages = scores.stages
    again = run_chain(
        stages.raw,
        tree=stages.tree,
        steps=scores.contest.steps,
        weights=stages.weights,
        directions=(1, 1, -1),
        context=scores.context,
    )

    assert again.total.tolist() == scores.total.tolist()
    assert stages.raw.tolist() == [[4, 1, 30], [8, 2, 20], [6, 3, 10]]


def test_another_normalisation_keeps_treatment_and_own_methods(make_scores):
    row = [*range(1, 11), 30, 100]
    steps = [{"treat": {}}, {"normalise": {"to": [0, 100], "targets": {"rd": 6}}}]
    scores = make_scores({"gdp": row, "rd": row}, steps=steps)

    found = scores.rerun(replace(scores.contest.steps, normalisation="zscore")).normalised

    assert found[:, 1].tolist() == scores.normalised[:, 1].tolist()
    assert found[-1, 0] == found[-2, 0] < 100


def test_a_denominator_is_read_from_the_panel(make_scores, make_contest, make_panel, make_region):
    contest = make_contest({"index": ["gdp"]}, {"people": {"unit": "%"}}, steps=[{"denominate": {"gdp": "people"}}])

    scores = score(
        contest,
        panel=make_panel({"gdp": [10, 40, 90], "people": [1, 2, 3]}),
        items=(),
        region=make_region(),
        period=YEAR,
    )

    assert scores.raw[:, 0].tolist() == [10, 20, 30]
    assert scores.explain("A").leaves[0].unit.en == "% / people"
    assert ("people", None) in contest.series


def test_under_a_base_window_a_newcomer_moves_nobody(make_contest, make_panel, make_region):
    contest = make_contest({"index": ["gdp", "rd"]}, steps=[{"treat": {}}, {"normalise": {"base": [2020]}}])
    base = make_panel({"gdp": [1, 5, 9], "rd": [1, 2, 3]}, period="2020")

    def total(codes, gdp):
        panel = make_panel({"gdp": gdp, "rd": [3, 2, 1, 1]}, codes).append(base.observations)
        return score(contest, panel=panel, items=(), region=make_region(codes), period=YEAR).total

    assert total("ABCD", [4, 8, 6, 99])[:3].tolist() == total("ABC", [4, 8, 6]).tolist()


def test_weights_may_come_from_judgements_and_from_the_figures(make_scores):
    steps = [{"weigh": {"growth": "entropy", "judgements": {"index": [[1, 3], ["1/3", 1]]}}}]

    scores = make_scores(FIGURES | {"gdp": [4, 8, 7]}, tree=TREE, steps=steps)

    assert (scores.weights["growth"], scores.weights["green"]) == pytest.approx((0.75, 0.25))
    assert scores.weights["gdp"] != 0.5
    assert scores.weights["gdp"] + scores.weights["rd"] == pytest.approx(1)
    assert sum(leaf.contribution for leaf in scores.explain("B").leaves) == pytest.approx(scores.total[1])


def test_a_clone_of_a_city_leaves_the_ranks_of_the_others(make_scores):
    for mean in ("arithmetic", "geometric", "topsis", "promethee"):
        steps = [{"aggregate": {"default": mean}}]
        before = make_scores({"gdp": [4, 8, 6], "rd": [1, 2, 3], "air": [9, 4, 6]}, steps=steps)
        after = make_scores({"gdp": [4, 8, 6, 6], "rd": [1, 2, 3, 3], "air": [9, 4, 6, 6]}, steps=steps)

        assert after.total[2] == pytest.approx(after.total[3])
        if mean in ("arithmetic", "geometric"):  # min–max does not move; the others may reverse ranks
            assert after.total[:3] == pytest.approx(before.total)


def test_an_indicator_may_read_its_own_period(make_contest, make_panel, make_region):
    contest = make_contest({"index": ["air"]}, {"air": {"unit": "%", "period": "2021-01..2021-08"}})
    panel = make_panel({"air": [1, 2, 3]}, period="2021-01..2021-08")

    scores = score(contest, panel=panel, items=(), region=make_region(), period=YEAR)

    assert scores.total.tolist() == [1, 50.5, 100]


def test_a_jurisdiction_that_no_longer_stands_is_no_contestant(make_contest, make_panel, make_region):
    region = make_region()
    gone = replace(region.jurisdictions[3], valid_to=date(2021, 6, 1))
    region = replace(region, jurisdictions=(*region.jurisdictions[:3], gone))

    scores = score(make_contest({"index": ["gdp"]}), panel=make_panel(FIGURES), items=(), region=region, period=YEAR)

    assert scores.codes == ("A", "B")


def test_a_contest_with_faults_is_not_scored(make_contest, make_panel, make_region):
    contest = make_contest({"index": ["gdp"]}, credit={"rule": "best"})

    with pytest.raises(RuleError) as error:
        score(contest, panel=make_panel(FIGURES), items=(), region=make_region(), period=YEAR)

    assert [p.code for p in error.value.problems] == ["contest-choice"]


def test_an_unchecked_contest_is_checked_before_it_is_scored(make_contest, make_panel, make_region):
    steps = [{"normalise": {"to": [0, 100]}}, {"aggregate": {"default": "geometric"}}]
    contest = make_contest({"index": ["gdp", "rd"]}, weights={"gdp": 0.5, "rd": 0.4}, steps=steps)

    with pytest.raises(RuleError) as error:
        score(contest, panel=make_panel(FIGURES), items=(), region=make_region(), period=YEAR)

    assert [p.code for p in error.value.problems] == ["weights-sum", "geometric-positive"]


def test_a_region_without_contestants_is_told(make_contest, make_panel, make_region):
    contest = make_contest({"index": ["gdp"]}, level="county")

    with pytest.raises(RuleError) as error:
        score(contest, panel=make_panel(FIGURES), items=(), region=make_region(), period=YEAR)

    assert error.value.problems[0].text("en") == (
        "contest.level: on 2021-12-31 the region has no jurisdiction of the level “county”. "
        "Contestants are the jurisdictions of one level. Check the level."
    )


def test_a_figure_in_a_strange_unit_is_told(make_contest, make_panel, make_region):
    with pytest.raises(DataError):
        score(make_contest(TREE), panel=make_panel(FIGURES, unit="人"), items=(), region=make_region(), period=YEAR)


@FAST
@given(TABLE, st.sampled_from(list(permutations(range(4)))), MEANS)
def test_permuting_the_cities_permutes_the_scores(make_scores, table, order, mean):
    parts = {"tree": TREE, "indicators": LESS, "weights": WEIGHTS, "steps": scale(1, 100, mean=mean)}
    before = make_scores(table, **parts)

    after = make_scores(
        {k: [row[i] for i in order] for k, row in table.items()}, codes=["ABCD"[i] for i in order], **parts
    )

    assert after.total.tolist() == before.total[list(order)].tolist()
    assert after.rank.tolist() == before.rank[list(order)].tolist()


@FAST
@given(TABLE, MEANS)
def test_the_unit_of_an_indicator_does_not_matter(make_scores, table, mean):
    parts = {"tree": TREE, "indicators": LESS, "steps": scale(1, 100, mean=mean)}
    before = make_scores(table, **parts)

    after = make_scores(table | {"gdp": [x * 1000 for x in table["gdp"]]}, **parts)

    assert after.total == pytest.approx(before.total, abs=1e-9)


@FAST
@given(TABLE, st.integers(0, 3), st.integers(1, 80), MEANS, st.sampled_from([{}, {"gdp": [10, 50]}]))
def test_raising_a_good_figure_never_lowers_the_score(make_scores, table, city, more, mean, posts):
    steps = scale(1, 100, mean=mean, **posts)
    parts = {"tree": TREE, "indicators": LESS, "steps": steps}
    before = make_scores(table, **parts)
    raised = [x + more * (i == city) for i, x in enumerate(table["gdp"])]

    after = make_scores(table | {"gdp": raised}, **parts)

    assert after.total[city] >= before.total[city] - 1e-9


@FAST
@given(TABLE, MEANS)
def test_under_goalposts_a_dominated_newcomer_moves_nobody(make_scores, table, mean):
    steps = scale(1, 100, mean=mean, gdp=[0, 60], rd=[0, 60], air=[0, 60])
    parts = {"tree": TREE, "indicators": LESS, "steps": steps}
    before = make_scores(table, **parts)
    worst = {"gdp": min(table["gdp"]), "rd": min(table["rd"]), "air": max(table["air"])}

    after = make_scores({k: [*row, worst[k]] for k, row in table.items()}, **parts)

    assert after.total[:4].tolist() == before.total.tolist()
    assert after.rank[:4].tolist() == before.rank.tolist()


@FAST
@given(TABLE)
def test_weights_of_one_half_and_no_weights_are_the_same(make_scores, table):
    plain = make_scores(table, tree=TREE)

    assert make_scores(table, tree=TREE, weights={"growth": 0.5, "green": "1/2"}).total.tolist() == plain.total.tolist()

import numpy as np
import pytest

from jinghe.contest import score
from jinghe.contest.audit.association import find_least_correlation
from jinghe.contest.audit.coverage import find_coverage
from jinghe.contest.audit.judge_figures import (
    BOND_WORDS,
    Structure,
    find_reported_weight,
    judge_coverage,
    judge_framework,
    judge_gaps,
    judge_scales,
    judge_structure,
)
from jinghe.contest.audit.redundancy import BONDS, find_bonds
from jinghe.contest.audit.reversal import find_reversals
from jinghe.contest.audit.structure import find_alpha, find_components
from jinghe.contest.audit.trial import Trial
from jinghe.contest.tree import Tree
from jinghe.units import Period

LABELS = {"index": {"zh": "总", "en": "Whole"}, "growth": {"zh": "增长", "en": "Growth"}}
NAMED = {name: {"label": {"zh": f"{name}项", "en": f"item {name}"}, "unit": "%"} for name in ("gdp", "rd", "air")}
TABLE = {"gdp": [1, 2, 3, 4, 9, 6], "rd": [2, 4, 6, 8, 18, 13], "air": [5, 1, 4, 2, 3, 0]}


def tell(finding):
    return " ".join(words.en for words in finding.words)


def test_a_named_tree_with_two_children_each_is_ok(make_scores):
    scores = make_scores(TABLE, indicators=NAMED, labels=LABELS)

    found = judge_framework(scores)

    assert (found.number, found.verdict) == (1, "ok")
    assert found.numbers == {"indicators": 3, "nodes": 1, "levels": 2, "reported": 0}


def test_nodes_without_a_name_or_with_one_child_are_told(make_scores):
    scores = make_scores(TABLE, tree={"index": {"growth": ["gdp", "rd"], "green": ["air"]}}, labels=LABELS)

    found = judge_framework(scores)

    assert found.verdict == "missing"
    assert "Without a name: gdp, rd, air, green." in tell(found)
    assert "With one child only: green." in tell(found)


def test_what_rests_on_the_cities_word_is_weighed(make_contest, make_panel, make_region, make_item):
    register = {"register": {"points": {"completed": 1}}}
    contest = make_contest(
        {"index": ["gdp", "joint"]}, {"joint": {"measure": register}}, weights={"gdp": 0.4, "joint": 0.6}
    )
    scores = score(contest, panel=make_panel({"gdp": [1, 2, 3]}), items=[make_item("road", "A", "B")],
                   region=make_region("ABC"), period=Period.of(2021))  # fmt: skip

    assert find_reported_weight(scores) == pytest.approx(0.6)
    assert "60% of the effective weight rests on items that cities report" in tell(judge_framework(scores))


def test_thin_flat_zero_and_equal_figures_are_told(make_scores, make_region):
    table = {
        "gdp": [1, 2, 3, 3, None],
        "rd": [0, 0, 4, 4, 0],
        "air": [1, None, None, None, None],
        "mud": [7, 7, 7, 7, 7],
    }
    scores = make_scores(table)

    found = judge_coverage(scores, find_coverage(scores.stages.raw), make_region("ABCDE"))

    assert found.verdict == "look"
    assert tell(found) == (
        "75% of the figures are there. Indicators below 65 %: air. Indicators that are mostly zero: rd. "
        "Indicators that do not vary: air, mud. Indicators that do not count: air, mud. "
        "Cities below 65 %: City E. Cities with the same figures throughout: City C and City D."
    )
    assert found.numbers["whole"] == 0.75


def test_gaps_are_told_whether_filled_or_not(make_scores, make_region):
    whole, open_ = make_scores(TABLE), make_scores({"gdp": [1, 2, 3, None], "rd": [1, 2, 3, 4]})
    filled = make_scores({"gdp": [1, 2, 3, None], "rd": [1, 2, 3, 4]}, steps=[{"impute": {"method": "median"}}])

    assert judge_gaps(whole, make_region("ABCDEF")).verdict == "ok"
    assert tell(judge_gaps(open_, make_region("ABCD"))) == "1 gaps are left; their weight goes to siblings."
    assert tell(judge_gaps(filled, make_region("ABCD"))) == (
        "1 figures that count (12%) are imputed. Cities with more than 35 % imputed: City D."
    )


def look_inside(scores):
    tree, values = Tree.of(scores.root), dict(scores.nodes)
    columns = np.column_stack([values[leaf] for leaf in tree.leaves])
    structures = [Structure(tree.root, tree.leaves, find_components(columns), find_alpha(columns))]
    return judge_structure(scores, structures, find_bonds(values, tree=tree), find_least_correlation(len(scores.codes)))


def test_repeating_indicators_are_told_with_what_chance_can_do(make_scores):
    found = look_inside(make_scores(TABLE))

    assert found.verdict == "look"
    assert "Siblings that repeat each other: gdp – rd (1.00)." in tell(found)
    assert tell(found).endswith("With 6 cities |r| below 0.81 may be chance.")
    assert set(BOND_WORDS) == set(BONDS)


def test_three_cities_are_too_few_for_correlations(make_scores):
    assert look_inside(make_scores({"gdp": [1, 2, 3], "rd": [3, 2, 5]})).verdict == "missing"


def test_scales_that_swap_cities_and_shapes_still_odd_are_told(make_scores):
    figures = {"x": [10, 0, 5], "y": [0, 10, 100]}
    swaps = make_scores(figures, weights={"x": 0.4, "y": 0.6}, steps=[{"normalise": {"to": [0, 100]}}])
    odd = make_scores({"x": [1, 2, 3, 4, 5, 6, 7, 900]})

    assert judge_scales(swaps, find_reversals(Trial.of(swaps))).verdict == "look"
    assert "1 pairs in all" in tell(judge_scales(swaps, find_reversals(Trial.of(swaps))))
    assert "Indicators that are still skewed: x." in tell(judge_scales(odd, find_reversals(Trial.of(odd))))
    calm = make_scores({"x": [1, 2, 3, 4]})
    assert judge_scales(calm, find_reversals(Trial.of(calm))).verdict == "ok"

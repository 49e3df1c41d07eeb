import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest.explain import explain
from jinghe.contest.score import score
from jinghe.errors import DataError
from jinghe.units import Period

FAST = settings(max_examples=30)
TREE = {"index": {"growth": ["gdp", "rd"], "green": {"sky": ["air", "pm"], "soil": ["mud"]}}}
CELL = st.one_of(st.integers(0, 50).map(float), st.none())
ROW = st.lists(CELL, min_size=4, max_size=4).filter(lambda row: len({x for x in row if x is not None}) > 1)
TABLE = st.fixed_dictionaries(dict.fromkeys(("gdp", "rd", "air", "pm", "mud"), ROW))
MEAN = st.sampled_from(["arithmetic", "geometric", "harmonic", "generalised"])
MEANS = st.fixed_dictionaries(dict.fromkeys(("index", "growth", "green", "sky", "soil"), MEAN))


def test_a_score_is_followed_by_hand(make_scores):
    # to [0, 100]: gdp 0 100 50, rd 0 50 100, weights 0.6 and 0.4; C: 0.6·50 + 0.4·100 = 30 + 40.
    steps = [{"normalise": {"to": [0, 100]}}]
    scores = make_scores({"gdp": [4, 8, 6], "rd": [1, 2, 3]}, weights={"gdp": 0.6, "rd": 0.4}, steps=steps)

    part = scores.explain("C")

    assert (part.node, part.score, part.contribution) == ("index", 70, 70)
    assert [(leaf.node, leaf.raw, leaf.normalised, leaf.weight, leaf.contribution) for leaf in part.leaves] == [
        ("gdp", 6, 50, 0.6, 30), ("rd", 3, 100, 0.4, 40)
    ]  # fmt: skip
    assert part.leaves[0].note.en == "scaled by this period's smallest and largest figure: 4 gives 0, 8 gives 100"
    assert part.leaves[0].observations[0].value == 6


def test_a_geometric_score_is_split_by_hand(make_scores):
    # C scores √(1·100) = 10 = 0.5 + 9.5, see the split in test_aggregate.
    scores = make_scores({"gdp": [2, 3, 1], "rd": [1, 2, 3]}, steps=[{"aggregate": {"index": "geometric"}}])

    part = scores.explain("C")

    assert part.score == pytest.approx(10)
    assert [leaf.contribution for leaf in part.leaves] == pytest.approx([0.5, 9.5])
    assert part.note.en == "weighted geometric mean, split by the logarithmic mean"


@FAST
@given(TABLE, MEANS, st.sampled_from("ABCD"))
def test_the_leaves_sum_to_the_total(make_scores, table, means, code):
    scores = make_scores(table, tree=TREE, weights={"growth": 0.7, "green": 0.3}, steps=[{"aggregate": means}])

    part = explain(scores, code=code)

    total = scores.total[scores.codes.index(code)]
    assert sum(leaf.contribution for leaf in part.leaves) == pytest.approx(0 if part.score is None else total, abs=1e-9)
    assert all(leaf.contribution >= 0 for leaf in part.leaves)


@FAST
@given(TABLE, MEANS, st.sampled_from("ABCD"))
def test_every_node_is_the_sum_of_its_children(make_scores, table, means, code):
    part = make_scores(table, tree=TREE, steps=[{"aggregate": means}]).explain(code)

    def walk(node):
        if node.children:
            assert sum(child.contribution for child in node.children) == pytest.approx(node.contribution, abs=1e-9)
            if node.score is not None:
                assert sum(child.weight for child in node.children) == pytest.approx(1)
            for child in node.children:
                walk(child)

    walk(part)


def test_a_scale_below_zero_is_split_too(make_scores):
    scores = make_scores({"gdp": [1, 3, 2], "rd": [3, 1, 2]}, steps=[{"normalise": {"to": [-1, 1]}}])

    part = scores.explain("A")

    assert part.score == pytest.approx(0)
    assert [leaf.contribution for leaf in part.leaves] == [-0.5, 0.5]


def test_an_imputed_cell_says_whose_median_stands_in(make_contest, make_panel, make_region):
    contest = make_contest({"index": ["gdp", "rd"]}, steps=[{"impute": {"groups": ["north"]}}])
    panel = make_panel({"gdp": [4, 8, None], "rd": [1, 2, 3]})

    scores = score(contest, panel=panel, items=(), region=make_region(north="ABC"), period=Period.of(2021))
    leaf, _ = scores.explain("C").leaves

    assert (leaf.imputed, leaf.raw, leaf.observations) == (True, 6, ())
    assert leaf.note.zh == "缺数，以“north圈”中位数插补；按本期各地区的最小与最大值折算，4 得 1，8 得 100"


def test_a_missing_cell_adds_nothing_and_says_so(make_scores):
    leaf, other = make_scores({"gdp": [4, 8, None], "rd": [1, 2, 3]}).explain("C").leaves

    assert (leaf.score, leaf.raw, leaf.weight, leaf.contribution) == (None, None, 0, 0)
    assert leaf.note.en == "missing and not imputed; its weight goes to its siblings"
    assert (other.weight, other.contribution) == (1, 100)


def test_joint_items_are_listed_with_points_share_and_credit(make_contest, make_item, make_panel, make_region):
    register = {"measure": {"register": {"points": {"completed": 2}}}}
    items = [make_item("road", "A", "B", A=3, B=1), make_item("bus", "C")]
    contest = make_contest({"index": ["joint"]}, {"joint": register}, credit={"rule": "contribution"})

    scores = score(contest, panel=make_panel({}), items=items, region=make_region(), period=Period.of(2021))

    [item] = scores.explain("A").leaves[0].items
    assert (item.id, item.points, item.share, item.credit, item.source) == ("road", 2, 0.75, 1.5, "s")


@pytest.mark.parametrize("method", ["mazziotta_pareto", "topsis", "grey", "promethee", "copeland", "benefit_of_doubt"])
def test_below_an_aggregate_without_a_split_no_contribution_is_made_up(make_scores, method):
    figures = {"gdp": [4, 8, 6], "rd": [1, 2, 3], "air": [3, 1, 2], "pm": [1, 3, 2], "mud": [2, 3, 1]}
    scores = make_scores(figures, tree=TREE, steps=[{"aggregate": {"growth": method}}])

    part = scores.explain("B")

    growth, green = part.children
    assert growth.contribution == pytest.approx(scores.nodes["growth"][1] / 2)
    assert [leaf.contribution for leaf in growth.leaves] == [None, None]
    assert "没有按下级相加的分解" in growth.note.zh
    assert sum(leaf.contribution for leaf in green.leaves) == pytest.approx(green.contribution)


def test_nothing_adds_up_below_a_root_without_a_split(make_scores):
    part = make_scores({"gdp": [4, 8, 6], "rd": [1, 2, 3]}, steps=[{"aggregate": {"index": "copeland"}}]).explain("B")

    assert (part.score, part.contribution) == (75.25, 75.25)  # one win, one tie: 3/4 of the scale
    assert part.note.en == "pairwise wins less losses (Copeland); it has no split into parts that add up"
    assert [(leaf.weight, leaf.contribution) for leaf in part.leaves] == [(0.5, None), (0.5, None)]


@pytest.mark.parametrize(
    "step,expected",
    [
        ({"default": "efficacy"}, "scaled by the efficacy coefficient: 1 gives 60, 12 gives 100"),
        ({"default": "percentile"}, "scaled by percentile"),
        ({"targets": {"gdp": 10}}, "scaled by the distance to the target: 1 gives 1, 10 gives 100"),
        ({"targets": {"gdp": 0.5}}, "scaled by the distance to the target: all contestants have reached it"),
        (
            {"methods": {"gdp": "reference"}, "reference": "B"},
            "scaled by the distance to the reference city: 1 gives 1, 2 gives 100",
        ),
        ({"base": [2021]}, "scaled by the smallest and largest figure of the base window: 1 gives 1, 12 gives 100"),
    ],
)
def test_the_scale_of_a_leaf_is_told(make_scores, step, expected):
    leaf, _ = make_scores({"gdp": [1, 2, 3, 12], "rd": [1, 2, 3, 4]}, steps=[{"normalise": step}]).explain("A").leaves

    assert leaf.note.en == expected


def test_a_treated_leaf_says_so(make_scores):
    row = [*range(1, 11), 30, 100]

    scores = make_scores({"gdp": row, "rd": row[::-1]}, steps=[{"treat": {}}])

    leaf, _ = scores.explain("L").leaves
    assert leaf.note.en.startswith("extremes pulled in; scaled by this period's")
    assert leaf.note.en.endswith("1 gives 1, 30 gives 100")
    assert (leaf.raw, leaf.normalised) == (100, 100)
    assert scores.notes[0].en == "Too skewed, extreme figures pulled in: 2 (gdp, rd)."


def test_a_code_that_was_not_scored_is_told(make_scores):
    with pytest.raises(DataError) as error:
        make_scores({"gdp": [1, 2]}).explain("Z")

    assert [p.code for p in error.value.problems] == ["jurisdiction-unknown"]

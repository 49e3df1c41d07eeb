from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinghe.contest import rank, score
from jinghe.contest.wording import describe, describe_city, find_city
from jinghe.errors import DataError
from jinghe.labels import Text
from jinghe.region import Jurisdiction, Region
from jinghe.units import Period

LABELS = {
    "index": {"zh": "总", "en": "the index"},
    "growth": {"zh": "增长", "en": "growth"},
    "green": {"zh": "绿色", "en": "green"},
}
WORDS = {
    "gdp": {"label": {"zh": "产出", "en": "output"}, "unit": "%"},
    "rd": {"label": {"zh": "研发", "en": "research"}, "unit": "%"},
    "air": {"label": {"zh": "空气", "en": "air"}, "unit": "%"},
}
TREE = {"index": {"growth": ["gdp", "rd"], "green": ["air"]}}
CELL = st.one_of(st.integers(0, 9).map(float), st.none())
ROW = st.lists(CELL, min_size=4, max_size=4).filter(lambda row: len({x for x in row if x is not None}) > 1)


@pytest.fixture(scope="module")
def scores(make_scores):
    figures = {"gdp": [4, 8, 6, 5], "rd": [1, None, 3, 2], "air": [9, 1, 5, 5]}
    steps = [{"impute": {"method": "median"}}, {"normalise": {"to": [0, 100]}}]
    return make_scores(figures, tree=TREE, labels=LABELS, indicators=WORDS, steps=steps, rank={"draws": 200})


@pytest.fixture(scope="module")
def region(make_region):
    return make_region("ABCD")


def test_a_node_is_described_by_hand(scores, region):
    # growth of B: gdp 100, rd 50 imputed; mean of gdp 43.75, of rd 50. Its half of the index: 37.5 of 37.5.
    found = describe_city(scores, code="B", node="growth", region=region)

    assert found.en == (
        "In 2021 City B scores 75.0 for growth, number 1 of 4 (tied with 1 more). What lifts it most is output (100.0, "
        "number 1). Missing and imputed: research. It adds 37.5 points to the index, 100% of it."
    )
    assert found.zh == (
        "B市2021年“增长”得 75.0 分，在 4 个地区中列第 1（与另 1 个地区并列）。"
        "拉高得分最多的是“产出”（100.0 分，第 1）。缺数而插补的有：研发。它为“总”贡献 37.5 分，占 100%。"
    )


def test_the_interval_stands_beside_the_rank(scores, region):
    ranking = rank(scores.contest, scores=scores, seed=1)
    row = scores.codes.index("C")

    found = describe(scores, code="C", node="index", region=region, lang="en", ranking=ranking)

    low, high = ranking.low[row], ranking.high[row]
    span = f"with a 90% interval from {low} to {high}" if low < high else "the 90% interval holds that rank alone"
    assert span in found


def test_an_indicator_is_described_with_figure_and_scale(scores, region):
    found = describe(scores, code="A", node="gdp", region=region, lang="en")

    assert "Its figure is 4%." in found
    assert "Scaled by this period's smallest and largest figure: 4 gives 0, 8 gives 100." in found
    assert found.endswith("It adds 0.0 points to the index, 0% of it.")


def test_what_was_dropped_says_why(make_scores, region):
    figures = {"gdp": [1, 2, 3, 4], "rd": [7, 7, 7, 7], "air": [1, None, None, None]}
    steps = [{"screen": {"coverage": 0.5}}]
    scores = make_scores(figures, tree=TREE, labels=LABELS, indicators=WORDS, steps=steps)

    assert describe(scores, code="A", node="green", region=region, lang="en").startswith(
        "green of City A does not count:"
    )
    assert "Not counted for any city: research, air." in describe(
        scores, code="A", node="index", region=region, lang="en"
    )


def test_joint_items_are_counted(make_contest, make_panel, make_region, make_item):
    contest = make_contest({"index": ["joint"]}, {"joint": {"measure": {"register": {"points": {"completed": 1}}}}})
    scores = score(contest, panel=make_panel({}), items=[make_item("road", "A", "B"), make_item("bus", "A", "C")],
                   region=make_region("ABCD"), period=Period.of(2021))  # fmt: skip

    assert "2 joint items earn points." in describe(
        scores, code="A", node="joint", region=make_region("ABCD"), lang="en"
    )


@pytest.mark.parametrize(
    ("code", "node", "fault"), [("A", "grwth", "node-unknown"), ("Z", "index", "jurisdiction-unknown")]
)
def test_unknown_cities_and_nodes_are_refused(scores, region, code, node, fault):
    with pytest.raises(DataError) as caught:
        describe(scores, code=code, node=node, region=region, lang="zh")

    assert [p.code for p in caught.value.problems] == [fault]


@pytest.mark.parametrize("word", ["B", " b市 ", "City B", "city b"])
def test_a_city_is_found_by_what_people_type(region, word):
    assert find_city(word, region=region, codes=tuple("ABCD")) == "B"


def test_a_name_without_its_ending_is_enough_unless_two_have_it():
    names = {"1": "太原市", "2": "大同市", "3": "大同县"}
    region = Region(tuple(Jurisdiction(code, Text(name, code), "prefecture") for code, name in names.items()))

    assert find_city("太原", region=region, codes=tuple(names)) == "1"
    for word, nearest in (("大同", "大同市 / 2 2; 大同县 / 3 3"), ("太厚市", "太原市 / 1 1")):
        with pytest.raises(DataError) as caught:
            find_city(word, region=region, codes=tuple(names))
        assert f"最接近的是 {nearest}。" in caught.value.problems[0].text("zh")


@settings(max_examples=20, deadline=None)
@given(
    st.fixed_dictionaries({"gdp": ROW, "rd": ROW, "air": ROW}), st.sampled_from(["arithmetic", "geometric", "topsis"])
)
def test_every_city_and_node_can_be_told_in_both_languages(make_scores, make_region, table, mean):
    scores = make_scores(table, tree=TREE, steps=[{"aggregate": {"default": mean}}])

    for code, node in product(scores.codes, scores.nodes):
        found = describe_city(scores, code=code, node=node, region=make_region("ABCD"))
        assert found.zh.endswith("。")
        assert found.en.endswith(".")
        assert "nan" not in found.en + found.zh
        assert "None" not in found.en + found.zh

from jinghe.contest.aggregate import AGGREGATIONS
from jinghe.contest.audit.names import AGGREGATES, CREDITS, SCALES, TREATMENTS, name_choice, name_option
from jinghe.contest.credit_rule import RULES
from jinghe.contest.normalise import NORMALISATIONS
from jinghe.contest.treat import TRANSFORMS
from jinghe.labels import Text


def test_every_method_has_a_name():
    assert set(SCALES) == set(NORMALISATIONS)
    assert set(AGGREGATES) == set(AGGREGATIONS)
    assert set(CREDITS) == set(RULES)
    assert set(TRANSFORMS) <= set(TREATMENTS)


def test_a_path_or_option_without_words_shows_itself():
    assert name_choice("contest.indicators.x").zh == "contest.indicators.x"
    assert name_option(5).en == "5"
    assert name_option("rank").zh == "名次"


def test_a_setting_is_named_by_its_step_and_whom_it_is_for():
    names = {"index": Text("综合指数", "Index"), "growth": Text("增长", "Growth")}

    def label(node):
        return names.get(node, Text.of(node))

    assert name_choice("contest.steps[aggregate].index", label) == Text("合成方式（综合指数）", "the aggregate (Index)")
    assert name_choice("contest.weights (index, growth)", label).zh == "权重（综合指数、增长）"
    assert name_choice("contest.steps[treat].winsor_max", label).en == "the treatment of outliers (winsor_max)"
    assert name_option({"rule": "both", "count_share": 1}).zh == "各方都计，count_share 1"

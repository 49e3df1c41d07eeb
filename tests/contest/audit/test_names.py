from jinghe.contest.aggregate import AGGREGATIONS
from jinghe.contest.audit.names import AGGREGATES, SCALES, TREATMENTS, name_choice, name_option
from jinghe.contest.normalise import NORMALISATIONS
from jinghe.contest.treat import TRANSFORMS


def test_every_method_has_a_name():
    assert set(SCALES) == set(NORMALISATIONS)
    assert set(AGGREGATES) == set(AGGREGATIONS)
    assert set(TRANSFORMS) <= set(TREATMENTS)


def test_a_path_or_option_without_words_shows_itself():
    assert name_choice("contest.steps[screen].coverage").zh == "contest.steps[screen].coverage"
    assert name_option(5).en == "5"
    assert name_option("rank").zh == "名次"

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.standards.similarity import encode_titles, find_mutual_best, find_similar, strip_title


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("评价与改进标准", "评价与改进"),
        ("节约型机关建设规范", "节约型机关建设"),
        ("标准化导则", "标准化导则"),
        ("标准", "标准"),
        ("５Ｓ管理标准", "5s管理"),
        ("Office  Space Standards", "office space"),
    ],
)
def test_a_title_is_reduced_to_what_it_is_about(title, left):
    assert left == strip_title(title)


@pytest.mark.slow
def test_weights_equal_those_of_scikit_learn(printed):
    text = pytest.importorskip("sklearn.feature_extraction.text")
    titles = [[strip_title(item.title.zh) for item in catalogue.items] for catalogue in printed]
    peer = text.TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit(titles[0] + titles[1])

    a, b = encode_titles(*titles)

    expected = (peer.transform(titles[0]) @ peer.transform(titles[1]).T).toarray()
    np.testing.assert_allclose((a @ b.T).toarray(), expected, atol=1e-12)


words = st.lists(st.text("机关事务用车管理标准", max_size=6), min_size=1, max_size=8)


@given(words, words, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_of_the_titles(one, two, random):
    def found(first, second):
        pairs = find_mutual_best(*encode_titles(first, second), threshold=0.2)
        return sorted((first[i], second[j], round(cosine, 9)) for i, j, cosine in pairs)

    shuffled = random.sample(one, len(one)), random.sample(two, len(two))

    assert found(one, two) == found(*shuffled)
    assert all(cosine <= 1 + 1e-9 for *_, cosine in found(one, two))


def test_ties_are_all_returned():
    a, b = encode_titles(["公务用车", "公务用车"], ["公务用车标准"])

    assert [(0, 0, 1.0), (1, 0, 1.0)] == [tuple(pair) for pair in find_mutual_best(a, b, threshold=0.5)]


def test_titles_of_no_letters_and_empty_lists_match_nothing():
    assert () == find_mutual_best(*encode_titles([" "], ["甲"]), threshold=0.1)
    assert () == find_mutual_best(*encode_titles([], ["甲"]), threshold=0.1)
    assert () == find_similar(encode_titles([], [])[0], threshold=0.1)


def test_similar_titles_of_one_list_come_in_pairs():
    assert [(0, 2)] == [
        pair[:2] for pair in find_similar(encode_titles(["甲乙", "丙丁", "甲乙标准"], [])[0], threshold=0.9)
    ]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError, problem
from jinghe.recalc.read import read_claim, read_claims


def entry(**more):
    return {
        "claim": {"id": "c", "test": "t_ind", **more.pop("claim", {})},
        "groups": [
            {"name": "a", "n": 284, "mean": "4.54", "sd": "0.68"},
            {"name": "b", "n": 2122, "mean": "4.48", "sd": "0.77"},
        ],
        "reported": {"t": "1.50", "p": "0.14"},
        **more,
    }


def faults(tree):
    with pytest.raises(DataError) as refusal:
        read_claims(tree)
    for item in refusal.value.problems:
        assert item.text("zh") != item.text("en")
    return [(item.code, item.place.path) for item in refusal.value.problems]


def test_the_shape_of_the_reference_is_read():
    found = read_claim(entry(claim={"tails": 2, "items": 1, "range": [1, 5], "place": {"zh": "表4", "en": "Table 4"}}))

    assert (2, 1, (1, 5), "表4", "1.50") == (
        found.tails,
        found.items,
        found.scale,
        found.place.zh,
        found.statistic.text,
    )
    assert [284, 2122] == [group.n for group in found.groups]


@pytest.mark.parametrize(
    ("more", "code", "path"),
    [
        ({"reported": {"t": 1.5}}, "claim-number-unquoted", "claims[c].reported.t"),
        ({"reported": {"t": "1.50", "p": "o.14"}}, "claim-p-unreadable", "claims[c].reported.p"),
        ({"reported": {"T": "1.50"}}, "claim-key-unknown", "claims[c].reported.T"),
        (
            {"groups": [{"name": "a", "mean": "4", "sd": "1"}, {"name": "b"}]},
            "claim-sd-homeless",
            "claims[c].groups[0].sd",
        ),
        ({"groups": [{"name": "a", "n": 3, "sd": "-1"}, {"name": "b"}]}, "claim-sd-negative", "claims[c].groups[0].sd"),
        ({"groups": [{"name": "a", "n": 1, "sd": "1"}, {"name": "b"}]}, "claim-n-small", "claims[c].groups[0].n"),
        ({"groups": [{"name": "a"}]}, "claim-groups", "claims[c].groups"),
        ({"groups": {"name": "a"}}, "claim-shape", "claims[c].groups"),
        ({"claim": {"test": "anova"}}, "claim-choice-unknown", "claims[c].claim.test"),
        ({"claim": {"items": 0}}, "claim-n-small", "claims[c].claim.items"),
        ({"claim": {"test": "F"}, "reported": {"F": "-1"}}, "claim-statistic-range", "claims[c].reported.F"),
        ({"claim": {"test": "r"}, "reported": {"r": "1.2"}}, "claim-statistic-range", "claims[c].reported.r"),
        (
            {"posthoc": [{"less": "x", "than": "a", "significant": True}]},
            "claim-phase-unknown",
            "claims[c].posthoc[0].less",
        ),
        ({"posthoc": [{"less": "a", "than": "b"}]}, "claim-key-missing", "claims[c].posthoc[0]"),
    ],
)
def test_every_fault_is_told_at_its_place(more, code, path):
    assert (code, path) in faults({"claims": [entry(**more)]})


def test_a_share_above_one_is_refused():
    tree = {"claim": {"id": "s", "test": "share", "n": 10}, "groups": [{"name": "a", "share": "120%"}]}

    assert [("share-range", "claims[s].groups[0].share")] == faults({"claims": [tree]})


def test_all_faults_come_at_once_and_ids_name_one_claim():
    broken = entry(reported={"t": 1.5, "p": "?"})

    assert 2 == len(faults({"claims": [broken]}))
    assert [("claim-repeated", "claims[c]")] == faults({"claims": [entry(), entry()]})


def test_claims_cite_a_listed_source():
    sources = {"s": {"title": "T", "kind": "paper"}}

    assert "s" == read_claims({"sources": sources, "claims": [entry(claim={"source": "s"})]})[0].source
    assert [("claim-source-unknown", "claims[c].claim.source")] == faults(
        {"sources": sources, "claims": [entry(claim={"source": "q"})]}
    )


@pytest.mark.parametrize("tree", [{}, None, {"claims": []}, {"claims": {}}, [1]])
def test_a_file_without_claims_says_so(tree):
    assert "claims-missing" in [code for code, _ in faults(tree)]


TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats()
    | st.text(max_size=3)
    | st.sampled_from(["t", "1.5", "0.05"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["claim", "groups", "reported", "posthoc", "id", "test", "t", "p", "df", "n", "mean", "sd"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.slow
@given(TREES, st.sampled_from(["t", "t_ind", "f_rm", "means", "binary", "share", "sum", "order"]))
def test_no_tree_whatever_ends_in_a_traceback(answers, tree, test):
    spoilt = {"claim": {"id": "c", "test": test}, "groups": [tree, tree], "reported": tree}

    for shape in (
        spoilt,
        tree,
        entry(groups=tree),
        entry(reported=tree),
        entry(claim={"levels": tree, "assumed": tree}),
    ):
        answers(lambda shape=shape: read_claims({"claims": [shape]}))


def test_messages_of_the_room_have_both_languages():
    assert "SD" in problem("claim-sd-homeless", found="1.0").text("en")

from jinghe.contest.audit.finding import STEPS, VERDICTS, list_labels, make_finding, percent
from jinghe.labels import Text

WORDS = Text("所见", "seen")


def test_the_gravest_sentence_decides():
    assert make_finding(1, [("ok", WORDS), None]).verdict == "ok"
    assert make_finding(1, [("ok", WORDS), ("look", WORDS)]).verdict == "look"
    assert make_finding(1, [("missing", WORDS), ("look", WORDS)]).verdict == "missing"
    assert make_finding(1, [], n=3).numbers == {"n": 3}


def test_there_are_ten_steps_and_three_verdicts_in_both_languages():
    assert len(STEPS) == 10
    assert set(VERDICTS) == {"ok", "look", "missing"}
    assert all(text.zh != text.en for text in (*STEPS, *VERDICTS.values()))


def test_long_lists_are_cut_and_counted():
    labels = [Text(f"项{k}", f"item {k}") for k in range(10)]

    _, words = list_labels(Text("有", "These"), labels)

    assert words.zh.endswith("项7等 10 项。")
    assert words.en.endswith("item 7 and 2 more.")
    assert list_labels(WORDS, []) is None


def test_shares_are_written_without_digits():
    assert percent(0.654) == "65%"

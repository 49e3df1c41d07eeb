"""Opinions as a section."""

from jinghe.consensus import find_consensus, read_votes
from jinghe.evidence.opinions import show_consensus


def test_agreed_and_divisive_statements_are_told_apart(tmp_path):
    rows = [("s1", place, f"{place}{n}", "agree") for place in "ab" for n in range(20)]
    rows += [("s2", "a", f"a{n}", "agree") for n in range(20)] + [("s2", "b", f"b{n}", "disagree") for n in range(20)]
    path = tmp_path / "votes.csv"
    path.write_text("statement,jurisdiction,member,vote\n" + "\n".join(map(",".join, rows)) + "\n", encoding="utf-8")

    section = show_consensus(find_consensus(read_votes(path)))
    assert [("s1", "agreed everywhere"), ("s2", "divisive")] == [(r[0], r[1].en) for r in section.tables[0].rows]
    assert (1.0, 0.0) == section.tables[0].rows[1][4:]

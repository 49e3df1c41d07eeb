"""Published statistics of a case."""

from jinghe.evidence.claims import find_verdicts, show_verdicts


def test_the_table_that_contradicts_itself_is_marked(chuanyu):
    section = show_verdicts(find_verdicts(chuanyu))

    rows = {row[0].en: row for row in section.tables[0].rows}
    assert ("✗ inconsistent", "yes") == tuple(
        cell.en for cell in rows["Table 3, three phases of joint standardisation"][1:3]
    )
    assert "" == rows["Table 4, necessity"][2]
    assert "2 inconsistent, 1 conditionally consistent" in section.lead.en


def test_a_case_without_claims_has_no_verdicts(toy):
    assert () == find_verdicts(toy)

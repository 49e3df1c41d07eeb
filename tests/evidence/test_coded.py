"""Coded documents of a case."""

import pytest

from jinghe.coding import parse_qdc, parse_qdpx
from jinghe.errors import RuleError
from jinghe.evidence.coded import export_coding, find_coding, has_coding, show_coding


@pytest.fixture(scope="module")
def coded(yuqian):
    return find_coding(yuqian, seed=1)


def test_every_passage_is_an_item_of_the_register(yuqian, coded):
    texts = [document.text for document in coded.documents]

    assert len(yuqian.items) == len(coded.segments)
    assert [] == [item.id for item in yuqian.items if not any(item.title.zh in text for text in texts)]


def test_the_section_shows_agreement_beside_its_interval_and_quotes_with_their_place(coded):
    section = show_coding(coded)

    tables = {table.id: table for table in section.tables}
    assert {"agreement", "profile", "quotes"} == set(tables)
    assert {"observed agreement", "Krippendorff's α", "Gwet's AC1"} <= {c.label.en for c in tables["agreement"].columns}
    assert all(row[2].zh for row in tables["quotes"].rows)
    assert section.notes, "who coded must be said"


def test_the_export_is_read_back(yuqian, coded):
    book = parse_qdc(export_coding(yuqian, kind=".qdc"))
    project = parse_qdpx(export_coding(yuqian, kind=".qdpx"))

    assert len(coded.codebook.codes) == len(book.codes)
    assert len(coded.codings) == len(project.spans)


def test_what_cannot_be_exported_or_found_is_refused_in_words(yuqian, toy):
    with pytest.raises(RuleError, match=r"The file's suffix is “\.docx”"):
        export_coding(yuqian, kind=".docx")
    assert not has_coding(toy)
    with pytest.raises(RuleError) as caught:
        find_coding(toy, seed=1)
    assert 4 == len(caught.value.problems)


def test_a_warning_is_told_once_below_the_table_and_marked_in_its_rows(coded):
    table = show_coding(coded).tables[0]

    assert 1 == sum("κ paradox" in note.en for note in table.notes)
    assert {"[1]", " "} == {row[-1] for row in table.rows}


def test_codes_in_dispute_are_not_called_unused(coded):
    assert "disputed and not ruled on" in show_coding(coded).tables[1].method.en

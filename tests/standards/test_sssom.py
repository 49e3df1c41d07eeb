from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.errors import DataError
from jinghe.standards import Crosswalk, Match, format_sssom, parse_sssom, read_sssom, write_sssom
from jinghe.standards.sssom import REQUIRED

# In the canonical form of the specification: quotes only where needed, an extension slot with its definition.
HEAD = "subject_id\tpredicate_id\tobject_id\tmapping_justification\t"
QUOTED = (
    "#curie_map:\n#  a: urn:a:\n#  b: urn:b:\n#mapping_set_id: urn:quoted\n"
    f"{HEAD}confidence\tcomment\n"
    'a:1\tskos:exactMatch\tb:1\tsemapv:ManualMappingCuration\t0.95\t"原文作""导则"""\n'
    "a:2\tskos:closeMatch\tb:2\tsemapv:ManualMappingCuration\t1\t\n"
)
EXTENDED = (
    "# curie_map:\n#   a: urn:a:\n# extension_definitions:\n#   - slot_name: qualifier\n#     property: a:qualifier\n"
    f"{HEAD}qualifier\n"
    "a:1\tskos:closeMatch\ta:2\tsemapv:ManualMappingCuration\thas-requirement\n"
)


def test_the_crosswalk_of_the_case_comes_back_byte_for_byte(folder, tmp_path):
    source = folder / "crosswalk.sssom.tsv"

    write_sssom(read_sssom(source), tmp_path / "out.sssom.tsv")

    assert source.read_bytes() == (tmp_path / "out.sssom.tsv").read_bytes()


@pytest.mark.parametrize("text", [QUOTED, EXTENDED])
def test_canonical_files_come_back_byte_for_byte(text):
    assert text == format_sssom(parse_sssom(text))


cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
extra = st.lists(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), max_size=3, unique=True)


@given(data=st.data(), names=extra, header=st.lists(st.from_regex(r"#[^\r\n]*", fullmatch=True), max_size=3))
def test_any_crosswalk_comes_back_byte_for_byte(data, names, header):
    columns = (*REQUIRED, *(name for name in names if name not in REQUIRED))
    rows = data.draw(st.lists(st.lists(cells, min_size=len(columns), max_size=len(columns)), max_size=4))
    matches = [Match({k: v for k, v in zip(columns, row, strict=True) if v}) for row in rows]
    crosswalk = Crosswalk(tuple(header), columns, tuple(matches))

    text = format_sssom(crosswalk)

    assert crosswalk == parse_sssom(text)
    assert text == format_sssom(parse_sssom(text))


def test_needless_quotes_carriage_returns_and_a_byte_order_mark_are_dropped(tmp_path):
    plain = "subject_id\tpredicate_id\tobject_id\tmapping_justification\na:1\tp\tb:1\tj\n"
    file = tmp_path / "a.tsv"
    file.write_bytes(b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").replace("a:1", '"a:1"').encode())

    assert plain == format_sssom(read_sssom(file))


def test_a_row_knows_its_line():
    assert [6, 7] == [match.line for match in parse_sssom(QUOTED).matches]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("subject_id\tpredicate_id\tobject_id\na\tb\tc\n", "column-missing"),
        ("\t".join(REQUIRED) + "\na\tb\tc\td\te\n", "row-long"),
        ("\t".join(REQUIRED) + '\na\tb\tc\t"d\n', "table-broken"),
        ("\t".join((*REQUIRED, "subject_id")) + "\n", "column-repeated"),
        ("", "column-missing"),
    ],
)
def test_what_is_no_sssom_table_is_refused(text, code):
    with pytest.raises(DataError) as caught:
        parse_sssom(text, file="a.sssom.tsv")

    assert code == caught.value.problems[0].code
    assert "a.sssom.tsv" == caught.value.problems[0].place.file


def test_a_missing_file_and_another_encoding_are_refused(tmp_path):
    (tmp_path / "gbk.tsv").write_bytes("术语标准".encode("gb18030"))

    for name, code in (("none.tsv", "file-missing"), ("gbk.tsv", "file-encoding")):
        with pytest.raises(DataError) as caught:
            read_sssom(tmp_path / name)
        assert code == caught.value.problems[0].code

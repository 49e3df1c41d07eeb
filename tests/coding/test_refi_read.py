from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinghe.coding import (
    Code,
    Codebook,
    Document,
    format_qdc,
    format_qdpx,
    lay,
    parse_qdc,
    parse_qdpx,
    read_qdc,
    read_qdpx,
    split,
)
from jinghe.coding.record import Coding
from jinghe.errors import DataError
from jinghe.labels import Text

NS = "urn:QDA-XML:project:1.0"
CODES = '<CodeBook><Codes><Code guid="G1" name="Local protection" isCodable="true"/></Codes></CodeBook>'


def pack(qde, **texts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("project.qde", qde)
        for name, text in texts.items():
            archive.writestr(f"sources/{name}.txt", text)
    return buffer.getvalue()


def foreign(inner, head=CODES):
    return f'<?xml version="1.0"?><Project xmlns="{NS}" name="p" origin="X">{head}<Sources>{inner}</Sources></Project>'


def fault(work, data):
    with pytest.raises(DataError) as caught:
        work(data)
    assert all(one.text("zh") and one.text("en") for one in caught.value.problems)
    return [one.code for one in caught.value.problems]


def test_our_codebook_comes_back(codebook, tmp_path):
    (tmp_path / "b.qdc").write_bytes(format_qdc(codebook))

    found = read_qdc(tmp_path / "b.qdc")

    def shape(book):
        return [(code.id, code.name.zh, code.parent, code.codable, code.colour) for code in book.codes]

    assert shape(codebook) == shape(found)


def test_our_project_comes_back(codebook, documents, segments, codings, tmp_path):
    data = format_qdpx(codebook, documents=documents, segments=segments, codings=codings)
    (tmp_path / "p.qdpx").write_bytes(data)

    found = read_qdpx(tmp_path / "p.qdpx")

    homes = {document.title.zh: document.id for document in found.documents}
    assert [document.text for document in documents] == [document.text for document in found.documents]
    assert [document.attributes for document in documents] == [document.attributes for document in found.documents]
    back = [segment for document in documents for segment in split(document)]
    again, lost = lay(found.spans, segments=[s for d in found.documents for s in split(d)])
    assert () == lost
    assert {(c.coder, c.segment[-4:], c.code) for c in codings} == {(c.coder, c.segment[-4:], c.code) for c in again}
    assert len(back) == 5
    assert set(homes) == {"访谈d1", "访谈d2"}


ids = st.lists(st.from_regex(r"[A-Z][0-9]{1,3}", fullmatch=True), min_size=1, max_size=6, unique=True)
letters = st.text(st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x2FFFF), min_size=1, max_size=30)


@given(ids, letters, st.data())
def test_any_coded_text_comes_back_at_its_places(names, text, data):
    book = Codebook("b", Text("本", "B"), tuple(Code(name, Text(f"名{name}", name)) for name in names))
    document = Document("d", Text("题", "T"), text)
    segments = split(document)
    codings = [Coding("甲", s.id, data.draw(st.sampled_from(names))) for s in segments]

    found = parse_qdpx(format_qdpx(book, documents=[document], segments=segments, codings=codings))

    expected = [(s.start, s.end, c.code) for s, c in zip(segments, codings, strict=True)]
    assert expected == [(span.start, span.end, span.code) for span in found.spans]
    assert text == found.documents[0].text


def test_a_project_of_another_program_is_read():
    inner = (
        '<TextSource guid="S1" name="i.txt" plainTextPath="internal://S1.txt">'
        '<PlainTextSelection guid="P" startPosition="0" endPosition="2" creatingUser="U">'
        '<Coding guid="K"><CodeRef targetGUID="G1"/></Coding></PlainTextSelection></TextSource>'
        '<PictureSource guid="S2" path="internal://a.png"/>'
    )
    users = '<Users><User guid="U" name="ann"/></Users>'

    found = parse_qdpx(pack(foreign(inner, users + CODES), s1="甲乙丙"))

    (span,) = found.spans
    assert ("ann", 0, 2, "Local-protection") == (span.coder, span.start, span.end, span.code)
    assert ("PictureSource",) == found.left_out


def test_names_used_twice_are_numbered():
    codes = "".join(f'<Code guid="G{k}" name="trust" isCodable="true"/>' for k in range(3))
    data = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{codes}</Codes></CodeBook>'

    assert ["trust", "trust-2", "trust-3"] == [code.id for code in parse_qdc(data.encode()).codes]


SELECTION = (
    '<PlainTextSelection guid="P" startPosition="{}" endPosition="{}"><Coding guid="K"><CodeRef targetGUID="{}"/>'
    "</Coding></PlainTextSelection>"
)


def source(selection):
    return foreign(f'<TextSource guid="S" name="i"><PlainTextContent>甲乙</PlainTextContent>{selection}</TextSource>')


@pytest.mark.parametrize(
    ("qde", "code"),
    [
        (source(SELECTION.format(0, 9, "G1")), "refi-selection"),
        (source(SELECTION.format(1, 1, "G1")), "refi-selection"),
        (source(SELECTION.format("x", 1, "G1")), "refi-selection"),
        (source(SELECTION.format(0, 1, "G9")), "refi-code"),
        (foreign('<TextSource guid="S" plainTextPath="internal://none.txt"/>'), "refi-text"),
        (foreign("", CODES.replace('name="Local protection"', "")), "refi-code"),
        ("<Project", "refi-xml"),
        ("<Other/>", "refi-root"),
        ('<!DOCTYPE p [<!ENTITY a "b">]><Project>&a;</Project>', "refi-xml"),
    ],
)
def test_a_faulty_project_is_refused_in_words(qde, code):
    assert [code] == fault(parse_qdpx, pack(qde))


def test_a_text_in_another_encoding_is_refused():
    qde = foreign('<TextSource guid="S" plainTextPath="internal://S.txt"/>')

    assert ["file-encoding"] == fault(parse_qdpx, pack(qde, s="甲乙".encode("gb18030")))


def test_what_is_no_archive_is_refused(tmp_path, monkeypatch):
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "x")

    assert ["refi-archive"] == fault(parse_qdpx, b"no zip")
    assert ["refi-archive"] == fault(parse_qdpx, empty.getvalue())
    assert ["refi-xml"] == fault(parse_qdc, b"")
    assert ["refi-root"] == fault(parse_qdc, b"<CodeBook/>")
    assert ["file-missing"] == fault(read_qdc, tmp_path / "none.qdc")
    monkeypatch.setattr("jinghe.coding.refi_read.LARGEST", 10)
    assert ["refi-large"] == fault(parse_qdpx, pack(source("")))

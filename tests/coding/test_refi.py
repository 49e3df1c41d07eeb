from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from defusedxml.ElementTree import fromstring

from jinghe.coding import Code, Codebook, format_qdc, format_qdpx
from jinghe.coding.refi import guid
from jinghe.errors import DataError
from jinghe.labels import Text

GUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
# Children in the order of REFI-QDA's Project.xsd, as far as we write them.
ORDER = {
    "Project": ["Users", "CodeBook", "Variables", "Sources"],
    "Code": ["Description", "Code"],
    "TextSource": ["PlainTextSelection", "VariableValue"],
    "PlainTextSelection": ["Coding"],
    "Coding": ["CodeRef"],
    "VariableValue": ["VariableRef", "TextValue"],
}


@pytest.fixture(scope="module")
def archive(codebook, documents, segments, codings):
    return format_qdpx(codebook, documents=documents, segments=segments, codings=codings)


def project(archive):
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return fromstring(opened.read("project.qde")), {name: opened.read(name).decode() for name in opened.namelist()}


def name(element):
    return element.tag.partition("}")[2]


def test_the_codebook_is_nested_in_the_published_namespace(codebook):
    root = fromstring(format_qdc(codebook))

    assert "{urn:QDA-XML:codebook:1.0}CodeBook" == root.tag
    (codes,) = list(root)
    assert ["C 共识", "O 组织", "A 行动", "B 障碍"] == [code.get("name") for code in codes]
    assert ["false"] * 4 == [code.get("isCodable") for code in codes]
    assert 20 == len({code.get("guid") for code in root.iter("{urn:QDA-XML:codebook:1.0}Code")})


def test_names_may_be_english(codebook):
    first = next(fromstring(format_qdc(codebook, lang="en")).iter("{urn:QDA-XML:codebook:1.0}Code"))

    assert "C Consensus" == first.get("name")
    assert "共识" == first[0].text


def test_elements_stand_in_the_order_of_the_schema(archive):
    for element in project(archive)[0].iter():
        places = [ORDER[name(element)].index(name(child)) for child in element if name(element) in ORDER]
        assert sorted(places) == places


def test_references_lead_to_what_is_declared(archive):
    root, files = project(archive)
    given = {element.get("guid") for element in root.iter() if element.get("guid")}
    wanted = {element.get(key) for element in root.iter() for key in ("targetGUID", "creatingUser") if element.get(key)}

    assert wanted <= given
    assert all(GUID.fullmatch(one) for one in given)
    assert len(given) == sum(1 for element in root.iter() if element.get("guid"))
    paths = [source.get("plainTextPath") for source in root.iter("{urn:QDA-XML:project:1.0}TextSource")]
    assert {path.replace("internal://", "Sources/") for path in paths} == set(files) - {"project.qde"}


def test_selections_point_at_the_coded_words(archive, documents):
    root, files = project(archive)
    source = next(root.iter("{urn:QDA-XML:project:1.0}TextSource"))
    text = files[source.get("plainTextPath").replace("internal://", "Sources/")]

    words = [text[int(s.get("startPosition")) : int(s.get("endPosition"))] for s in source if s.get("startPosition")]

    assert text == documents[0].text
    assert ["两地都要落实国家规划。", "为此建立了联席会议。", "区县之间平等协商。"] == words


def test_the_same_project_gives_the_same_bytes(archive, codebook, documents, segments, codings):
    assert archive == format_qdpx(codebook, documents=documents, segments=segments, codings=codings)
    assert guid("code", "C1") != guid("user", "C1")


def test_a_character_that_xml_cannot_carry_is_refused(codebook):
    wrong = replace(codebook, codes=(Code("C", Text("共\x01识", "C")),))

    with pytest.raises(DataError) as caught:
        format_qdc(wrong)

    assert "refi-character" == caught.value.problems[0].code


def test_an_empty_project_is_still_one():
    book = Codebook("b", Text("本", "B"), (Code("C", Text("共识", "C")),))

    root, files = project(format_qdpx(book, documents=[], segments=[], codings=[]))

    assert ["CodeBook"] == [name(child) for child in root]
    assert ["project.qde"] == list(files)

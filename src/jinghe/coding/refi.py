"""REFI-QDA out (导出交换文件): the codebook as .qdc, the whole project as .qdpx.

Source: REFI-QDA 1.0, Codebook.xsd and Project.xsd (2019). Ids become GUIDs by name (UUID 5), dates are left out, and
the archive carries no time, so that the same project gives the same bytes. Positions count Unicode code points from 0,
the end is the first character after.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from jinghe.coding.codebook import Code, Codebook
from jinghe.coding.document import Document, Segment
from jinghe.coding.record import Coding
from jinghe.errors import DataError, problem

__all__ = ["CODEBOOK_NAMESPACE", "ORIGIN", "PROJECT_NAMESPACE", "format_qdc", "format_qdpx", "guid"]

CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "jinghe"
PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
_NAMESPACE = uuid.UUID("6f6f2f0e-6f0a-5b0e-9d0c-6a696e676865")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time an archive can carry


def guid(kind: str, name: str) -> str:
    """Name a thing for good: the same kind and name give the same GUID.

    >>> guid("code", "C1") == guid("code", "C1") != guid("user", "C1")
    True
    """
    return str(uuid.uuid5(_NAMESPACE, f"{kind}:{name}")).upper()


def format_qdc(codebook: Codebook, *, lang: str = "zh") -> bytes:
    """Write a codebook as REFI-QDA XML: `id name`, the other language and the description below it, levels nested.

    Raises DataError when a name holds a character that XML cannot carry.
    """
    root = ET.Element("CodeBook", {"xmlns": CODEBOOK_NAMESPACE, "origin": ORIGIN})
    _add_codes(ET.SubElement(root, "Codes"), codebook, lang)
    return _write(root)


def format_qdpx(
    codebook: Codebook,
    *,
    documents: Sequence[Document],
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    lang: str = "zh",
) -> bytes:
    """Write codebook, documents with their attributes, coded segments and coders as one .qdpx archive.

    Args:
        codebook: every code that the codings use.
        documents: their texts go into `Sources/` beside `project.qde`.
        segments: positions of what was coded.
        codings: of one or several coders; adjudicated codings may go under a name of their own.
        lang: the language of names.
    Returns:
        The archive, the same bytes for the same project.
    Raises:
        DataError: a name holds a character that XML cannot carry.
    """
    names = {"xmlns": PROJECT_NAMESPACE, "name": codebook.title.get(lang), "origin": ORIGIN}
    root = ET.Element("Project", names)
    coders = sorted({coding.coder for coding in codings})
    if coders:
        users = ET.SubElement(root, "Users")
        for coder in coders:
            ET.SubElement(users, "User", {"guid": guid("user", coder), "name": coder})
    _add_codes(ET.SubElement(ET.SubElement(root, "CodeBook"), "Codes"), codebook, lang)
    if codebook.attributes:
        variables = ET.SubElement(root, "Variables")
        for name in codebook.attributes:
            words = {"guid": guid("variable", name), "name": name, "typeOfVariable": "Text"}
            ET.SubElement(variables, "Variable", words)
    if documents:
        sources = ET.SubElement(root, "Sources")
        for document in documents:
            _add_source(sources, document, segments, codings, lang)
    files = {"project.qde": _write(root)}
    files |= {f"Sources/{guid('source', one.id)}.txt": one.text.encode() for one in documents}
    return _pack(files)


def _add_codes(parent: ET.Element, codebook: Codebook, lang: str) -> None:
    places = {"": parent}
    for code in codebook.codes:
        words = {"guid": guid("code", code.id), "name": f"{code.id} {code.name.get(lang)}"}
        words |= {"isCodable": str(code.codable).lower()} | ({"color": code.colour} if code.colour else {})
        places[code.id] = ET.SubElement(places[code.parent], "Code", words)
        if lines := _describe(code, lang):
            ET.SubElement(places[code.id], "Description").text = lines


def _describe(code: Code, lang: str) -> str:
    other = code.name.get("en" if lang == "zh" else "zh")
    said = code.description
    lines = [other if other != code.name.get(lang) else "", *((said.zh, said.en) if said else ())]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _add_source(
    parent: ET.Element, document: Document, segments: Sequence[Segment], codings: Sequence[Coding], lang: str
) -> None:
    own = guid("source", document.id)
    name = document.title.get(lang)
    source = ET.SubElement(parent, "TextSource", {"guid": own, "name": name, "plainTextPath": f"internal://{own}.txt"})
    made: Mapping[str, list[Coding]] = {one.id: [] for one in segments if one.document == document.id}
    for coding in codings:
        if coding.segment in made:
            made[coding.segment].append(coding)
    for segment in segments:
        if made.get(segment.id):
            place = {"startPosition": str(segment.start), "endPosition": str(segment.end)}
            words = {"guid": guid("selection", segment.id), "name": segment.id} | place
            selection = ET.SubElement(source, "PlainTextSelection", words)
            for coding in made[segment.id]:
                key = guid("coding", f"{coding.coder}|{coding.segment}|{coding.code}")
                mark = ET.SubElement(selection, "Coding", {"guid": key, "creatingUser": guid("user", coding.coder)})
                ET.SubElement(mark, "CodeRef", {"targetGUID": guid("code", coding.code)})
    for name, value in document.attributes.items():
        given = ET.SubElement(source, "VariableValue")
        ET.SubElement(given, "VariableRef", {"targetGUID": guid("variable", name)})
        ET.SubElement(given, "TextValue").text = value


def _write(root: ET.Element) -> bytes:
    """Write XML and read it back through the safe parser: a control character would make a file nobody can open."""
    from defusedxml.ElementTree import fromstring

    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    try:
        fromstring(data)
    except ET.ParseError as error:
        raise DataError([problem("refi-character", found=error)]) from None
    return data


def _pack(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()

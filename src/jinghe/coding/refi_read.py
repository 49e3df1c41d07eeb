"""REFI-QDA in (导入交换文件): codebooks and projects that other programs wrote, read without trust."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinghe.coding.codebook import Code, Codebook
from jinghe.coding.document import Document
from jinghe.coding.refi import CODEBOOK_NAMESPACE, ORIGIN, PROJECT_NAMESPACE
from jinghe.coding.spans import Span
from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.labels import Text

__all__ = ["LARGEST", "Project", "parse_qdc", "parse_qdpx", "read_qdc", "read_qdpx"]

LARGEST = 200 * 2**20  # bytes that an archive may unpack to


@dataclass(frozen=True, slots=True)
class Project:
    """What a .qdpx holds (交换项目): codebook, text documents, coded spans, and the kinds of sources left out."""

    codebook: Codebook
    documents: tuple[Document, ...]
    spans: tuple[Span, ...]
    left_out: tuple[str, ...] = ()


def read_qdc(path: Path) -> Codebook:
    """Read a codebook from a .qdc file. Raises DataError: see `parse_qdc`."""
    return parse_qdc(_bytes(path), file=path.name)


def read_qdpx(path: Path) -> Project:
    """Read a project from a .qdpx file. Raises DataError: see `parse_qdpx`."""
    return parse_qdpx(_bytes(path), file=path.name)


def parse_qdc(data: bytes, *, file: str = "") -> Codebook:
    """Read a codebook from REFI-QDA XML; a code's id is its name, blanks as hyphens; ours are given back as written.

    Raises DataError: no XML, entities or a DTD in it, another root, a code without GUID or name, a GUID used twice.
    """
    root = _parse(data, file)
    if root.tag != f"{{{CODEBOOK_NAMESPACE}}}CodeBook":
        raise DataError([problem("refi-root", file=file, found=root.tag, expected="CodeBook")])
    return _codebook(root, CODEBOOK_NAMESPACE, file, Text("", ""), ours=root.get("origin") == ORIGIN)[0]


def parse_qdpx(data: bytes, *, file: str = "") -> Project:
    """Read a project archive: text sources, selections and codings; pictures, sound and video are left out and named.

    Raises:
        DataError: no archive, no `project.qde`, a text that is missing, a selection outside its text, a reference to
            an unknown code; all at once.
    """
    files = _unpack(data, file)
    inner = next((name for name in files if name.lower().endswith(".qde")), None)
    if inner is None:
        raise DataError([problem("refi-archive", file=file, found=".qde")])
    root = _parse(files[inner], file)
    if root.tag != f"{{{PROJECT_NAMESPACE}}}Project":
        raise DataError([problem("refi-root", file=file, found=root.tag, expected="Project")])
    title = Text(root.get("name") or "", root.get("name") or "")
    book = root.find(_in("CodeBook"))
    codebook, ids = Codebook("", title, ()), dict[str, str]()
    if book is not None:
        codebook, ids = _codebook(book, PROJECT_NAMESPACE, file, title, ours=root.get("origin") == ORIGIN)
    people = {user.get("guid", ""): user.get("name") or user.get("guid", "") for user in root.iter(_in("User"))}
    variables = {one.get("guid", ""): one.get("name", "") for one in root.iter(_in("Variable"))}
    found: list[Problem] = []
    documents: list[Document] = []
    spans: list[Span] = []
    left: set[str] = set()
    for source in root.findall(f"{_in('Sources')}/*"):
        if source.tag != _in("TextSource"):
            left.add(source.tag.partition("}")[2])
            continue
        document = _document(source, files, variables, found)
        documents.append(document)
        spans += _spans(source, document, ids, people, found)
    if found:
        raise DataError([fault.at(file=file) for fault in found])
    return Project(codebook, tuple(documents), tuple(spans), tuple(sorted(left)))


def _document(source: Any, files: Mapping[str, bytes], variables: Mapping[str, str], found: list[Problem]) -> Document:
    own = source.get("guid") or ""
    inline = source.find(_in("PlainTextContent"))
    text = "" if inline is None else inline.text or ""
    if inline is None:
        wanted = (source.get("plainTextPath") or "").rpartition("/")[2].lower()
        data = next((body for name, body in files.items() if name.rpartition("/")[2].lower() == wanted), None)
        if data is None:
            found.append(problem("refi-text", own, found=source.get("plainTextPath") or "—"))
        else:
            text = attempt(found, _decode, data, path=own) or ""
    attributes = {}
    for given in source.findall(_in("VariableValue")):
        reference, value = given.find(_in("VariableRef")), given.find(_in("TextValue"))
        if reference is not None and value is not None and reference.get("targetGUID") in variables:
            attributes[variables[reference.get("targetGUID")]] = value.text or ""
    name = source.get("name") or own
    return Document(own, Text(name, name), text, attributes)


def _spans(
    source: Any, document: Document, ids: Mapping[str, str], people: Mapping[str, str], found: list[Problem]
) -> Iterator[Span]:
    for selection in source.findall(_in("PlainTextSelection")):
        try:
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
        except (TypeError, ValueError):
            start = end = -1
        if not 0 <= start < end <= len(document.text):
            size = len(document.text)
            found.append(problem("refi-selection", document.id, found=f"{start}–{end}", size=size))
            continue
        for coding in selection.findall(_in("Coding")):
            target = coding.find(_in("CodeRef"))
            key = (target.get("targetGUID") if target is not None else "") or ""
            user = coding.get("creatingUser") or selection.get("creatingUser") or ""
            if key not in ids:
                found.append(problem("refi-code", document.id, found=key or "—"))
            else:
                yield Span(people.get(user, user), document.id, start, end, ids[key])


def _codebook(root: Any, namespace: str, file: str, title: Text, *, ours: bool) -> tuple[Codebook, dict[str, str]]:
    found: list[Problem] = []
    ids: dict[str, str] = {}
    codes: list[Code] = []
    taken: set[str] = set()

    def walk(parent: Any, above: str) -> None:
        for one in parent.findall(f"{{{namespace}}}Code"):
            key, name = one.get("guid") or "", (one.get("name") or "").strip()
            if not key or not name or key in ids:
                found.append(problem("refi-code", name, found=key or "—"))
                continue
            own, words = _identify(name, taken, ours=ours)
            ids[key] = own
            taken.add(own)
            said = one.find(f"{{{namespace}}}Description")
            text = None if said is None or not said.text else Text(said.text, said.text)
            codable = one.get("isCodable", "true").lower() in ("true", "1")
            codes.append(Code(own, Text(words, words), above, text, codable, one.get("color") or ""))
            walk(one, own)

    for part in root.findall(f"{{{namespace}}}Codes"):
        walk(part, "")
    if found:
        raise DataError([fault.at(file=file) for fault in found])
    return Codebook(root.get("origin") or "", title, tuple(codes)), ids


def _identify(name: str, taken: set[str], *, ours: bool) -> tuple[str, str]:
    """Split our own `C1 国家战略` into id and name; elsewhere a name is its own id, numbered when taken."""
    head, _, rest = name.partition(" ")
    if ours and rest.strip() and head not in taken:
        return head, rest.strip()
    own, number = "-".join(name.split()), 2
    while own in taken:
        own, number = f"{'-'.join(name.split())}-{number}", number + 1
    return own, name


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError([problem("file-encoding", found="Sources")]) from None


def _in(name: str) -> str:
    return f"{{{PROJECT_NAMESPACE}}}{name}"


def _parse(data: bytes, file: str) -> Any:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise DataError([problem("refi-xml", file=file, found=type(error).__name__)]) from None


def _unpack(data: bytes, file: str) -> dict[str, bytes]:
    """Read every file of an archive in memory; one that would unpack to more than `LARGEST` is refused unopened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
            if size > LARGEST:
                raise DataError([problem("refi-large", file=file, found=size, limit=LARGEST)])
            return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise DataError([problem("refi-archive", file=file, found=type(error).__name__)]) from None


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise DataError([problem("file-missing", file=path.name, found=path.name)])
    return path.read_bytes()

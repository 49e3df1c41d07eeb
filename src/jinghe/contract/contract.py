"""Contracts between a principal and jurisdictions (发包): what they say, how they are read and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from jinghe.errors import CompactError, Problem, attempt, problem
from jinghe.labels import Text
from jinghe.region import Region
from jinghe.units import read_count, read_date

__all__ = ["FORMS", "Contract", "Duty", "Milestone", "check_contract", "read_contract"]

FORMS = {
    "packaged": Text("打包式", "packaged"),
    "special": Text("专项式", "special"),
    "authority": Text("权限特殊性", "special authority"),
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A cumulative count due by the end of a day (节点)."""

    id: str
    label: Text
    due: date
    count: int


@dataclass(frozen=True, slots=True)
class Duty:
    """What one party has to do (责任): `of` is the principal, the lead or a participant."""

    of: str
    text: Text


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract (发包契约) of one of three forms: packaged 打包式, special 专项式, authority 权限特殊性.

    `power`, `incentive` and `control` are its dimensions (权力、激励、内部控制), None where nothing was published.
    `count` of `unit` is the deliverable.
    """

    id: str
    form: str
    title: Text
    field: str
    lead: str
    participants: tuple[str, ...]
    principal: str
    due: date | None = None
    count: int | None = None
    unit: Text | None = None
    milestones: tuple[Milestone, ...] = ()
    power: Text | None = None
    incentive: Text | None = None
    control: Text | None = None
    source: str = ""
    begin: date | None = None
    duties: tuple[Duty, ...] = ()

    @property
    def is_implicit(self) -> bool:
        """Is there nothing to count, so that shirking cannot be seen (隐性契约)?"""
        return self.count is None and not self.milestones

    @property
    def targets(self) -> tuple[Milestone, ...]:
        """Every count with its day, in order of days: the milestones and the deliverable by the due date."""
        final = Milestone("due", Text("全部完成", "completion"), self.due or date.max, self.count or 0)
        known = any(m.due == self.due and m.count == self.count for m in self.milestones)
        whole = (final,) if self.due and self.count and not known else ()
        return tuple(sorted((*self.milestones, *whole), key=lambda m: (m.due, m.count)))

    @property
    def points(self) -> tuple[tuple[date, int], ...]:
        """The days and counts an even pace runs through: `begin` with 0, if it is known, and the targets."""
        return (*(((self.begin, 0),) if self.begin else ()), *((m.due, m.count) for m in self.targets))

    def planned(self, day: date) -> int:
        """The whole number that an even pace has reached on a day; 0 before the first point.

        Assumption: an even pace between two points. None was ever published.
        """
        for (start, low), (end, high) in pairwise(self.points):
            if start <= day < end:
                return low + (high - low) * (day - start).days // (end - start).days
        return max((count for due, count in self.points if due <= day), default=0)


def _read_codes(value: object) -> tuple[str, ...]:
    return tuple(str(code) for code in (value if isinstance(value, list | tuple) else [value]))


_Readers = Mapping[str, Callable[[Any], Any]]
_CONTRACT: _Readers = (
    dict.fromkeys(("id", "form", "field", "lead", "source"), str)
    | dict.fromkeys(("title", "power", "incentive", "control"), Text.of)
    | {"participants": _read_codes, "begin": read_date, "due": read_date}
)
_MILESTONE: _Readers = {"id": str, "label": Text.of, "due": read_date, "count": read_count}
_DUTY: _Readers = {"of": str, "text": Text.of}


def _read_cells(faults: list[Problem], tree: Any, readers: _Readers, *, path: str, required: str) -> dict[str, Any]:
    tree = tree if isinstance(tree, Mapping) else {}
    missing = [key for key in required.split() if tree.get(key) in (None, "")]
    faults += [problem("contract-incomplete", f"{path}.{key}", found=key) for key in missing]
    given = {key: read for key, read in readers.items() if tree.get(key) is not None}
    return {key: attempt(faults, read, tree[key], path=f"{path}.{key}") for key, read in given.items()}


def read_contract(tree: Mapping[str, Any], *, principal: str) -> Contract:
    """Read one item of `contracts` in `compact.yaml`.

    Raises CompactError with every value that is missing or cannot be read; whether it makes sense is for
    `check_contract`.
    """
    faults: list[Problem] = []
    path = f"contracts[{tree.get('id', '')}]"
    cells: dict[str, Any] = {"field": "", "participants": ()}
    cells |= _read_cells(faults, tree, _CONTRACT, path=path, required="id form title lead")
    if (deliverable := tree.get("deliverable")) is not None:
        readers = {"count": read_count, "unit": Text.of}
        cells |= _read_cells(faults, deliverable, readers, path=f"{path}.deliverable", required="count")
    parts = {
        key: [
            _read_cells(faults, item, readers, path=f"{path}.{key}[{number}]", required=" ".join(readers))
            for number, item in enumerate(tree.get(key) or ())
        ]
        for key, readers in (("milestones", _MILESTONE), ("duties", _DUTY))
    }
    if faults:
        raise CompactError(faults)
    milestones = tuple(Milestone(**part) for part in parts["milestones"])
    duties = tuple(Duty(**part) for part in parts["duties"])
    return Contract(**cells, milestones=milestones, duties=duties, principal=principal)


def check_contract(contract: Contract, *, region: Region) -> list[Problem]:
    """List what contradicts the form of a contract or its region; notes say what was not published."""
    path = f"contracts[{contract.id}]"
    named = (contract.lead, *contract.participants)
    faults = _check_parties(contract, region=region, path=path) + _check_days(contract, path=path)
    if contract.form not in FORMS:
        faults.append(problem("choice-unknown", f"{path}.form", found=contract.form, expected=", ".join(FORMS)))
    if contract.form == "special" and contract.milestones and contract.count is None:
        faults.append(problem("contract-deliverable", f"{path}.deliverable"))
    if contract.form == "authority" and contract.power is None:
        faults.append(problem("contract-power", f"{path}.power"))
    if contract.is_implicit:
        faults.append(problem("contract-implicit", path))
    if contract.form == "special" and not (contract.targets and named[1:]):
        lacks = [*([] if named[1:] else ["participants"]), *([] if contract.targets else ["due"])]
        faults.append(problem("contract-special-open", path, missing=", ".join(lacks)))
    return faults


def _check_parties(contract: Contract, *, region: Region, path: str) -> list[Problem]:
    codes = {j.code for j in region.jurisdictions}
    parties = [("lead", contract.lead), *(("participants", code) for code in contract.participants)]
    faults = [region.unknown(code, f"{path}.{key}") for key, code in parties if code not in codes]
    names = [code for _, code in parties]
    faults += [
        problem("contract-party-repeated", f"{path}.participants", found=code)
        for code in dict.fromkeys(names)
        if names.count(code) > 1
    ]
    faults += [
        problem("contract-duty-homeless", f"{path}.duties", found=duty.of)
        for duty in contract.duties
        if duty.of not in {contract.principal, *names}
    ]
    return faults


def _check_days(contract: Contract, *, path: str) -> list[Problem]:
    faults = []
    first, final = contract.begin, contract.due
    days = [(f"milestones[{m.id}].due", m.due) for m in contract.milestones] + ([("due", final)] if final else [])
    for key, due in days:
        if (first and due < first) or (final and due > final):
            span = f"{first or '…'}–{final or '…'}"
            faults.append(problem("contract-due-outside", f"{path}.{key}", found=due, span=span))
    steps = [(m.id, m.due, m.count) for m in contract.milestones]
    for (_, due, count), (name, later, more) in pairwise(steps):
        if later <= due or more <= count:
            faults.append(problem("contract-milestones-order", f"{path}.milestones[{name}]", found=name))
    if contract.count is not None and any(count > contract.count for _, _, count in steps):
        faults.append(problem("contract-milestone-beyond", f"{path}.milestones", count=contract.count))
    return faults

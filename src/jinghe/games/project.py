"""A joint project as data (合作项目): parties, what every coalition would earn, weights, unions, proposals, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from jinghe.errors import DataError, Problem, attempt, problem
from jinghe.games.build import find_cost_shares, make_savings, read_game
from jinghe.games.compare import Comparison, compare
from jinghe.games.game import Game, check_parties
from jinghe.games.rules import Outcome, Proposal, Weighting
from jinghe.labels import Text
from jinghe.source import Source, read_source
from jinghe.units import convert, read_number

__all__ = ["STATUSES", "Project", "compare_rules", "read_project"]

STATUSES = {
    "illustrative": Text("示意", "illustrative"),
    "assumed": Text("假定", "assumed"),
    "estimated": Text("推算", "estimated"),
    "agreed": Text("各方认可", "agreed by the parties"),
}
_REQUIRED = ("project", "title", "status", "unit", "parties")
_OPTIONAL = ("values", "costs", "weights", "unions", "river", "proposals", "sources", "notes")
_PARTS = {
    "values": (("source", "table"), ()),
    "costs": (("source", "table"), ()),
    "weights": (("source", "values"), ("zh", "en")),
    "proposals": (("source", "shares"), ("zh", "en")),
}


@dataclass(frozen=True, slots=True, eq=False)
class Project:
    """A joint project of several parties (合作项目), ready to be compared under many rules.

    `game` holds gains; where the file gives costs, it holds the savings and `costs` the costs. `status` says how sure
    the worths are. `codes` maps parties to jurisdictions, `cited` each part of the file to the id of its source.
    """

    id: str
    title: Text
    status: str
    unit: Text
    game: Game
    codes: Mapping[str, str]
    costs: Game | None = None
    weightings: tuple[Weighting, ...] = ()
    unions: tuple[tuple[str, ...], ...] = ()
    river: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    cited: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()
    file: str = ""

    def pay(self, outcome: Outcome) -> tuple[float, ...] | None:
        """What each pays of the costs under an outcome (成本分摊额); None for a project of gains or without shares."""
        if self.costs is None or outcome.shares is None:
            return None
        return find_cost_shares(self.costs, savings=outcome.shares)

    def as_dict(self) -> dict[str, Any]:
        """Return the project as JSON data, without its comparison."""
        game = self.costs or self.game
        masks = sorted(range(1, 1 << game.n), key=lambda mask: (mask.bit_count(), mask))
        return {
            "id": self.id,
            "title": self.title.as_dict(),
            "status": self.status,
            "status_name": STATUSES[self.status].as_dict(),
            "unit": self.unit.as_dict(),
            "kind": "costs" if self.costs else "values",
            "parties": [
                {"id": party, "code": self.codes.get(party, ""), "name": label.as_dict()}
                for party, label in zip(game.parties, game.labels, strict=True)
            ],
            "values": [{"of": list(game.members(mask)), "value": float(game.values[mask])} for mask in masks],
            "weights": [
                {"id": w.id, "label": w.label.as_dict(), "values": list(w.values), "source": self.cited.get(w.id, "")}
                for w in self.weightings
            ],
            "sources": {key: source.cite("zh") for key, source in self.sources.items()},
            "cited": dict(self.cited),
            "notes": [note.as_dict() for note in self.notes],
        }


def compare_rules(project: Project) -> Comparison:
    """Put a joint project under every rule that its data allow (规则比较): ten, three more per weighting, and so on.

    As `compare`, with the project's weights, unions, river, proposals and unit.
    """
    return compare(
        project.game,
        weightings=project.weightings,
        unions=project.unions,
        order=project.river,
        proposals=project.proposals,
        unit=project.unit,
    )


def read_project(tree: Mapping[str, Any], *, sources: Mapping[str, Source] | None = None, file: str = "") -> Project:
    """Read a joint project from its YAML tree (`projects/*.yaml`).

    Args:
        tree: `project`, `title`, `status` (illustrative, assumed, estimated, agreed), `unit`, `parties` (id → zh, en,
            code), and `values` or `costs`: `source` and `table`, with a row for every coalition (`T`, `T+X`, `T+X+J`);
            `weights` (id → zh, en, source, values), `unions`, `river`, `proposals` (id → zh, en, source, shares),
            `sources`, `notes`. An amount may bear another unit of money than the project's; it is converted.
        sources: the case's; the file's own go before them.
        file: how messages name the file.
    Returns:
        The project.
    Raises:
        DataError: fields missing, unknown or misshapen, coalitions missing, unknown parties or sources, units that do
            not convert, all at once.
    """
    faults = list(_check_shape(tree))
    if faults:
        raise DataError(fault.at(file=file) for fault in faults)
    own = [attempt(faults, lambda pair: read_source(*pair), pair) for pair in _items(tree, "sources")]
    known = {**(sources or {}), **{one.id: one for one in own if one}}
    faults += _check_sources(tree, known)
    head = {name: attempt(faults, Text.of, tree[name], path=name) or Text("", "") for name in ("title", "unit")}
    notes = [attempt(faults, Text.of, note, path="notes") for note in tree.get("notes") or ()]
    game = _read_worths(tree, head["unit"], faults)
    weightings, proposals = _read_splits(tree, head["unit"], faults)
    if faults or game is None:
        raise DataError(fault.at(file=file) for fault in dict.fromkeys(faults))
    named = {str(key): one for key, one in tree["parties"].items() if isinstance(one, Mapping)}
    return Project(
        id=str(tree["project"]),
        title=head["title"],
        status=str(tree["status"]),
        unit=head["unit"],
        game=make_savings(game) if "costs" in tree else game,
        codes={key: str(one.get("code") or "") for key, one in named.items()},
        costs=game if "costs" in tree else None,
        weightings=weightings,
        unions=tuple(tuple(str(party) for party in union) for union in tree.get("unions") or ()),
        river=tuple(str(party) for party in tree.get("river") or ()),
        proposals=proposals,
        sources=known,
        cited={path.rpartition(".")[2]: source for path, source in _citations(tree)},
        notes=tuple(note for note in notes if note),
        file=file,
    )


def _read_worths(tree: Mapping[str, Any], unit: Text, faults: list[Problem]) -> Game | None:
    """Read the worth, or the cost, of every coalition; None when there are faults."""
    parties = tuple(str(party) for party in tree["parties"])
    labels = tuple(_label(str(key), item) for key, item in tree["parties"].items())
    attempt(faults, check_parties, parties, path="parties")
    kind = "costs" if "costs" in tree else "values"
    table = _read_amounts(tree[kind]["table"], unit, f"{kind}.table", faults)
    if faults:
        return None
    rows: dict[Sequence[str], float] = {tuple(p.strip() for p in key.split("+")): worth for key, worth in table.items()}
    return attempt(faults, lambda worths: read_game(worths, parties=parties, labels=labels), rows)


def _read_splits(
    tree: Mapping[str, Any], unit: Text, faults: list[Problem]
) -> tuple[tuple[Weighting, ...], tuple[Proposal, ...]]:
    parties = tuple(str(party) for party in tree["parties"])
    weightings = tuple(
        Weighting(key, _label(key, one), _align(one["values"], parties, f"weights.{key}", None, faults))
        for key, one in _items(tree, "weights")
    )
    proposals = tuple(
        Proposal(key, _label(key, one), _align(one["shares"], parties, f"proposals.{key}", unit, faults))
        for key, one in _items(tree, "proposals")
    )
    return weightings, proposals


def _items(tree: Mapping[str, Any], part: str) -> list[tuple[str, Any]]:
    return [(str(key), item) for key, item in (tree.get(part) or {}).items()]


def _label(key: str, item: Any) -> Text:
    named = isinstance(item, Mapping) and (item.get("zh") or item.get("en"))
    return Text.of(item) if named else Text(key, key) if isinstance(item, Mapping) else Text.of(str(item))


def _check_shape(tree: Any) -> Iterator[Problem]:
    if not isinstance(tree, Mapping):
        yield problem("project-field-missing", field="project")
        return
    yield from _keys(tree, _REQUIRED, _OPTIONAL, "")
    if ("values" in tree) == ("costs" in tree):
        yield problem("project-worths", "values")
    if tree.get("status") not in (None, *STATUSES):
        yield problem("choice-unknown", "status", found=tree["status"], expected=", ".join(STATUSES))
    shapes = {"parties": Mapping, "values": Mapping, "costs": Mapping, "weights": Mapping, "proposals": Mapping}
    for name, kind in (shapes | {"sources": Mapping, "unions": list, "river": list, "notes": list}).items():
        if tree.get(name) is not None and not isinstance(tree[name], kind):
            yield problem("project-field-misshapen", name, field=name)
        elif name in _PARTS and tree.get(name) is not None:
            parts = (
                {name: tree[name]} if name in ("values", "costs") else {f"{name}.{k}": v for k, v in tree[name].items()}
            )
            for path, part in parts.items():
                yield from _check_part(part, *_PARTS[name], path)
    if any(not isinstance(union, list) for union in tree.get("unions") or () if isinstance(tree["unions"], list)):
        yield problem("project-field-misshapen", "unions", field="unions")


def _check_part(part: Any, required: Sequence[str], optional: Sequence[str], path: str) -> Iterator[Problem]:
    if not isinstance(part, Mapping):
        yield problem("project-field-misshapen", path, field=path)
        return
    yield from _keys(part, required, optional, path)
    if isinstance(part.get(required[1]), Mapping) is (part.get(required[1]) is None):
        yield problem("project-field-misshapen", f"{path}.{required[1]}", field=required[1])


def _keys(tree: Mapping[str, Any], required: Sequence[str], optional: Sequence[str], path: str) -> Iterator[Problem]:
    for key in required:
        if tree.get(key) is None:
            yield problem("project-field-missing", path, field=key)
    for key in tree:
        if key not in (*required, *optional):
            near = next(iter(get_close_matches(str(key), [*required, *optional], 1, 0)), "—")
            yield problem("project-field-unknown", f"{path}.{key}".strip("."), found=key, nearest=near)


def _citations(tree: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("values", "costs"):
        if name in tree:
            yield name, str(tree[name]["source"])
    for name in ("weights", "proposals"):
        for key, item in _items(tree, name):
            yield f"{name}.{key}", str(item["source"])


def _check_sources(tree: Mapping[str, Any], known: Mapping[str, Source]) -> Iterator[Problem]:
    for path, source in _citations(tree):
        if source not in known:
            near = next(iter(get_close_matches(source, list(known), 1, 0)), "—")
            yield problem("project-source", path, found=source, nearest=near)


def _read_amounts(table: Mapping[Any, Any], unit: Text | None, path: str, faults: list[Problem]) -> dict[str, float]:
    found = {}
    for key, cell in table.items():
        value = attempt(faults, lambda one: _read_amount(one, unit), cell, path=f"{path}.{key}")
        found[str(key)] = float("nan") if value is None else value
    return found


def _read_amount(cell: Any, unit: Text | None) -> float:
    reading = read_number(str(cell))
    if reading.value is None:
        raise DataError([problem("number-unreadable", found=cell)])
    if unit is None or not reading.unit or reading.unit in (unit.zh, unit.en):
        return float(reading.value)
    return float(convert(reading.value, reading.unit, unit.zh))


def _align(
    table: Mapping[Any, Any], parties: Sequence[str], path: str, unit: Text | None, faults: list[Problem]
) -> tuple[float, ...]:
    """One number per party, in the order of the parties."""
    expected = ", ".join(parties)
    named = {str(key): cell for key, cell in table.items()}
    faults += [
        problem("game-party-unknown", f"{path}.{key}", found=key, expected=expected)
        for key in named
        if key not in parties
    ]
    faults += [problem("project-field-missing", path, field=party) for party in parties if party not in named]
    numbers = _read_amounts(named, unit, path, faults)
    return tuple(numbers.get(party, float("nan")) for party in parties)

"""Does an agreement make sense (协议检查), and what does it leave open (未决选择)?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from jinghe.errors import Problem, problem
from jinghe.labels import Text
from jinghe.region import Region
from jinghe.sharing.agreement import EACH, Agreement, Clause, Parameter, is_money
from jinghe.sharing.blocks import BEST, check_shares, check_table, check_transfer
from jinghe.sharing.read import template_paths
from jinghe.sharing.shape import BLOCKS

__all__ = ["check_agreement", "lint"]

# What a parameter must be to stand where a clause binds it: words for the message, and the test.
_KINDS: Mapping[str, tuple[Text, Callable[[Any, str], bool]]] = {
    "money": (
        Text("一个不为负的金额", "an amount of money, not negative"),
        lambda v, unit: isinstance(v, Fraction) and v >= 0 and is_money(unit),
    ),
    "moneys": (
        Text("一列不为负的金额", "a list of amounts of money, none negative"),
        lambda v, unit: isinstance(v, tuple) and min(v, default=0) >= 0 and is_money(unit),
    ),
    "numbers": (Text("一列数", "a list of numbers"), lambda v, _: isinstance(v, tuple)),
    "share": (Text("一个份额", "a share"), lambda v, unit: isinstance(v, Fraction) and unit == "share"),
    "word": (Text("一个选项（unit: choice）", "a choice (unit: choice)"), lambda v, _: isinstance(v, str)),
    "years": (
        Text("整数年", "a whole number of years"),
        lambda v, _: isinstance(v, Fraction) and v > 0 and v.denominator == 1,
    ),
    "start": (Text("一个日期（unit: date）", "a day (unit: date)"), lambda v, _: isinstance(v, date)),
}


def check_agreement(agreement: Agreement, *, region: Region) -> list[Problem]:
    """List what is wrong with an agreement in a region: parties, references, sources, rounding, values, tables.

    A proposal may leave open on which day it begins, a template also who its parties are.
    """
    found = [*_head(agreement), *_parties(agreement, region), *_references(agreement), *_clauses(agreement, region)]
    found += [*_sources(agreement), *_rounding(agreement)]
    if not found:
        found = [*_gaps(agreement), *_values(agreement)]
    return [item.at(file=agreement.file) for item in found]


def lint(agreement: Agreement) -> list[Problem]:
    """List the legal choices an agreement leaves open (未决的法律选择).

    In an agreement in force each is an error that blocks settling; in a proposal or template it is a note.
    """
    code = "agreement-choice-open" if agreement.status == "in_force" else "agreement-choice-pending"
    return [_open(code, item, agreement.file) for item in agreement.open_choices]


def _open(code: str, item: Parameter, file: str) -> Problem:
    question = item.question or item.label
    options = ", ".join(choice.value for choice in item.choices) or "—"
    return problem(
        code,
        f"parameters.{item.id}",
        file=file,
        parameter=item.id,
        question_zh=question.zh,
        question_en=question.en,
        choices=options,
    )


def _bindings(clause: Clause) -> Iterator[tuple[str, str, str]]:
    """Yield (path, kind, name) of everything a clause binds."""
    for key, kind in BLOCKS[clause.block].items():
        path = f"clauses.{clause.id}.with.{key}"
        if kind == "shares":
            for role, parameter in clause.bindings[key].items():
                yield f"{path}.{role}", "party", str(role)
                yield f"{path}.{role}", "share", str(parameter)
        else:
            yield path, kind, str(clause.bindings[key])


def _head(agreement: Agreement) -> Iterator[Problem]:
    if agreement.start and agreement.end and agreement.end <= agreement.start:
        yield problem("dates-reversed", "effective", first=agreement.start, last=agreement.end)
    known = tuple(path.stem for path in template_paths())
    if agreement.template and agreement.template not in known:
        yield _unknown("template", agreement.template, known)


def _parties(agreement: Agreement, region: Region) -> Iterator[Problem]:
    known = {item.code for item in region.jurisdictions}
    for role, party in agreement.parties.items():
        if role == EACH:
            yield problem("agreement-party-reserved", f"parties.{role}", found=role)
        if party.code and party.code not in known and agreement.status != "template":
            yield region.unknown(party.code, f"parties.{role}")
    for name, series in agreement.data.items():
        path = f"data.{name}.of"
        if series.of not in (EACH, *agreement.parties):
            yield _unknown(path, series.of, (EACH, *agreement.parties))
        elif series.of != EACH and not agreement.parties[series.of].code and agreement.status == "in_force":
            yield problem("agreement-data-homeless", path, party=series.of)


def _references(agreement: Agreement) -> Iterator[Problem]:
    parameters = tuple(agreement.parameters)
    tables = dict.fromkeys(_KINDS, parameters) | {
        "data": tuple(agreement.data),
        "party": (EACH, *agreement.parties),
        "clause": tuple(item.id for item in agreement.clauses),
        "start": ("effective", *parameters),
    }
    for clause in agreement.clauses:
        for path, kind, name in _bindings(clause):
            if name not in tables[kind]:
                yield _unknown(path, name, tables[kind])


def _clauses(agreement: Agreement, region: Region) -> Iterator[Problem]:
    """An id is used once; a term or ceiling names a clause that moves money; a rank transfer takes no ceiling.

    Nobody pays himself.

    Where the data are of each contestant, the clause says `each` once for payer or payee, and only there.
    """
    ids = [item.id for item in agreement.clauses]
    contestants = set(region.contestants())
    blocks = {item.id: item.block for item in agreement.clauses}
    for clause in agreement.clauses:
        path, of = f"clauses.{clause.id}", clause.bindings.get("of")
        if ids.count(clause.id) > 1:
            yield problem("agreement-clause-repeated", path, found=clause.id)
        target = blocks.get(str(of))
        if target in ("term", "cap") or (clause.block, target) == ("cap", "rank_transfer"):
            yield problem("agreement-clause-unfit", f"{path}.with.of", block=clause.block, found=of)
        yield from _each(agreement, clause)
        keys = [
            agreement.key(name) for _, kind, name in _bindings(clause) if kind == "party" and name in agreement.parties
        ]
        if len(set(keys)) < len(keys) or (EACH in _sides(clause) and set(keys) & contestants):
            yield problem("agreement-party-twice", f"{path}.with", found=", ".join(keys))


def _sides(clause: Clause) -> list[str]:
    """The roles of a clause that moves money; a rank transfer moves it from and to each contestant."""
    named = [name for _, kind, name in _bindings(clause) if kind == "party"]
    return [*named, EACH] if clause.block == "rank_transfer" else named


def _each(agreement: Agreement, clause: Clause) -> Iterator[Problem]:
    names = [(kind, name) for _, kind, name in _bindings(clause)]
    series = next((agreement.data[name] for kind, name in names if kind == "data" and name in agreement.data), None)
    if series is None:
        return
    wanted = series.of == EACH and clause.block != "rank_transfer"
    found = sum(name == EACH for kind, name in names if kind == "party")
    fits = series.of == EACH if clause.block == "rank_transfer" else not (wanted and clause.block == "share_fixed")
    if found != int(wanted) or not fits:
        yield problem("agreement-each-unfit", f"clauses.{clause.id}.with", data=series.name, of=series.of)


def _sources(agreement: Agreement) -> Iterator[Problem]:
    cited = [("effective", agreement.dated_by)] if agreement.dated_by else []
    cited += [(f"clauses.{item.id}", item.source) for item in agreement.clauses]
    cited += [(f"parameters.{p.id}", value.source) for p in agreement.parameters.values() for value in p.values]
    for path, source in cited:
        if source not in agreement.sources:
            near = next(iter(get_close_matches(source, list(agreement.sources), 1, 0)), "—")
            yield problem("agreement-source-unknown", path, found=source, nearest=near)


def _rounding(agreement: Agreement) -> Iterator[Problem]:
    used = {role for clause in agreement.clauses for role in _sides(clause)}
    missing = sorted(used - set(agreement.rounding))
    if missing:
        yield problem("agreement-rounding-incomplete", "rounding", missing=", ".join(missing))
    for role in agreement.rounding:
        if role not in (EACH, *agreement.parties):
            yield _unknown("rounding", role, (EACH, *agreement.parties))


def _gaps(agreement: Agreement) -> Iterator[Problem]:
    """A parameter has one value from any day on, and a decided one has one on the first day in force."""
    for item in agreement.parameters.values():
        days = [value.start for value in item.values]
        for day in dict.fromkeys(day for day in days if days.count(day) > 1):
            yield problem("agreement-value-twice", f"parameters.{item.id}", parameter=item.id, on=day or "…")
    if agreement.status != "in_force" or agreement.start is None:
        return
    for item in agreement.parameters.values():
        if not item.open and item.on(agreement.start) is None:
            path = f"parameters.{item.id}"
            yield problem("agreement-value-missing", path, parameter=item.id, on=agreement.start)


def _values(agreement: Agreement) -> Iterator[Problem]:
    """Test every value where a clause binds it, then each clause as a whole on every day on which a value begins."""
    days = sorted({item.start or date.min for p in agreement.parameters.values() for item in p.values})
    for clause in agreement.clauses:
        unfit = list(_unfit(agreement, clause))
        found = [] if unfit else [item for day in days for item in _whole(agreement, clause, day)]
        yield from unfit
        yield from dict.fromkeys(item.at(path=f"clauses.{clause.id}") for item in found)


def _unfit(agreement: Agreement, clause: Clause) -> Iterator[Problem]:
    for _, kind, name in _bindings(clause):
        if kind not in _KINDS or name == "effective":
            continue
        words, fits = _KINDS[kind]
        item = agreement.parameters[name]
        for value in item.values:
            if not fits(value.value, item.unit):
                yield problem(
                    "agreement-value-unfit",
                    f"parameters.{name}",
                    parameter=name,
                    found=value.printed,
                    unit=item.unit,
                    expected_zh=words.zh,
                    expected_en=words.en,
                )


def _whole(agreement: Agreement, clause: Clause, day: date) -> list[Problem]:
    names = [(path.rsplit(".", 1)[-1], name) for path, kind, name in _bindings(clause) if kind in _KINDS]
    dated = [(key, agreement.parameters[name].on(day)) for key, name in names if name != "effective"]
    values: dict[str, Any] = {key: item.value for key, item in dated if item}
    if len(values) < len(dated):
        return []
    if clause.block == "step_table":
        return check_table(values["edges"], amounts=values["amounts"], mode=values["mode"])
    if clause.block == "share_fixed":
        return check_shares(list(values.values()))
    if clause.block == "rank_transfer":
        return _check_rank(values)
    return []


def _check_rank(values: Mapping[str, Any]) -> list[Problem]:
    found = check_transfer(values["gets"], pays=values["pays"], ties=values["ties"], parties=None)
    if values["best"] not in BEST:
        found.append(problem("choice-unknown", found=values["best"], expected=", ".join(BEST)))
    return found


def _unknown(path: str, found: str, known: tuple[str, ...]) -> Problem:
    near = next(iter(get_close_matches(found, list(known), 1, 0)), "—")
    return problem("agreement-reference-unknown", path, found=found, nearest=near)

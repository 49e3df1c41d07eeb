"""Does an agreement make sense (协议检查), and what does it leave open (未决选择)?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from jinghe.errors import Problem, problem
from jinghe.region import Region
from jinghe.sharing.agreement import EACH, Agreement, Clause, Parameter
from jinghe.sharing.fit import VALUE_KINDS, check_values
from jinghe.sharing.quantities import all_bindings, is_of_each, moves_money, result_unit
from jinghe.sharing.read import template_paths
from jinghe.sharing.rules import RULES

__all__ = ["check_agreement", "lint"]

_KINDS = ("member", "pool", "sponsor", "residual", "enterprise")
_TERMS = ("term", "term_extend")


def check_agreement(agreement: Agreement, *, region: Region) -> list[Problem]:
    """List what is wrong with an agreement in a region: parties, references, sources, rounding, values, tables.

    A proposal may leave open on which day it begins, a template also who its parties are.
    """
    lost = list(_references(agreement))
    found = [*_head(agreement), *_parties(agreement, region), *lost, *_sources(agreement), *_rounding(agreement)]
    found += [] if lost else _clauses(agreement, region)
    if not found:
        found = [*_gaps(agreement), *_units(agreement), *check_values(agreement)]
    return [item.at(file=agreement.file) for item in [*found, *_enterprises(agreement)]]


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
    for place, kind, name in all_bindings(clause):
        yield f"clauses.{clause.id}.with.{place}", kind, name


def _head(agreement: Agreement) -> Iterator[Problem]:
    if agreement.start and agreement.end and agreement.end <= agreement.start:
        yield problem("dates-reversed", "effective", first=agreement.start, last=agreement.end)
    known = tuple(path.stem for path in template_paths())
    if agreement.template and agreement.template not in known:
        yield _unknown("template", agreement.template, known)


def _parties(agreement: Agreement, region: Region) -> Iterator[Problem]:
    known = {item.code for item in region.jurisdictions}
    coded = [(f"parties.{role}", party.code) for role, party in agreement.parties.items() if party.code]
    coded += [(f"members.{item.code}", item.code) for item in agreement.members]
    for path, code in coded if agreement.status != "template" else ():
        if code not in known:
            yield region.unknown(code, path)
    for role, party in agreement.parties.items():
        if role == EACH:
            yield problem("agreement-party-reserved", f"parties.{role}", found=role)
        if party.kind not in _KINDS:
            yield problem("choice-unknown", f"parties.{role}.kind", found=party.kind, expected=", ".join(_KINDS))
    for name, series in agreement.data.items():
        path = f"data.{name}.of"
        if series.of not in (EACH, *agreement.parties):
            yield _unknown(path, series.of, (EACH, *agreement.parties))
        elif series.of != EACH and not agreement.parties[series.of].code and agreement.status == "in_force":
            yield problem("agreement-data-homeless", path, party=series.of)
    yield from _exits(agreement)


def _exits(agreement: Agreement) -> Iterator[Problem]:
    """Who left is a party or member; who takes a place is a party; a role that nobody takes cannot go on without."""
    end, roles = agreement.termination, tuple(agreement.parties)
    if end.rule == "residual" and end.residual not in roles:
        yield _unknown("termination.residual", end.residual, roles)
    for item in end.exits:
        known = (*roles, *(member.code for member in agreement.members))
        is_code = item.party.isdigit() and not agreement.members
        if item.party not in known and not is_code:
            yield _unknown("termination.exits", item.party, known)
        elif item.party in roles and end.rule == "without":
            yield problem("agreement-exit-role", "termination.rule", party=item.party)


def _enterprises(agreement: Agreement) -> Iterator[Problem]:
    for role, party in agreement.parties.items():
        if party.kind == "enterprise":
            yield problem("agreement-party-enterprise", f"parties.{role}", party=role)


def _references(agreement: Agreement) -> Iterator[Problem]:
    parameters = tuple(agreement.parameters)
    ids = tuple(item.id for item in agreement.clauses)
    tables = dict.fromkeys(VALUE_KINDS, parameters) | {
        "party": (EACH, *agreement.parties),
        "clause": ids,
        "start": ("effective", *parameters),
    }
    for at, clause in enumerate(agreement.clauses):
        for path, kind, name in _bindings(clause):
            if kind == "value":
                yield from _value_reference(agreement, path, name, before=agreement.clauses[:at])
            elif name not in tables[kind]:
                yield _unknown(path, name, tables[kind])
        when = (clause.when.holds, clause.when.fails) if clause.when else ()
        for name in filter(None, when):
            yield from _value_reference(agreement, f"clauses.{clause.id}.when", name, before=agreement.clauses)
            if is_of_each(agreement, name):
                yield problem("agreement-each-unfit", f"clauses.{clause.id}.when", data=name, of=EACH)
        if clause.exception_of and clause.exception_of not in ids:
            yield _unknown(f"clauses.{clause.id}.exception_of", clause.exception_of, ids)


def _value_reference(agreement: Agreement, path: str, name: str, *, before: Sequence[Clause]) -> Iterator[Problem]:
    """A value is data, a parameter, or the result of an earlier clause that always applies; of one role at most."""
    own = (*agreement.data, *agreement.parameters)
    if name in own:
        return
    clause_id, _, role = name.partition(".")
    clause = next((item for item in before if item.id == clause_id), None)
    if clause is None or (role and role not in agreement.parties):
        yield _unknown(path, name, (*own, *(item.id for item in before)))
    elif RULES[clause.block].way in ("modify", "nothing") or clause.when or clause.exception_of or clause.topic:
        yield problem("agreement-clause-unfit", path, block="value", found=name)
    elif (role not in _shared(agreement, clause)) if RULES[clause.block].way == "split" else role:
        yield problem("agreement-role-unfit", path, found=name)


def _clauses(agreement: Agreement, region: Region) -> Iterator[Problem]:
    """An id is used once; a term or ceiling names a clause that moves money; a rank transfer takes no ceiling.

    Nobody pays himself.

    Where the data are of each contestant, the clause says `each` once for payer or payee, and only there.
    """
    ids = [item.id for item in agreement.clauses]
    contestants = {item.code for item in agreement.members} or set(region.contestants())
    for clause in agreement.clauses:
        path = f"clauses.{clause.id}"
        if ids.count(clause.id) > 1:
            yield problem("agreement-clause-repeated", path, found=clause.id)
        yield from _modifier(agreement, clause)
        yield from _each(agreement, clause)
        if (clause.when or clause.exception_of or clause.topic) and not moves_money(clause):
            yield problem("agreement-clause-unfit", f"{path}.when", block="when", found=clause.id)
        keys = {name: agreement.key(name) for name in _sides(clause) if name in agreement.parties}
        anchors = [name for name in ("holder", "collector") if name in clause.bindings]
        shared = [] if not anchors else [str(clause.bindings[anchors[0]])]
        codes = list(keys.values())
        itself = EACH in _sides(clause) and set(codes) & contestants and not shared
        if len(set(codes)) < len(codes) or itself:
            yield problem("agreement-party-twice", f"{path}.with", found=", ".join(codes))


def _modifier(agreement: Agreement, clause: Clause) -> Iterator[Problem]:
    of = clause.bindings.get("of")
    target = next((item for item in agreement.clauses if item.id == of), None)
    if target is None:
        return
    path, way = f"clauses.{clause.id}.with.of", RULES[target.block].way
    transfer = way == "across" and clause.block not in _TERMS
    raised = way == "split" and clause.block == "floor"
    mine = [item for item in agreement.clauses if item.bindings.get("of") == of]
    later = mine[mine.index(clause) + 1 :]
    last = clause.block == "tranche" and "fallback" in clause.bindings and later
    if way in ("modify", "nothing") or transfer or raised or last:
        yield problem("agreement-clause-unfit", path, block=clause.block, found=of)
    if clause.block in _TERMS and any(item.block in _TERMS for item in later):
        yield problem("agreement-terms-overlap", path, found=of, other=later[0].id)
    if clause.block == "term_extend":
        limit = next((item for item in agreement.clauses if item.id == clause.bindings["cap"]), None)
        if limit is None or limit.block != "cap_cumulative" or limit.bindings["of"] != of:
            yield problem(
                "agreement-clause-unfit", f"clauses.{clause.id}.with.cap", block="cap", found=limit and limit.id
            )


def _sides(clause: Clause) -> list[str]:
    """The roles of a clause that moves money; one across all moves it from and to each party."""
    named = [name for _, kind, name in _bindings(clause) if kind == "party"]
    everybody = RULES[clause.block].way == "across" or (
        RULES[clause.block].way == "split"
        and any(isinstance(v, str) for k, v in clause.bindings.items() if k in _POINTS)
    )
    return [*named, EACH] if everybody else named


_POINTS = ("points", "claims", "costs")


def _each(agreement: Agreement, clause: Clause) -> Iterator[Problem]:
    """Figures of each party go with `each` as payer or payee; one amount is divided, ranks are of each."""
    values = {place: name for place, kind, name in all_bindings(clause) if kind == "value"}
    each = {place for place, name in values.items() if is_of_each(agreement, name)}
    way = RULES[clause.block].way
    found = [str(clause.bindings.get(side)) for side in ("payer", "payee")].count(EACH)
    single = [str(clause.bindings.get(key)) for key in ("pool", "fallback")].count(EACH)
    if way in ("across", "sum"):
        fits = each == set(values) - ({"reference"} - each) and not found + single
    elif way == "split":
        whole = {place for place in values if place == "base" or "." in place}
        fits = not each & whole and not {place for place in set(values) - whole if place not in each}
        fits = fits and EACH not in [name for _, kind, name in all_bindings(clause) if kind == "party"]
    elif way == "modify":
        fits = not single
    else:
        fits = found == int(bool(each)) if "payer" in clause.bindings else True
    if not fits:
        name = next(iter(values.values()), clause.id)
        of = agreement.data[name].of if name in agreement.data else clause.block
        yield problem("agreement-each-unfit", f"clauses.{clause.id}.with", data=name, of=of)


def _units(agreement: Agreement) -> Iterator[Problem]:
    """What moves is money, or output in money: a plain number is no amount, whatever its size."""
    for clause in agreement.clauses:
        if not moves_money(clause) or RULES[clause.block].way == "nothing":
            continue
        unit = result_unit(agreement, clause)
        if unit != "分":
            yield problem("agreement-unit-moneyless", f"clauses.{clause.id}.with", unit=unit)


def _sources(agreement: Agreement) -> Iterator[Problem]:
    cited = [("effective", agreement.dated_by)] if agreement.dated_by else []
    cited += [(f"clauses.{item.id}", item.source) for item in agreement.clauses]
    cited += [(f"parameters.{p.id}", value.source) for p in agreement.parameters.values() for value in p.values]
    cited += [("termination.exits", item.source) for item in agreement.termination.exits]
    for path, source in cited:
        if source not in agreement.sources:
            near = next(iter(get_close_matches(source, list(agreement.sources), 1, 0)), "—")
            yield problem("agreement-source-unknown", path, found=source, nearest=near)


def _rounding(agreement: Agreement) -> Iterator[Problem]:
    used = {role for clause in agreement.clauses for role in (*_sides(clause), *_listed(agreement, clause))}
    missing = sorted(used - set(agreement.rounding))
    if missing:
        yield problem("agreement-rounding-incomplete", "rounding", missing=", ".join(missing))
    for role in agreement.rounding:
        if role not in (EACH, *agreement.parties):
            yield _unknown("rounding", role, (EACH, *agreement.parties))


def _listed(agreement: Agreement, clause: Clause) -> tuple[str, ...]:
    """The roles among whom the solution of a game divides."""
    item = agreement.parameters.get(str(clause.bindings.get("order", "")))
    found = [value.value for value in item.values if isinstance(value.value, tuple)] if item else []
    return tuple(str(name) for names in found for name in names if name in agreement.parties)


def _shared(agreement: Agreement, clause: Clause) -> tuple[str, ...]:
    """The roles among whom a clause divides, but for its holder."""
    named = [place.split(".", 1)[1] for place, kind, _ in all_bindings(clause) if kind == "party" and "." in place]
    held = (clause.bindings.get("holder"), clause.bindings.get("collector"))
    return tuple(role for role in (*named, *_listed(agreement, clause)) if role not in held)


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


def _unknown(path: str, found: str, known: tuple[str, ...]) -> Problem:
    near = next(iter(get_close_matches(found, list(known), 1, 0)), "—")
    return problem("agreement-reference-unknown", path, found=found, nearest=near)

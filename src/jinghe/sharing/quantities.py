"""What a name under `with` stands for (引用), and in which unit it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinghe.sharing.agreement import EACH, Agreement, Clause, is_money
from jinghe.sharing.rules import RULES

__all__ = ["all_bindings", "find_clause", "find_unit", "is_of_each", "moves_money", "result_unit"]

_FEN = "分"
_PARTS = {"shares": "share", "limits": "money", "table": "value", "points": "value"}


def all_bindings(clause: Clause) -> Iterator[tuple[str, str, str]]:
    """Yield (place, kind, name) of everything a clause binds; a place inside a mapping is `key.part`.

    A mapping by role names a party each time, too.
    """
    rule = RULES[clause.block]
    for key, bound in clause.bindings.items():
        kind = {**rule.binds, **rule.optional}[key]
        if not isinstance(bound, Mapping):
            yield key, "value" if kind in ("points", "values") else kind, str(bound)
            continue
        for part, name in bound.items():
            if kind != "table":
                yield f"{key}.{part}", "party", str(part)
            yield f"{key}.{part}", _PARTS[kind], str(name)


def find_clause(agreement: Agreement, name: str) -> tuple[Clause, str] | None:
    """Find the clause that a value names, `clause` or `clause.role`, and the role; data and parameters go first."""
    if name in agreement.data or name in agreement.parameters:
        return None
    clause_id, _, role = name.partition(".")
    found = next((item for item in agreement.clauses if item.id == clause_id), None)
    return (found, role) if found else None


def find_unit(agreement: Agreement, name: str) -> str:
    """Say in which unit a value comes: 分 for money, else its own; `1` for a plain number or an unknown name."""
    own = agreement.data.get(name) or agreement.parameters.get(name)
    if own:
        return _FEN if is_money(own.unit) else own.unit
    found = find_clause(agreement, name)
    return result_unit(agreement, found[0]) if found else "1"


def is_of_each(agreement: Agreement, name: str) -> bool:
    """Is a value one figure per party, and not one for the whole?"""
    if name in agreement.data:
        return agreement.data[name].of == EACH
    found = find_clause(agreement, name)
    if found is None or found[1]:
        return False
    clause = found[0]
    if RULES[clause.block].way in ("across", "list"):
        return True
    values = [value for _, kind, value in all_bindings(clause) if kind == "value"]
    return RULES[clause.block].way in ("each", "carried") and any(is_of_each(agreement, value) for value in values)


def moves_money(clause: Clause) -> bool:
    """Does a clause make lines of the statement, or say that there are none?"""
    rule = RULES[clause.block]
    return rule.way in ("split", "across", "nothing") or "payer" in clause.bindings


def result_unit(agreement: Agreement, clause: Clause) -> str:
    """Say in which unit a clause's result comes, as `find_unit` does."""
    unit = RULES[clause.block].unit
    keys = ("value", "rate") if unit == "product" else (unit,)
    names = [clause.bindings.get(key) for key in keys]
    firsts = [next(iter(name.values()), "") if isinstance(name, Mapping) else name for name in names if name]
    units = [find_unit(agreement, str(name)) for name in firsts]
    if _FEN in units:
        return _FEN
    return units[0] if units else "1"

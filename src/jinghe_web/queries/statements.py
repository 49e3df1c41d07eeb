"""Settlement statements as pages need them: who pays, who receives, clause by clause."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from jinghe_web.queries.notes import cited_sources, notes_at

__all__ = ["find_statement", "list_statements", "settlement_page", "settlements_page"]

Tree = dict[str, Any]


def list_statements(document: Tree) -> list[Tree]:
    """Return every statement with a number for its address and the totals of every party."""
    return [_with_totals(statement, number) for number, statement in enumerate(document["settlements"], start=1)]


def find_statement(document: Tree, number: int) -> Tree | None:
    """Find a statement by its number."""
    return next((s for s in list_statements(document) if s["number"] == number), None)


def settlements_page(document: Tree) -> Tree:
    """All statements, what was not settled, and what is still proposed."""
    return {
        "statements": list_statements(document),
        "unsettled": document.get("unsettled", []),
        "proposed": document["proposed"],
        "notes": notes_at(document, "agreements"),
    }


def settlement_page(document: Tree, number: int) -> Tree | None:
    """One statement with its lines grouped by clause, and the sources they rest on."""
    statement = find_statement(document, number)
    if statement is None:
        return None
    lines = [line | {"number": at} for at, line in enumerate(statement["lines"], start=1)]
    in_order = sorted(lines, key=lambda line: line["clause"])
    return {
        "statement": statement,
        "sheet": document["sheets"][number - 1] if document["sheets"] else None,
        "clauses": [
            _clause(clause, list(group)) for clause, group in groupby(in_order, key=lambda line: line["clause"])
        ],
        "notes": notes_at(document, f"agreements.{statement['agreement']}"),
        "cited": cited_sources(document, statement),
    }


def _clause(clause: str, lines: list[Tree]) -> Tree:
    """Lines that move nothing stand apart: they are many and say little."""
    parts = {
        "lines": [line for line in lines if line["amount"]],
        "zero": [line for line in lines if not line["amount"]],
    }
    return {"clause": clause, "first": lines[0]} | parts


def _with_totals(statement: Tree, number: int) -> Tree:
    pool = (statement["pool"] or {}).get("party")
    parties = [
        row
        | {
            "pays": sum(line["amount"] for line in statement["lines"] if line["payer"] == row["party"]),
            "gets": sum(line["amount"] for line in statement["lines"] if line["payee"] == row["party"]),
            "is_pool": row["party"] == pool,
        }
        for row in statement["net"]
    ]
    parties.sort(key=lambda row: (row["is_pool"], row["amount"]))
    cities = [row for row in parties if not row["is_pool"]]
    return (
        statement
        | {"number": number, "parties": parties}
        | {key: sum(row[key] for row in cities) for key in ("pays", "gets")}
    )

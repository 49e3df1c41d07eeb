"""The result as plain tables (表): CSV files beside the report, in full precision and fixed order."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

__all__ = ["TABLES", "list_tables", "walk", "write_csv"]

_Row = dict[str, Any]


def _scores(document: _Row) -> list[_Row]:
    names = {j["code"]: j["name"] for j in document["jurisdictions"]}
    return [
        {"code": row["code"], "name_zh": names[row["code"]]["zh"], "name_en": names[row["code"]]["en"]}
        | {"node": part["node"], "level": level, "weight": part["weight"], "raw": part["raw"], "unit": part["unit"]}
        | {
            "normalised": part["normalised"],
            "imputed": part["imputed"],
            "score": part["score"],
            "contribution": part["contribution"],
        }
        | {
            "sources": ";".join(
                sorted({o["source"] for o in part["observations"]} | {i["source"] for i in part["items"]})
            )
        }
        for row in document["scores"]
        for level, part in walk(row["working"])
    ]


def walk(part: _Row, level: int = 0) -> list[tuple[int, _Row]]:
    """List a working with its level, parents before children."""
    return [(level, part)] + [found for child in part["children"] for found in walk(child, level + 1)]


def _ranks(document: _Row) -> list[_Row]:
    names = {j["code"]: j["name"] for j in document["jurisdictions"]}
    return [
        {"code": row["code"], "name_zh": names[row["code"]]["zh"], "name_en": names[row["code"]]["en"]}
        | {"score": row["score"], "rank": row["rank"], "low": row["low"], "high": row["high"]}
        | {f"{part}_{end}": (row.get(part) or {}).get(end) for part in ("figures", "both") for end in ("low", "high")}
        | {"band": row.get("band")}
        | {f"p_rank_{k}": chance for k, chance in enumerate(row["probability"], start=1)}
        for row in sorted(document["scores"], key=lambda row: (row["rank"], row["code"]))
    ]


def _settlements(document: _Row) -> list[_Row]:
    return [
        {"agreement": s["agreement"], "period": s["period"], "book": s["book"], "state": s["state"], "line": number}
        | {"payer": line["payer"], "payer_zh": line["payer_name"]["zh"], "payer_en": line["payer_name"]["en"]}
        | {"payee": line["payee"], "payee_zh": line["payee_name"]["zh"], "payee_en": line["payee_name"]["en"]}
        | {"amount_fen": line["amount"], "clause": line["clause"]}
        | {"sentence_zh": line["sentence"]["zh"], "sentence_en": line["sentence"]["en"]}
        for s in document["settlements"]
        for number, line in enumerate(s["lines"], start=1)
    ]


def _contracts(document: _Row) -> list[_Row]:
    return [
        {"contract": c["id"], "form": c["form"], "title_zh": c["title"]["zh"], "title_en": c["title"]["en"]}
        | {
            "lead": c["lead"],
            "participants": ";".join(c["participants"]),
            "due": c["due"],
            "done": c["done"],
            "count": c["count"],
        }
        | {
            "on": document["lights_on"],
            "light": c["colour"],
            "reason_zh": c["reason"]["zh"],
            "reason_en": c["reason"]["en"],
        }
        | {"history": "; ".join(f"{h['on']} {h['colour']}" for h in c["history"]), "source": c["source"]}
        for c in document["contracts"]
    ]


def _forecast(document: _Row) -> list[_Row]:
    return [
        {"run": run["id"], "variable": name, "period": period, "code": code, "mean": path[t]}
        | {"low": one["low"][t] if code == "all" else None, "high": one["high"][t] if code == "all" else None}
        | {"calibrated": document["forecast"]["calibrated"]}
        for run in (document["forecast"] or {"runs": ()})["runs"]
        for name, one in run["variables"].items()
        for code, path in [("all", one["mean"]), *one["by_code"].items()]
        for t, period in enumerate(run["periods"])
    ]


def _flags(document: _Row) -> list[_Row]:
    return [
        {key: flag[key] for key in ("code", "jurisdiction", "indicator", "period", "effect")}
        | {f"{part}_{lang}": flag[part][lang] for part in ("evidence", "strength") for lang in ("zh", "en")}
        | {key: flag.get(key) for key in ("p", "q", "power", "n")}
        for flag in document["flags"]
    ]


TABLES: dict[str, Callable[[_Row], list[_Row]]] = {
    "scores": _scores,
    "ranks": _ranks,
    "settlements": _settlements,
    "contracts": _contracts,
    "forecast": _forecast,
    "flags": _flags,
}
_EMPTY = {
    "settlements": "agreement,period,book,state,line,payer,payer_zh,payer_en,payee,payee_zh,payee_en,"
    "amount_fen,clause,sentence_zh,sentence_en",
    "contracts": "contract,form,title_zh,title_en,lead,participants,due,done,count,on,light,"
    "reason_zh,reason_en,history,source",
    "flags": "code,jurisdiction,indicator,period,effect,evidence_zh,evidence_en,strength_zh,strength_en,p,q,power,n",
}


def list_tables(document: _Row) -> tuple[str, ...]:
    """Name the CSV tables of a result: the fixed ones, then `section.table` of every section."""
    return (*TABLES, *(f"{s['id']}.{table['id']}" for s in document["sections"] for table in s["tables"]))


def _section_rows(name: str, document: _Row) -> list[_Row]:
    """The rows of a section's table: bilingual cells become two columns."""
    part, _, own = name.partition(".")
    table = next(t for s in document["sections"] if s["id"] == part for t in s["tables"] if t["id"] == own)
    labels = [column["label"]["en"] for column in table["columns"]]
    heads = [label if labels.count(label) == 1 else f"{label} {at}" for at, label in enumerate(labels, start=1)]
    two = [any(isinstance(row[at], dict) for row in table["rows"]) for at in range(len(heads))]
    return [
        {
            f"{head} ({lang})" if both else head: value[lang] if isinstance(value, dict) else value
            for head, value, both in zip(heads, row, two, strict=True)
            for lang in (("zh", "en") if both else ("zh",))
        }
        for row in table["rows"]
    ]


def write_csv(name: str, document: _Row) -> str:
    """Write one table of the result as CSV text (UTF-8, comma, header row), undefined cells empty.

    Args:
        name: one of `list_tables`.
        document: the result document.
    Returns:
        The text; the same document gives the same bytes.
    """
    rows = TABLES[name](document) if name in TABLES else _section_rows(name, document)
    buffer = io.StringIO()
    columns = list(rows[0]) if rows else _EMPTY.get(name, "").split(",")
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()

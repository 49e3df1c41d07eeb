"""The report as one self-contained page (报告): both languages inside, no network, no script."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from jinghe.diagnosis import STATES
from jinghe.labels import Text
from jinghe.report import figures
from jinghe.report.format import (
    show_cell,
    show_interval,
    show_margin,
    show_money,
    show_note,
    show_number,
    show_share,
    show_value,
    signed_money,
    words,
)
from jinghe.report.vocabulary import FIGURE_STATES, FORMS, LIGHT_NAMES, NOTE_KINDS
from jinghe.units import unit_name

__all__ = ["render_html"]

_TEMPLATES = Path(__file__).with_name("templates")
_CONTEST = ("standing", "confirmations", "doubts")  # the sections made of the contest's own results


def render_html(document: dict[str, Any], lang: str) -> str:
    """Render the result document as HTML, opened in `lang`, with a switch to the other language.

    Args:
        document: the result (schema jinghe-result/1).
        lang: zh or en.
    Returns:
        One HTML page with its styles and figures inside.
    """
    names = {j["code"]: j["name"] for j in document["jurisdictions"]}
    contest = document["contest"] or {"nodes": [], "labels": {}, "indicators": [], "root": ""}
    branches = [node for node in contest["nodes"] if node["parent"] == contest["root"]]
    own, others = _part_sections(document)
    context = {
        "d": document | {"sections": others},
        "standing": document | {"sections": [s for s in own if s["id"] != "doubts"]},
        "doubts": document | {"sections": [s for s in own if s["id"] == "doubts"]},
        "is_additive": all(_adds_up(row["working"]) for row in document["scores"]),
        "lang": lang,
        "style": Markup((_TEMPLATES / "style.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        "names": names,
        "labels": contest["labels"] | {i["id"]: i["label"] for i in contest["indicators"]},
        "ranked": sorted(document["scores"], key=lambda row: (row["rank"], row["code"])),
        "branches": branches,
        "facts": _facts(document, names),
        "figures": _draw(document),
        "anchor": lambda path: _find_anchor(document, path),
        "note_at": lambda *paths: _notes_at(document, paths),
    }
    return _environment().get_template("report.html").render(context)


def _part_sections(document: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Part the sections made of the contest, which stand beside its scores and flags, from all others."""
    own = [section for section in document["sections"] if section["id"] in _CONTEST]
    return own, [section for section in document["sections"] if section not in own]


def _adds_up(part: dict[str, Any]) -> bool:
    """Has every node a contribution? Below an aggregate that has no additive parts there is none."""
    return part["contribution"] is not None and all(_adds_up(child) for child in part["children"])


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "kinds": NOTE_KINDS,
        "forms": FORMS,
        "lights": LIGHT_NAMES,
        "item_states": STATES,
        "figure_states": FIGURE_STATES,
    }
    made.filters |= {
        "zh": lambda value: words(value, "zh"),
        "en": lambda value: words(value, "en"),
        "words": words,
        "number": show_number,
        "share": show_share,
        "margin": show_margin,
        "remark": show_note,
        "money": show_money,
        "cell": show_cell,
        "signed": signed_money,
        "quantity": lambda value, unit, lang: show_value(value, unit_name(words(unit, lang), lang)),
        "unit": unit_name,
        "interval": lambda row: show_interval(row["low"], row["high"]),
        "branch": lambda working, node: next((c["score"] for c in working["children"] if c["node"] == node), None),
        "paid": lambda s, party: sum(entry["amount"] for entry in s["lines"] if entry["payer"] == party),
        "received": lambda s, party: sum(entry["amount"] for entry in s["lines"] if entry["payee"] == party),
    }
    return made


def _draw(document: dict[str, Any]) -> dict[str, Any]:
    def both(draw: Callable[[dict[str, Any], str], str], part: dict[str, Any]) -> dict[str, Markup]:
        # The SVG is ours and its words are escaped in drawing.say.
        return {lang: Markup(draw(part, lang)) for lang in ("zh", "en")}  # noqa: S704

    scored = {"ranks": figures.draw_ranks, "tiles": figures.draw_tiles} if document["contest"] else {}
    return {name: both(draw, document) for name, draw in scored.items()} | {
        "lights": both(figures.draw_lights, document),
        "forecast": both(figures.draw_forecast, document["forecast"]) if document["forecast"] else None,
        "flows": [both(figures.draw_flows, settlement) for settlement in document["settlements"]],
        "sections": {s["id"]: both(figures.draw_figure, s["figure"]) for s in document["sections"] if "figure" in s},
        "tables": {
            f"{s['id']}.{table['id']}": both(figures.draw_figure, table["figure"])
            for s in document["sections"]
            for table in s["tables"]
            if "figure" in table
        },
    }


def _find_anchor(document: dict[str, Any], path: str) -> str:
    """Return where in the page the evidence named by a path stands; "" where it stands nowhere."""
    root, _, rest = path.partition(".")
    part = rest.partition(".")[0]
    sections = {section["id"] for section in document["sections"]}
    if root == "evidence":
        return f"section-{part}" if part in sections else "sources"
    if root == "data":
        return "section-timeline" if "timeline" in sections else "sources"
    shown = {"contracts": document["contracts"], "agreements": document["settlements"] or document["proposed"]}
    shown |= {"contest": document["contest"], "simulate": document["forecast"]}
    named = {"contracts": "contracts", "agreements": "settlements", "contest": "ranks", "simulate": "forecast"}
    return named[root] if shown.get(root) else ""


def _notes_at(document: dict[str, Any], paths: tuple[str, ...]) -> list[dict[str, Any]]:
    """Notes that belong to one of the paths or to something inside it."""
    inside = tuple(path + mark for path in paths for mark in (".", "["))
    return [note for note in document["notes"] if (note["path"] + ".").startswith(inside)]


def _facts(document: dict[str, Any], names: dict[str, Any]) -> list[dict[str, Text]]:
    first = min(document["scores"], key=lambda row: (row["rank"], row["code"]), default=None)
    colours = [c["colour"] for c in document["contracts"]]
    red, yellow, green, grey = (colours.count(c) for c in ("red", "yellow", "green", "grey"))
    return [
        *([_winner(first, names)] if first else []),
        *([_statements(document["settlements"])] if document["settlements"] else []),
        {
            "of": Text("契约亮灯", "Contract lights"),
            "value": Text(f"● {green} ▲ {yellow} ■ {red} ○ {grey}", f"● {green} ▲ {yellow} ■ {red} ○ {grey}"),
            "more": Text("正常、预警、逾期、无期限", "on track, warning, overdue, no date"),
        },
        {
            "of": Text("所处阶段", "Stage"),
            "value": Text.of(document["diagnosis"]["stage"]["label"]),
            "more": Text("依据见诊断", "evidence under Diagnosis"),
        },
    ]


def _winner(first: dict[str, Any], names: dict[str, Any]) -> dict[str, Text]:
    span = show_interval(first["low"], first["high"])
    return {
        "of": Text("第一名", "First"),
        "value": Text.of(names[first["code"]]),
        "more": Text(f"90% 区间：第 {span} 名", f"90 % interval: rank {span}"),
    }


def _statements(settlements: list[dict[str, Any]]) -> dict[str, Text]:
    kept = [s for s in settlements if s["pool"] and s["pool"]["balance"]]
    return {
        "of": Text("结算单", "Statements"),
        "value": Text(f"{len(settlements)} 份", str(len(settlements))),
        "more": Text(
            f"逐份列示，期间重叠的不相加；{len(kept)} 份有资金池余额",
            f"shown one by one, for periods may overlap; {len(kept)} leave a balance in a pool",
        ),
    }

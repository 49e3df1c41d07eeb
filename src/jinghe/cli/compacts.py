"""A compact as text (契约文本): is it sound, what has changed."""

from __future__ import annotations

import typer

from jinghe.cli.options import (
    Case,
    Json,
    Lang,
    app,
    command,
    print_json,
    said,
    speak,
)

__all__ = ["check", "diff"]


@app.command(help=said("检查契约，一次报出所有问题", "Check a compact and report every fault at once"))
@command
def check(case: Case, lang: Lang = None, as_json: Json = False) -> None:
    """Check a compact; exit code 2 when there is an error."""
    from jinghe.compact import check as find_problems

    spoken = speak(lang)
    problems = find_problems(case)
    errors = [item for item in problems if item.level == "error"]
    if as_json:
        print_json(
            [
                {"code": p.code, "level": p.level, "place": str(p.place), "zh": p.text("zh"), "en": p.text("en")}
                for p in problems
            ]
        )
    else:
        marks = {"error": "✗", "warning": "!", "note": "·"}
        for item in problems:
            print(f"{marks[item.level]} {item.text(spoken)}")
        if not errors:
            print({"zh": "✓ 契约可用。", "en": "✓ The compact is sound."}[spoken])
    if errors:
        raise typer.Exit(2)


@app.command(help=said("两份契约的差别，用文字说明", "The difference of two compacts, in words"))
@command
def diff(before: Case, after: Case, lang: Lang = None, as_json: Json = False) -> None:
    """Compare two compacts."""
    from jinghe.compact import diff as compare_compacts
    from jinghe.compact import load_compact

    spoken = speak(lang)
    changes = compare_compacts(load_compact(before), load_compact(after))
    if as_json:
        print_json([{"path": c.path, "zh": c.text.zh, "en": c.text.en} for c in changes])
        return
    for change in changes:
        print(f"· {change.text.get(spoken)}")
    if not changes:
        print({"zh": "两份契约相同。", "en": "The two compacts are the same."}[spoken])

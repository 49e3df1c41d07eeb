"""What the cities would do: runs side by side."""

from __future__ import annotations

from typing import Any

from jinghe_web.queries.notes import notes_at

__all__ = ["forecast_page", "runs_at_a_glance"]

Tree = dict[str, Any]


def runs_at_a_glance(document: Tree) -> list[Tree]:
    """Return one row a summary figure, one cell a run, in the order of the runs."""
    runs = document["forecast"]["runs"] if document["forecast"] else []
    return [
        {
            "label": item["label"],
            "cells": [next((s for s in run["summary"] if s["id"] == item["id"]), None) for run in runs],
        }
        for item in (runs[0]["summary"] if runs else [])
    ]


def forecast_page(document: Tree) -> Tree | None:
    """Runs, summary, the last period by city, and the simulator's own checks; None where nothing was simulated."""
    if document["forecast"] is None:
        return None
    return {
        "forecast": document["forecast"],
        "glance": runs_at_a_glance(document),
        "by_city": _by_city(document),
        "notes": notes_at(document, "simulate"),
    }


def _by_city(document: Tree) -> list[Tree]:
    """For every variable known by city: first and last period under each run."""
    runs = document["forecast"]["runs"]
    if not runs:
        return []
    return [
        {
            "label": variable["label"],
            "first": runs[0]["periods"][0],
            "last": runs[0]["periods"][-1],
            "rows": [
                {"code": code, "paths": [run["variables"][name]["by_code"][code] for run in runs]}
                for code in variable["by_code"]
            ],
        }
        for name, variable in runs[0]["variables"].items()
        if variable["by_code"]
    ]

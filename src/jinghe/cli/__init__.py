"""The command line (命令行): one verb, one command; tables for people, `--json` for programs."""

from __future__ import annotations

from jinghe.cli import audits, compacts, contests, coordinate, evidence, forecast, interests, operate, surveys
from jinghe.cli.options import app

__all__ = [
    "app",
    "audits",
    "compacts",
    "contests",
    "coordinate",
    "evidence",
    "forecast",
    "interests",
    "main",
    "operate",
    "surveys",
]  # importing a room registers its commands


def main() -> None:
    """Run the command line."""
    app()

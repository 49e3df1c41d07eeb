"""The command line (命令行): one verb, one command; tables for people, `--json` for programs."""

from __future__ import annotations

import sys

from jinghe.cli import (
    audits,
    codes,
    compacts,
    contests,
    coordinate,
    evidence,
    explore,
    forecast,
    interests,
    operate,
    studies,
    surveys,
    usage,
)
from jinghe.cli.options import app, speak
from jinghe.cli.usage import call

__all__ = [
    "app",
    "audits",
    "call",
    "codes",
    "compacts",
    "contests",
    "coordinate",
    "evidence",
    "explore",
    "forecast",
    "interests",
    "main",
    "operate",
    "speak",
    "studies",
    "surveys",
    "usage",
]  # importing a room registers its commands


def main() -> None:
    """Run the command line."""
    sys.exit(call(app, sys.argv[1:], lang=speak(None)))

"""What every command shares (命令行选项): the app, options, languages, faults as messages."""

from __future__ import annotations

import json
import locale
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jinghe import __version__
from jinghe.cli.usage import Program, Verbs
from jinghe.errors import JingheError, problem

if TYPE_CHECKING:
    from rich.console import Console

    from jinghe.exhibit import Section

__all__ = [
    "Case",
    "Json",
    "Lang",
    "On",
    "PeriodOption",
    "Seed",
    "add_verbs",
    "app",
    "command",
    "console",
    "print_json",
    "print_text",
    "read_day",
    "require_place",
    "said",
    "show_section",
    "speak",
    "version",
]


def _guess_language() -> str:
    name = (
        os.environ.get("LC_ALL")
        or os.environ.get("LC_MESSAGES")
        or os.environ.get("LANG")
        or locale.getlocale()[0]
        or ""
    )
    return "zh" if name.lower().startswith("zh") else "en"


_LANG = _guess_language()


def said(zh: str, en: str) -> str:
    """Choose the words of a help text by the locale."""
    return zh if _LANG == "zh" else en


app = Program(
    name="jinghe",
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=said(
        "竞合：把区域契约写成数据，先推演、再运行、后评估。",
        "jinghe: a regional compact as data; simulate it, operate it, evaluate it.",
    ),
)


def add_verbs(name: str, *, zh: str, en: str) -> Program:
    """Add a verb that has verbs of its own."""
    verbs = Program(cls=Verbs, help=said(zh, en), no_args_is_help=True)
    app.add_typer(verbs, name=name)
    return verbs


Case = Annotated[
    str,
    typer.Argument(
        help=said(
            "案例文件夹，或随包案例名（shanxi、chuanyu、yuqian、toy）",
            "A case folder, or the name of a case that ships (shanxi, chuanyu, yuqian, toy)",
        )
    ),
]
PeriodOption = Annotated[str | None, typer.Option("--period", help=said("考核期，如 2021", "The period, such as 2021"))]
Seed = Annotated[
    int | None,
    typer.Option("--seed", help=said("随机种子；默认取契约所载", "Random seed; default: the compact's")),
]
Lang = Annotated[
    str | None,
    typer.Option("--lang", help=said("输出语言 zh 或 en；默认随系统", "zh or en; default: the locale's")),
]
Json = Annotated[bool, typer.Option("--json", help=said("输出 JSON", "Print JSON"))]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        help=said(
            "亮灯截至日；默认为数据所知的最后一天", "Day on which lights are read; default: the last day in the data"
        ),
    ),
]


def console() -> Console:
    """Make a console that prints words as they are: no markup, no colouring of figures."""
    from rich.console import Console

    return Console(highlight=False, markup=False, soft_wrap=True)


def speak(lang: str | None) -> str:
    """Return the language to speak: the one asked for, else the locale's. Raises JingheError."""
    if lang not in (None, "zh", "en"):
        raise JingheError([problem("language-unknown", "--lang", found=lang)])
    return lang or _LANG


def read_day(text: str | None, *, option: str = "--on") -> date | None:
    """Read a day given as an option; the message of the JingheError names the option."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise JingheError([problem("date-unreadable", option, found=text)]) from None


def require_place(folder: Path) -> None:
    """See, before long work begins, that a folder can be made and written; nothing is made. Raises JingheError."""
    nearest = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not (nearest.is_dir() and os.access(nearest, os.W_OK)):
        raise JingheError([problem("file-refused", file=str(nearest))])


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Turn the user's faults and refusals of the disk into messages and exit code 2; a broken pipe ends quietly."""

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> None:
        lang = kwargs.get("lang") if kwargs.get("lang") in ("zh", "en") else _LANG
        try:
            function(*args, **kwargs)
        except JingheError as error:
            for item in error.problems:
                print(f"✗ {item.text(str(lang))}", file=sys.stderr)
            raise typer.Exit(2) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except OSError as error:
            if error.filename is None:
                raise
            refused = problem("file-refused", file=str(error.filename))
            print(f"✗ {refused.text(str(lang))}", file=sys.stderr)
            raise typer.Exit(2) from None

    return guarded


def print_json(value: Any) -> None:
    """Print JSON for programs: words unescaped, no NaN."""
    print(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def show_section(section: Section, lang: str, as_json: bool) -> None:
    """Print a section as tables, or as JSON."""
    from jinghe.report import terminal

    if as_json:
        print_json(section.as_dict())
        return
    for table in terminal.section_tables([section.as_dict()], lang):
        console().print(table)


def print_text(text: str, out: Path | None) -> None:
    """Write text to a file, or print it."""
    if out:
        out.write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text, end="")


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help=said("显示版本", "Show the version"))] = False,
) -> None:
    """Say the version when asked."""
    if show:
        print(f"jinghe {__version__}")
        raise typer.Exit

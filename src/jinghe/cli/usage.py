"""The words of a command line (命令行用法): verbs in the order of work, and mistakes told in both languages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from jinghe.errors import JingheError, Problem, problem

__all__ = ["Program", "Verb", "Verbs", "call"]

_ORDER = ("check", "run", "score", "settle", "simulate", "diagnose", "report", "serve", "diff")
_FAULTS = {
    "NoSuchOption": "option-unknown",
    "MissingParameter": "argument-missing",
    "BadParameter": "option-unfit",
    "BadOptionUsage": "option-empty",
}
_Function = TypeVar("_Function", bound=Callable[..., Any])
_INTERRUPTED = 130  # what shells expect of a program stopped with Ctrl+C


_HEADS = {
    "Usage": "用法",
    "Options": "选项",
    "Arguments": "参数",
    "Commands": "命令",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Show this message and exit.": "显示本页",
    "[required]": "[必填]",
    "[default: ": "[默认：",
}


class Verb(TyperCommand):
    """One verb; its help is in one language throughout."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        super().format_help(ctx, formatter)
        _translate(formatter)


class Verbs(TyperGroup):
    """The verbs: those of daily work first, the others by name."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        super().format_help(ctx, formatter)
        _translate(formatter)

    def list_commands(self, ctx: Any) -> list[str]:
        """List them as help shows them."""
        named = super().list_commands(ctx)
        return [*(name for name in _ORDER if name in named), *sorted(set(named) - set(_ORDER))]

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the verb of a call. Raises JingheError `verb-unknown`."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            from jinghe.compact.path import nearest_word  # help needs no compact

            nearest = nearest_word(args[0], self.commands)
            raise JingheError([problem("verb-unknown", ctx.command_path, found=args[0], nearest=nearest)])
        return super().resolve_command(ctx, args)


class Program(typer.Typer):
    """A set of verbs whose help is in one language throughout."""

    def command(self, name: str | None = None, **given: Any) -> Callable[[_Function], _Function]:
        """Add a verb."""
        return super().command(name, cls=Verb, **given)


def _translate(formatter: Any) -> None:
    """Put the words of the page that are not ours into Chinese where ours are."""
    from jinghe.cli.options import said  # which reads this module

    for english, chinese in _HEADS.items():
        formatter.buffer[:] = [piece.replace(english, said(chinese, english)) for piece in formatter.buffer]


def call(app: Any, words: Sequence[str], *, lang: str) -> int:
    """Run a command line and return its exit code; mistakes in the words are told in `lang` and end with 2.

    Args:
        app: takes the words and raises what it finds wrong with them.
        words: without the program's name.
        lang: zh or en, unless the words name one of these.
    """
    named = [after for word, after in pairwise(words) if word == "--lang"]
    spoken = named[-1] if named and named[-1] in ("zh", "en") else lang
    try:
        return int(app(list(words), standalone_mode=False) or 0)
    except JingheError as error:
        faults = error.problems
    except KeyboardInterrupt:
        return _stop(spoken)
    except Exception as error:
        if type(error).__name__ == "Abort":  # how an interrupt reaches us through the command
            return _stop(spoken)
        if not hasattr(error, "format_message"):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            print(error.format_message(), file=sys.stderr)
            return 2
        faults = (_tell(error),)
    for fault in faults:
        print(f"✗ {fault.text(spoken)}", file=sys.stderr)
    return 2


def _tell(error: Any) -> Problem:
    """Put a mistake in the words of a call into both languages; one of an unforeseen kind as it was told."""
    context, parameter = getattr(error, "ctx", None), getattr(error, "param", None)
    verb = context.command_path if context else "jinghe"
    found = getattr(error, "option_name", None) or (parameter.opts[0] if parameter else error.format_message())
    return problem(_FAULTS.get(type(error).__name__, "usage-wrong"), verb, verb=verb, found=found)


def _stop(lang: str) -> int:
    print({"zh": "已中断。", "en": "Stopped."}[lang], file=sys.stderr)
    return _INTERRUPTED

"""Start the workbench: prepare its database, store the case's result, open the first account, and listen."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinghe.errors import JingheError, problem

if TYPE_CHECKING:
    from jinghe_web.models import Account, CaseResult

__all__ = ["find_account", "prepare", "serve", "store_case"]

Say = Callable[..., None]
_LOCAL = {"127.0.0.1", "localhost", "::1"}


def serve(
    folder: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    data: Path | None = None,
    lang: str = "zh",
    account: str = "coordinator",
) -> None:
    """Serve a case until stopped (启动工作台).

    Args:
        folder: a case folder or the name of a case that ships.
        host: address to listen on; beyond this machine put a proxy with TLS before it, set JINGHE_HTTPS=1, and name the
            host names it answers to in JINGHE_HOSTS (comma-separated).
        port: port to listen on.
        data: folder of the database; default `~/.local/share/jinghe`.
        lang: language of what is printed, and of the pages for browsers that ask for neither.
        account: name of the first account, opened when there is none.
    Raises:
        JingheError: the case has faults, or the port is taken.
    """
    from jinghe.run import open_case

    open_case(folder)  # a case with faults opens no account and writes nothing
    _check_port(host, port)
    _choose(host=host, data=data, lang=lang)
    prepare()
    from jinghe_web.words import say

    def tell(key: str, **values: object) -> None:
        print(say(key, lang, **values), flush=True)  # noqa: T201

    user = find_account(account, tell=tell)
    store_case(folder, user=user, tell=tell)
    if host not in _LOCAL and os.environ.get("JINGHE_HTTPS") != "1":
        tell("serve-plain")
    tell("serve-running", address=f"http://{host}:{port}/")
    _listen(host, port)


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise JingheError([problem("port-taken", host=host, port=port)]) from None


def _choose(*, host: str, data: Path | None, lang: str) -> None:
    """Hand the choices to the settings, which the server's own process reads again."""
    if data is not None:
        os.environ["JINGHE_DATA"] = str(data.resolve())
    hosts = {host, socket.gethostname()} - {"0.0.0.0", "::"}  # noqa: S104
    os.environ["JINGHE_HOSTS"] = ",".join(
        sorted({*hosts, *filter(None, os.environ.get("JINGHE_HOSTS", "").split(","))})
    )
    os.environ["JINGHE_LANGUAGE"] = lang


def prepare() -> None:
    """Make the data folder with its key, bring the tables up to date, and collect the static files."""
    import jinghe_web  # noqa: F401  (swaps SQLite before Django is imported)

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinghe_web.settings")
    data = Path(os.environ.get("JINGHE_DATA") or Path.home() / ".local" / "share" / "jinghe")
    _make_key(data)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def _make_key(data: Path) -> None:
    from django.core.management.utils import get_random_secret_key

    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = data / "secret.key"
    if not key.exists():
        with open(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:  # noqa: PTH123
            file.write(get_random_secret_key())


def find_account(name: str, *, tell: Say) -> Account:
    """Return the account opened first; open it with a one-time password, printed once, when there is none."""
    from jinghe_web.actions.open_account import open_account
    from jinghe_web.models import Account

    if not Account.objects.exists():
        tell("serve-account", name=name, password=open_account(name, user=None))
    return Account.objects.order_by("id").first()


def store_case(folder: str | Path, *, user: Account, tell: Say) -> CaseResult:
    """Compute the case and store it, unless its result is stored already."""
    from jinghe import __version__
    from jinghe.run import open_case, run_case
    from jinghe_web.actions.load_case import load_case
    from jinghe_web.models import CaseResult

    compact, reading = open_case(folder)
    key: dict[str, Any] = {"case": compact.id, "compact_digest": compact.digest, "panel_digest": reading.panel.digest}
    found = CaseResult.objects.filter(**key, seed=compact.simulate.seed, version=__version__).first()
    result = found or load_case(run_case(folder).document, user=user, observations=reading.panel.observations)
    tell("serve-kept" if found else "serve-loaded", case=result.case, period=result.period)
    return result


def _listen(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    target = "jinghe_web.wsgi:application"
    Granian(
        target, address=host, port=port, interface=Interfaces.WSGI, blocking_threads=4, log_level=LogLevels.warning
    ).serve()

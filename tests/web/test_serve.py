from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import stat
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from jinghe.errors import JingheError
from jinghe_web import serve
from jinghe_web.models import Account, CaseResult

NEW = "seven bridges over the Fen"


def heard() -> tuple[list[tuple[str, dict[str, Any]]], serve.Say]:
    said: list[tuple[str, dict[str, Any]]] = []
    return said, lambda key, **values: said.append((key, values))


def test_the_first_account_is_opened_once_and_its_password_told_once(db: None) -> None:
    said, tell = heard()

    first = serve.find_account("coordinator", tell=tell)
    again = serve.find_account("somebody", tell=tell)

    assert first == again
    assert [key for key, _ in said] == ["serve-account"]
    assert first.check_password(said[0][1]["password"])


def test_a_case_is_computed_and_stored_once(person: Account, root: Path) -> None:
    said, tell = heard()

    first = serve.store_case(root / "cases" / "toy", user=person, tell=tell)
    again = serve.store_case(root / "cases" / "toy", user=person, tell=tell)

    assert first == again
    assert [key for key, _ in said] == ["serve-loaded", "serve-kept"]
    assert CaseResult.objects.count() == 1
    assert first.observations.exists()


def test_a_case_with_faults_is_refused_before_anything_is_stored(person: Account, tmp_path: Path) -> None:
    with pytest.raises(JingheError):
        serve.store_case(tmp_path, user=person, tell=heard()[1])

    assert not CaseResult.objects.exists()


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(JingheError) as caught:
            serve.serve("toy", port=port)

    assert [item.code for item in caught.value.problems] == ["port-taken"]
    assert str(port) in caught.value.problems[0].text("zh")


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    serve._make_key(folder)
    key = (folder / "secret.key").read_text()
    serve._make_key(folder)

    assert (folder / "secret.key").read_text() == key
    assert len(key) >= 50
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@contextmanager
def served(root: Path, data: Path, port: int) -> Iterator[str]:
    """Serve the toy case in a process of its own; yield what it printed until it listened."""
    case = root / "cases" / "toy"
    choices = f"port={port}, data=Path({str(data)!r}), lang='en'"
    script = f"from pathlib import Path; from jinghe_web.serve import serve; serve({str(case)!r}, {choices})"
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("JINGHE", "DJANGO"))}
    env = inherited | {"PYTHONPATH": str(root / "src")}
    process = subprocess.Popen([sys.executable, "-c", script], env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        said = ""
        while "running" not in said:
            said += process.stdout.readline()
            assert process.poll() is None, said
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield said
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()


class Visit:
    """A browser without a screen: keeps cookies and sends forms with their token."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=20) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> str:
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))[-1]
        body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        with self.opener.open(self.base + path, body, timeout=20) as answer:
            return str(answer.read().decode())


@pytest.mark.slow
def test_one_command_leads_from_nothing_to_an_open_page(root: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path / "data"

    with served(root, data, port) as said:
        password = re.search(r"one-time password: (\S+) ", said)
        assert password is not None
        visit = Visit(port)
        assert "This password serves once" in visit.post("/login/", username="coordinator", password=password[1])
        visit.post("/password/", old_password=password[1], new_password1=NEW, new_password2=NEW)
        page = visit.get("/toy/")
        assert "</html>" in page
        sheet = re.search(r'href="(/static/css/base\.[0-9a-f]+\.css)"', page)
        assert sheet is not None
        assert "--accent" in visit.get(sheet[1])

    with served(root, data, port) as said:
        assert "already stored" in said
        assert "password" not in said


def test_a_case_with_faults_opens_no_account_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(JingheError):
        serve.serve("atlantis", data=tmp_path / "data", port=1)

    assert not (tmp_path / "data").exists()

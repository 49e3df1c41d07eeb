from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from jinghe_web.models import CaseResult

PRAGMAS = {"foreign_keys": 1, "synchronous": 2, "busy_timeout": 20_000}


@pytest.mark.parametrize("name", PRAGMAS)
def test_the_database_is_opened_as_said(db: None, name: str) -> None:
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {name}").fetchone() == (PRAGMAS[name],)


def test_writers_take_the_lock_when_they_begin() -> None:
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_write_ahead_logging_is_used_only_with_a_mended_sqlite(db: None) -> None:
    import sqlite3

    mode = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"

    assert f"journal_mode={mode};" in settings.DATABASES["default"]["OPTIONS"]["init_command"]


def test_models_and_migrations_agree(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_pages_forbid_foreign_and_inline_script(visitor: Any, result: CaseResult) -> None:
    answer = visitor.get("/toy/")

    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"


def test_answers_carry_their_security_headers(visitor: Any, result: CaseResult) -> None:
    headers = visitor.get("/toy/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-store"


def test_cookies_are_kept_from_scripts(client: Any, person: Any) -> None:
    client.post("/login/", {"username": "wang", "password": "a-long-password"})

    for name in ("jinghe_session", "jinghe_csrf"):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_a_foreign_host_name_is_refused(client: Any, db: None) -> None:
    settings.ALLOWED_HOSTS.remove("testserver")
    try:
        assert client.get("/healthz", HTTP_HOST="evil.example").status_code == 400
    finally:
        settings.ALLOWED_HOSTS.append("testserver")

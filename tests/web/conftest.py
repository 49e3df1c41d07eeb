"""A workbench with the toy case loaded; a browser for the tests that need one."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Before any model is imported: the settings take their data folder from here.
os.environ["JINGHE_DATA"] = tempfile.mkdtemp(prefix="jinghe-")
atexit.register(shutil.rmtree, os.environ["JINGHE_DATA"], ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "jinghe_web.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs an event loop in the thread of the tests
(Path(os.environ["JINGHE_DATA"]) / "static").mkdir()

import jinghe_web  # noqa: E402  (swaps SQLite before Django is imported)

assert jinghe_web.__doc__

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import Permission  # noqa: E402

from jinghe.panel import Panel  # noqa: E402
from jinghe.run import open_case, run_case  # noqa: E402
from jinghe_web.actions.load_case import load_case  # noqa: E402
from jinghe_web.models import Account, CaseResult  # noqa: E402

Case = tuple[dict[str, Any], Panel]


def compute(folder: Path) -> Case:
    return run_case(folder).document, open_case(folder)[1].panel


@pytest.fixture(autouse=True)
def plain_settings(settings: Any) -> None:
    """Files without hashed names, passwords without slow hashing."""
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STORAGES = storages
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def toy(root: Path) -> Case:
    return compute(root / "cases" / "toy")


@pytest.fixture(scope="session")
def shanxi(root: Path) -> Case:
    return compute(root / "cases" / "shanxi")


@pytest.fixture
def document(toy: Case) -> dict[str, Any]:
    return toy[0]


@pytest.fixture
def person(db: None) -> Account:
    """Somebody who may load results and has a password of their own."""
    account = Account.objects.create_user("wang", password="a-long-password", has_one_time_password=False)
    account.user_permissions.set(Permission.objects.filter(codename__in=["add_caseresult", "add_account"]))
    return account


@pytest.fixture
def result(person: Account, toy: Case) -> CaseResult:
    return load_case(toy[0], user=person, observations=toy[1].observations)


@pytest.fixture
def visitor(client: Any, person: Account) -> Any:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="session")
def chrome(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()

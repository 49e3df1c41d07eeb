"""What every test shares: where the repository is, how Hypothesis searches, and what needs a browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

# Times vary between machines, so a slow example is no fault; the same examples are tried everywhere.
settings.register_profile("full", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("quick", settings.get_profile("full"), max_examples=10)
settings.load_profile("full")  # `scripts/test quick` asks for the other one

PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")  # of Debian
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def chromium() -> str:
    assert CHROMIUM is not None, "a test that asks for chromium carries the mark `browser`"
    return CHROMIUM


@pytest.hookimpl(trylast=True)  # after tests were deselected: only a wanted browser is looked for
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    wanting = [item for item in items if "browser" in item.keywords]
    if wanting and not opens_pages():
        for item in wanting:
            item.add_marker(pytest.mark.skip(reason=f"no browser here: apt-get install {' '.join(PACKAGES)}"))


def opens_pages() -> bool:
    """Is there a Chromium, and does the driver that steers it start?"""
    driver = [sys.executable, "-m", "playwright", "--version"]
    return CHROMIUM is not None and subprocess.run(driver, capture_output=True, check=False).returncode == 0

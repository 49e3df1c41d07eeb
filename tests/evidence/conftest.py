"""The real cases, read once."""

import pytest

from jinghe.compact import load_compact


@pytest.fixture(scope="session")
def chuanyu():
    return load_compact("chuanyu")


@pytest.fixture(scope="session")
def yuqian():
    return load_compact("yuqian")


@pytest.fixture(scope="session")
def toy():
    return load_compact("toy")

"""The toy case's result, made once."""

import pytest

from jinghe.run import run_case


@pytest.fixture(scope="session")
def document():
    return run_case("toy", period="2021", seed=7).document

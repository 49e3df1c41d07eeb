from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtri

from jinghe.simulation.compiled import compiled, exponential, fill_normals, fill_uniforms, inlined, normal, philox_words
from jinghe.simulation.draws import Purpose, draw_uniforms


def test_the_compiled_generator_gives_the_published_words() -> None:
    zero = np.uint64(0)

    words = philox_words(zero, zero, zero, zero, zero, zero)

    assert [f"{int(word):08x}" for word in words] == ["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]


def test_the_compiled_uniforms_are_those_of_the_specification() -> None:
    out, copies, places = np.zeros((4, 21)), np.arange(21) // 7, np.tile(np.arange(3, 10), 3)

    fill_uniforms(out, np.uint64(7 + 2**40), 5, copies, 3, places, int(Purpose.EDGE))

    asked = {"purpose": Purpose.EDGE, "replications": range(5, 8), "period": 3, "places": places[:7], "count": 4}
    assert np.array_equal(out.reshape(4, 3, 7), draw_uniforms(7 + 2**40, **asked).swapaxes(0, 1))


@pytest.mark.parametrize("u", [1e-10, 1e-6, 0.02, 0.074, 0.076, 0.3, 0.5, 0.9, 0.999, 1 - 1e-9])
def test_the_compiled_quantile_is_the_normal_one(u) -> None:
    assert normal(u) == pytest.approx(float(ndtri(u)), abs=1e-13, rel=1e-13)


def test_what_is_cached_is_stale_once_any_source_of_the_engine_changes(monkeypatch) -> None:
    from jinghe.simulation import compiled as module

    def one() -> float:
        return 1.0

    before = compiled(one)._cache._cache_file._source_stamp
    monkeypatch.setattr(module, "_SOURCES", "changed")

    assert compiled(one)._cache._cache_file._source_stamp != before


def test_every_source_that_the_kernels_read_makes_the_cache_stale() -> None:
    from jinghe.simulation import compiled as module

    here = Path(module.__file__).parent
    known = {path.stem for name in module._PARTS for path in here.glob(f"{name}.py")}
    read = re.compile(r"^from jinghe\.simulation(?:\.(\w+))? import (.+)$", re.MULTILINE)
    kernels = [path.read_text(encoding="utf-8") for path in here.glob("kernel*.py")]

    found = {name or imported for text in kernels for name, imported in read.findall(text)}

    assert found
    assert found <= known


def test_an_equation_keeps_its_value_when_compiled() -> None:
    def square(x: float) -> float:
        return x * x

    part = inlined(square)

    @compiled
    def twice(x: float) -> float:
        return 2 * part(x)

    assert twice(3.0) == 18.0


def test_the_exponential_for_loops_is_the_exponential() -> None:
    one = compiled(exponential)

    for x in (*np.linspace(-699.0, 699.0, 20_001), 0.0, 1e-17, -1e-9):
        assert one(x) == pytest.approx(np.exp(x), rel=1e-15)
    assert [one(x) for x in (-700.0, -1e9)] == [0.0, 0.0]


def test_many_quantiles_are_those_of_one() -> None:
    u, out = (np.arange(1000) + 0.5) / 1000, np.zeros(1000)

    fill_normals(u, out)

    assert out.tolist() == [normal(x) for x in u]

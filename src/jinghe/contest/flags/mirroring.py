"""Reporters whose figures differ from their partners' in one direction (上报偏向)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import expm1

from jinghe.contest.chance import find_t_power
from jinghe.contest.flags.flag import Probe, Untested
from jinghe.contest.flags.scope import Scope
from jinghe.contest.mirror import Claim, fit_reporters
from jinghe.labels import Text

__all__ = ["probe_reporters"]

_FEW, _THREE, _SHIFT = 8, 3, 0.3


def probe_reporters(scope: Scope, claims: Sequence[Claim]) -> Iterator[Probe | Untested]:
    """Test each reporter of joint items for a bias against the median one (`fit_reporters`), at least 8 mirrored items.

    Fewer than three reporters cannot tell who of two is off, which is counted.
    """
    if not claims:
        return
    found = fit_reporters(claims)
    chances = found.find_p()
    for k, code in enumerate(found.codes):
        n, place, who = int(found.reports[k]), (code, "", scope.span), scope.name(code)
        if n < _FEW or len(found.codes) < _THREE or not found.error[k] > 0:
            reason = Text(
                f"与他方对应的申报只有 {n} 项，至少要 {_FEW} 项",
                f"{n} items reported by others, too; {_FEW} are needed",
            )
            yield Untested("reporter-bias", *place, n, reason)
            continue
        bias, error = float(found.bias[k]), float(found.error[k])
        evidence = Text(
            f"{who.zh}：{n} 项共同事项中，其申报比合作方平均{'高' if bias > 0 else '低'} {abs(100 * expm1(bias)):.0f}%"
            f"（除此之外的标准差 {found.deviation[k]:.2f}）。计量口径不同也会造成，请核对。",
            f"{who.en}: over {n} joint items its reports are {abs(100 * expm1(bias)):.0f} % "
            f"{'above' if bias > 0 else 'below'} its partners' "
            f"(standard deviation beside that {found.deviation[k]:.2f}). Other ways of counting may explain it; "
            "please check.",
        )
        power = find_t_power(max((n - 1) / 2, 1.0), shift=_SHIFT / error)
        against = Text("偏向 0.3 个对数点时", "a bias of 0.3 log points")
        yield Probe("reporter-bias", *place, bias, float(chances[k]), n, power, evidence, against)

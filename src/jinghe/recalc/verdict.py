"""What a recalculation found (判定): one status per claim, every finding with its reason and its numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinghe.labels import Text
from jinghe.recalc.claim import Claim
from jinghe.recalc.printed import Interval

__all__ = ["STATUSES", "Finding", "Number", "Verdict", "compose"]

Number = Interval | float | int

STATUSES: Mapping[str, Text] = {
    "inconsistent": Text("矛盾", "inconsistent"),
    "conditional": Text("有条件一致", "conditionally consistent"),
    "consistent": Text("一致", "consistent"),
    "untestable": Text("无法检验", "untestable"),
    "derived": Text("推算", "derived"),
}
_PARTS = {"t-p", "means-t", "means-p"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of one claim (检验结果); `derived` findings follow from the claim and judge nothing."""

    check: str
    status: str
    text: Text
    decision_error: bool = False
    numbers: Mapping[str, Number] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as `result.json` holds it; an interval is a pair."""
        return {
            "check": self.check,
            "status": self.status,
            "decision_error": self.decision_error,
            "text": self.text.as_dict(),
            "numbers": {k: [v.low, v.high] if isinstance(v, Interval) else v for k, v in self.numbers.items()},
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """Does a claim agree with itself? (判定) `text` names the numbers that decide."""

    claim: Claim
    status: str
    decision_error: bool
    text: Text
    findings: tuple[Finding, ...]

    def finding(self, check: str) -> Finding:
        """Return the finding of one check; a KeyError tells that it was not made."""
        return {item.check: item for item in self.findings}[check]

    def further(self) -> tuple[Finding, ...]:
        """Return what the text leaves out and a reader should know: what follows, and what holds only on conditions."""
        also = {"derived"} | ({"conditional"} if self.status == "inconsistent" else set())
        return tuple(item for item in self.findings if item.status in also)

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as `result.json` holds it."""
        return {
            "claim": self.claim.id,
            "test": self.claim.test,
            "source": self.claim.source,
            "place": self.claim.place.as_dict(),
            "status": self.status,
            "status_label": STATUSES[self.status].as_dict(),
            "decision_error": self.decision_error,
            "text": self.text.as_dict(),
            "assumed": [item.as_dict() for item in self.claim.assumed],
            "findings": [item.as_dict() for item in self.findings],
        }


_TOO_LITTLE = Text("所印数值太少，无从核对。", "Too little is printed to be tested.")


def compose(claim: Claim, findings: Sequence[Finding]) -> Verdict:
    """Compose the verdict: inconsistent beats conditional beats consistent; untestable when nothing could be tested."""
    met = [item.status for item in findings]
    status = next((name for name in ("inconsistent", "conditional", "consistent") if name in met), "untestable")
    reasons = [item.text for item in _deciding([item for item in findings if item.status == status], status)]
    reasons = reasons or [_TOO_LITTLE]
    text = Text("".join(item.zh for item in reasons), " ".join(item.en for item in reasons))
    if claim.assumed:
        text = _with_assumptions(text, claim.assumed)
    return Verdict(claim, status, any(item.decision_error for item in findings), text, tuple(findings))


def _deciding(found: Sequence[Finding], status: str) -> Sequence[Finding]:
    """What need be said: the joint check says all that its parts say; of agreement the main check is enough."""
    checks = {item.check for item in found}
    main = [item for item in found if item.check in {"joint", "statistic-p"}]
    if status == "consistent" and main:
        return main
    return [item for item in found if "joint" not in checks or item.check not in _PARTS]


def _with_assumptions(text: Text, assumed: Sequence[Text]) -> Text:
    zh, en = "；".join(item.zh for item in assumed), "; ".join(item.en for item in assumed)
    return Text(f"{text.zh}（以下各点原文未印，系本处设定：{zh}。）", f"{text.en} (Not printed, assumed here: {en}.)")

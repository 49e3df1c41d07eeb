"""What is wrong with a rule (规则诊断): who loses when the total grows, where it jumps, where its rate changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jinghe.labels import Text
from jinghe.sharing.probe import Fall, Jump, Kink, Probe, Rule, probe

__all__ = ["RuleDiagnosis", "Voice", "diagnose_rule", "say_edges", "say_falls"]

_Show = Callable[[float, str], str]  # a number and a language → words


@dataclass(frozen=True, slots=True)
class Voice:
    """How numbers are said (数字表述): figures, outcomes, and outcomes per unit of the figure."""

    figure: _Show
    outcome: _Show
    rate: _Show


@dataclass(frozen=True, slots=True)
class RuleDiagnosis:
    """How the outcomes of a rule answer to one figure (规则诊断), with a sentence per finding."""

    probe: Probe
    sentences: tuple[Text, ...]

    @property
    def is_monotone(self) -> bool:
        """Does nobody lose while the figure grows?"""
        return self.probe.is_monotone

    @property
    def is_continuous(self) -> bool:
        """Is there no jump?"""
        return self.probe.is_continuous

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        found = self.probe
        return {
            "monotone": self.is_monotone,
            "continuous": self.is_continuous,
            "complete": found.is_complete,
            "jumps": [{"party": j.party, "at": float(j.at), "size": j.size} for j in found.jumps],
            "kinks": [{"party": k.party, "at": float(k.at), "before": k.before, "after": k.after} for k in found.kinks],
            "falls": [
                {"party": f.party, "start": float(f.start), "end": float(f.end), "loss": f.loss} for f in found.falls
            ],
            "curved": list(found.curved),
            "sentences": [text.as_dict() for text in self.sentences],
        }


def diagnose_rule(
    rule: Rule,
    *,
    parties: Sequence[str],
    amounts: Sequence[Fraction | int],
    names: Mapping[str, Text] | None = None,
    unit: Text | None = None,
) -> RuleDiagnosis:
    """Diagnose any rule from an amount to shares: is it monotone, continuous, and where does it invite gaming?

    Args:
        rule: amount → what each party gets.
        parties: their ids, in the order of the shares.
        amounts: the grid, at least two, rising; between its points the rule is refined where it bends (`probe`).
        names: how the parties are called.
        unit: the unit of amounts and shares.
    Returns:
        The findings and a sentence each: who loses how much while the total grows from where to where; jumps with
        place and size; changes of the marginal rate.

    >>> cut = diagnose_rule(lambda x: (x if x < 5 else x - 3,), parties=["A"], amounts=[0, 4, 10])
    >>> cut.sentences[0].en
    'While the total grows from 5 to 5, A loses 3.'
    """

    def show(value: float, lang: str) -> str:
        return f"{value:.6g} {unit.get(lang)}" if unit else f"{value:.6g}"

    found = probe(rule, parties=parties, grid=[Fraction(amount) for amount in amounts])
    named = {party: (names or {}).get(party, Text(party, party)) for party in parties}
    voice, subject = Voice(show, show, lambda rate, lang: f"{rate:.4g}"), Text("总额", "the total")
    falls = say_falls(found.falls, subject=subject, names=named, say=voice)
    return RuleDiagnosis(found, (*falls, *say_edges(found, subject=subject, names=named, say=voice)))


def say_falls(falls: Sequence[Fall], *, subject: Text, names: Mapping[str, Text], say: Voice) -> Iterator[Text]:
    """Say who loses how much while the figure grows, or that nobody does."""
    for fall in falls:
        zh = [say.figure(float(fall.start), "zh"), say.figure(float(fall.end), "zh"), say.outcome(fall.loss, "zh")]
        en = [say.figure(float(fall.start), "en"), say.figure(float(fall.end), "en"), say.outcome(fall.loss, "en")]
        name = names[fall.party]
        yield Text(
            f"{subject.zh}由 {zh[0]} 增至 {zh[1]} 时，{name.zh}反而少得 {zh[2]}。",
            f"While {subject.en} grows from {en[0]} to {en[1]}, {name.en} loses {en[2]}.",
        )
    if not falls:
        yield Text(f"所考察范围内，{subject.zh}增加时无人受损。", f"Nobody loses while {subject.en} grows.")


def say_edges(found: Probe, *, subject: Text, names: Mapping[str, Text], say: Voice) -> Iterator[Text]:
    """Say where outcomes jump and where their rates change, for the parties named, or that nothing jumps."""
    for jump in found.jumps:
        if jump.party in names:
            yield _say_jump(jump, names[jump.party], subject, say)
    for kink in found.kinks:
        if kink.party in names:
            yield _say_kink(kink, names[kink.party], subject, say)
    for party in found.curved:
        if party in names:
            zh, en = names[party].zh, names[party].en
            yield Text(
                f"{zh}的所得随{subject.zh}逐点变化，没有固定的边际率。", f"The marginal rate of {en} changes all along."
            )
    if not found.jumps:
        yield Text(f"所得随{subject.zh}连续变化，没有跳跃。", f"Nothing jumps as {subject.en} changes.")
    if not found.is_complete:
        yield Text("试探次数已达上限，以上可能不全。", "The search hit its limit; this may not be all.")


def _say_jump(jump: Jump, name: Text, subject: Text, say: Voice) -> Text:
    place = {lang: say.figure(float(jump.at), lang) for lang in ("zh", "en")}
    size = {lang: say.outcome(abs(jump.size), lang) for lang in ("zh", "en")}
    if jump.size > 0:
        return Text(
            f"{subject.zh}达到 {place['zh']} 时，{name.zh}骤增 {size['zh']}：略低于此的，多报一点即可多得。",
            f"At {place['en']} of {subject.en}, {name.en} gains {size['en']} at once: just below, a little more pays.",
        )
    return Text(
        f"{subject.zh}达到 {place['zh']} 时，{name.zh}骤减 {size['zh']}：停在其下或少报一点即可避免。",
        f"At {place['en']} of {subject.en}, {name.en} loses {size['en']} at once: staying just below avoids it.",
    )


def _say_kink(kink: Kink, name: Text, subject: Text, say: Voice) -> Text:
    place = {lang: say.figure(float(kink.at), lang) for lang in ("zh", "en")}
    zh, en = ([say.rate(rate, lang) for rate in (kink.before, kink.after)] for lang in ("zh", "en"))
    return Text(
        f"{subject.zh}在 {place['zh']} 处，{name.zh}每增一单位的所得由 {zh[0]} 变为 {zh[1]}。",
        f"At {place['en']} of {subject.en}, what {name.en} gets of one more unit goes from {en[0]} to {en[1]}.",
    )

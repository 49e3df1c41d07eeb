"""A statement line as a sentence (依据说明), in Chinese and English."""

from __future__ import annotations

from jinghe.labels import Text
from jinghe.sharing import phrases
from jinghe.sharing.trace import Trace
from jinghe.sharing.workings import tell_condition, tell_working

__all__ = ["amount_words", "party_words", "period_words", "sentence", "status_words"]

# The words of a sentence, by the name under which statements use them.
amount_words = phrases.amount_words
party_words = phrases.party_words
period_words = phrases.period_words
status_words = phrases.status_words
_PHRASE = Text("{payer}应付{payee} {amount}", "{payer} pays {payee} {amount}")


def sentence(trace: Trace, lang: str) -> str:
    """Say a line in one sentence: the clause it rests on, the amount, the working and the sources."""
    phrase = (trace.phrase or _PHRASE).get(lang)
    names = {"payer": party_words(trace.payer, trace.payer_name, lang)}
    names |= {"payee": party_words(trace.payee, trace.payee_name, lang)}
    for key, words in (names | {"amount": amount_words(trace.rounded or 0, lang)}).items():
        phrase = phrase.replace("{" + key + "}", words)
    working = tell_working(trace, lang) + [tell_condition(child, lang) for child in trace.children]
    period = period_words(trace.period, lang)
    if lang == "zh":
        return f"依据{trace.basis}{trace.label.zh}：{period}，{phrase}（{'；'.join(working)}）。"
    return f"Under {trace.basis}, {trace.label.en}: for {period}, {phrase} ({'; '.join(working)})."

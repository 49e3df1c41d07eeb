"""The course of a paper (办理程序): one state table, read as data, says who may do what and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinghe.errors import Problem, RuleError, problem
from jinghe.labels import Text

__all__ = ["Option", "Procedure", "Step", "Window"]


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a state table (状态转移): in `state`, `role` may take `action`, which leads `to` another state.

    `clock` names the span of days in which it may be taken, empty for any day; `given` the facts that must hold.
    `effect` is what the step does beyond changing the state.
    """

    state: str
    action: str
    role: str
    to: str
    clock: str = ""
    given: tuple[str, ...] = ()
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days (期限), first and last day inside."""

    first: date = date.min
    last: date = date.max

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def say(self, lang: str) -> str:
        """Say the span; nothing when it has no end on either side.

        >>> Window(date(2022, 2, 1), date(2022, 2, 20)).say("en"), Window(last=date(2022, 2, 20)).say("zh")
        ('2022-02-01 to 2022-02-20', '2022-02-20前（含当日）')
        """
        has_first, has_last = self.first > date.min, self.last < date.max
        if has_first and has_last:
            return f"{self.first}至{self.last}" if lang == "zh" else f"{self.first} to {self.last}"
        if has_first:
            return f"{self.first}起" if lang == "zh" else f"from {self.first}"
        if has_last:
            return f"{self.last}前（含当日）" if lang == "zh" else f"until {self.last}"
        return ""


@dataclass(frozen=True, slots=True)
class Option:
    """What may be done now or later (可办事项): an action, the role that may take it, and when."""

    action: str
    role: str
    window: Window
    to: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A state table with the words for its states, roles, actions, clocks, facts and effects (办理程序).

    Of several rows for one state, action and role the first whose facts hold and whose span has the day is taken.
    """

    title: Text
    start: str
    steps: tuple[Step, ...]
    words: Mapping[str, Text]

    @property
    def states(self) -> tuple[str, ...]:
        """All states in order of appearance."""
        return tuple(dict.fromkeys([self.start, *(s for step in self.steps for s in (step.state, step.to))]))

    @property
    def ends(self) -> tuple[str, ...]:
        """The states from which nothing leads on."""
        return tuple(state for state in self.states if all(step.state != state for step in self.steps))

    def options(
        self, state: str, *, on: date, windows: Mapping[str, Window], facts: Iterable[str] = ()
    ) -> tuple[Option, ...]:
        """List what may be done in a state on a day or after it; a clock without a window never runs."""
        held = set(facts)
        found = [
            Option(step.action, step.role, windows.get(step.clock, Window()) if step.clock else Window(), step.to)
            for step in self.steps
            if step.state == state and held.issuperset(step.given) and (not step.clock or step.clock in windows)
        ]
        return tuple(option for option in found if option.window.last >= on)

    def take(
        self,
        state: str,
        *,
        action: str,
        role: str,
        on: date,
        windows: Mapping[str, Window],
        facts: Iterable[str] = (),
        subject: str = "",
    ) -> Step:
        """Find the row that an action takes.

        Args:
            state: where the paper stands.
            action: what is to be done.
            role: who wants to.
            on: the day.
            windows: the span of every clock that runs; a row whose clock is not among them cannot be taken.
            facts: the facts that hold.
            subject: how messages name the paper.
        Raises:
            RuleError: no row allows it; the message says what is allowed, by whom, until when.
        """
        held = set(facts)
        rows = [s for s in self.steps if (s.state, s.action, s.role) == (state, action, role)]
        for step in rows:
            in_time = not step.clock or (step.clock in windows and on in windows[step.clock])
            if in_time and held.issuperset(step.given):
                return step
        raise RuleError([self._refuse(state, action, role, on=on, windows=windows, facts=held, subject=subject)])

    def say(self, word: str) -> Text:
        """Name a state, role, action, clock, fact or effect; one without words shows its id."""
        return self.words.get(word, Text(word, word))

    def check(self) -> list[str]:
        """List the faults of the table itself: words missing, states that are never reached, rows in each other's way.

        A later row for one state, action and role can be taken only when an earlier one asks for something.
        """
        used = [w for s in self.steps for w in (s.state, s.to, s.action, s.role, s.clock, s.effect, *s.given) if w]
        faults = [f"no words for {word}" for word in dict.fromkeys(used) if word not in self.words]
        reached = {self.start}
        for _ in self.states:
            reached |= {step.to for step in self.steps if step.state in reached}
        faults += [f"{state} is never reached" for state in self.states if state not in reached]
        plain: set[tuple[str, str, str]] = set()
        for step in self.steps:
            key = (step.state, step.action, step.role)
            faults += [f"{key} is decided before"] if key in plain else []
            plain |= set() if step.given or step.clock else {key}
        return faults

    def describe(self, lang: str) -> str:
        """Write the table as a page that people read (程序一览), in Markdown."""
        heads = {
            "zh": ("现状态", "谁", "可办", "期限", "条件", "转为", "效果"),
            "en": ("state", "who", "may", "when", "provided", "becomes", "effect"),
        }[lang]
        rows = [heads, ("---",) * len(heads), *(self._row(step, lang) for step in self.steps)]
        ends = ("、" if lang == "zh" else ", ").join(self.say(state).get(lang) for state in self.ends)
        last = f"终结状态：{ends}。" if lang == "zh" else f"Final states: {ends}."
        table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
        return f"# {self.title.get(lang)}\n\n{table}\n\n{last}\n"

    def _row(self, step: Step, lang: str) -> tuple[str, ...]:
        gap = "；" if lang == "zh" else "; "
        given = gap.join(self.say(fact).get(lang) for fact in step.given)
        cells = (step.state, step.role, step.action, step.clock, given, step.to, step.effect)
        return tuple(self.say(cell).get(lang) if cell else "—" for cell in cells)

    def _refuse(
        self,
        state: str,
        action: str,
        role: str,
        *,
        on: date,
        windows: Mapping[str, Window],
        facts: set[str],
        subject: str,
    ) -> Problem:
        rows = [s for s in self.steps if s.state == state and (not s.clock or s.clock in windows)]
        spans = [(step, windows[step.clock] if step.clock else Window()) for step in rows]
        ahead = [(step, span) for step, span in spans if span.last >= on]
        sides: dict[str, Any] = {}
        for lang in ("zh", "en"):
            words = {"action": action, "role": role, "state": state}
            sides |= {f"{key}_{lang}": self.say(word).get(lang) for key, word in words.items()}
            sides[f"allowed_{lang}"] = self._say_ahead(ahead, lang, facts=facts)
        return problem("move-refused", subject, on=on, **sides)

    def _say_ahead(self, ahead: Sequence[tuple[Step, Window]], lang: str, *, facts: set[str]) -> str:
        if not ahead:
            return "无，程序已终结" if lang == "zh" else "nothing, it has ended"
        gap = "；" if lang == "zh" else "; "
        return gap.join(dict.fromkeys(self._say_step(step, span, lang, facts=facts) for step, span in ahead))

    def _say_step(self, step: Step, span: Window, lang: str, *, facts: set[str]) -> str:
        """Say who may do what, when, and what must first come to hold."""
        unmet = [self.say(fact).get(lang) for fact in step.given if fact not in facts]
        role, action, when = self.say(step.role).get(lang), self.say(step.action).get(lang), span.say(lang)
        if lang == "zh":
            notes = "，".join(filter(None, (when, f"须{'且'.join(unmet)}" if unmet else "")))
            return f"{role}可{action}" + (f"（{notes}）" if notes else "")
        notes = ", ".join(filter(None, (when, f"once {' and '.join(unmet)}" if unmet else "")))
        return f"the {role} may {action}" + (f" ({notes})" if notes else "")

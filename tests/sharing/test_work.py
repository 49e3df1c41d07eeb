"""One period at work: names are bound once, clauses computed once, and only where they are needed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from jinghe.panel import Panel
from jinghe.region import Region
from jinghe.sharing import Agreement, State
from jinghe.sharing.agreement import Clause
from jinghe.sharing.evidence import Evidence
from jinghe.sharing.work import WHOLE, Result, Work
from jinghe.units import Period


def test_a_clause_is_computed_once(park: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    runs = []

    def run(clause: Clause, work: Work) -> list[Result]:
        runs.append(clause.id)
        return [Result(clause, WHOLE, Fraction(7), ())]

    work = Work(Evidence(park, toy_panel, toy_region, Period.of(2021)), State(), run)

    assert work.results(park.clauses[0]) is work.results(park.clauses[0])
    assert ["c1"] == runs
    assert "c2" == work.clause("c2").id
    assert "990100" == work.key("origin", "")
    assert "990300" == work.key("each", "990300")


def test_a_value_is_data_a_parameter_or_a_result(
    fill: Callable[..., Agreement], panel_of: Callable[..., Panel], toy_region: Region
) -> None:
    agreement = fill("two_key_pot", parties={"yunnan": "990100"}, decide={"partial": "1/2"})
    panel = panel_of([("990100", "qingshuipu_failed", "2021", "0.4", "1")])
    made = Result(agreement.clauses[1], "990100", Fraction(6000), ())
    work = Work(Evidence(agreement, panel, toy_region, Period.of(2021)), State(), lambda clause, work: [made])

    found = {name: work.slot("x", name).at(WHOLE)[0] for name in ("qingshuipu", "pot", "distribute.yunnan")}

    assert ["observation", "parameter", "clause"] == [item.kind for item in found.values()]
    assert [Fraction(2, 5), Fraction(20000 * 10**6), Fraction(6000)] == [item.value for item in found.values()]


def test_sums_are_carried_where_the_clause_applies(park: Agreement, toy_panel: Panel, toy_region: Region) -> None:
    clause = park.clauses[0]
    state = State(None, {"c1@990100": (Fraction(3),)})
    work = Work(Evidence(park, toy_panel, toy_region, Period.of(2021)), state, lambda clause, work: [])

    work.carry(clause, "990100", (work.before(clause, "990100", 1)[0] + 4,))
    assert {"c1@990100": (Fraction(7),)} == work.sums
    work.masks["c1"] = 0
    work.carry(clause, "990100", (Fraction(99),))
    assert {"c1@990100": (Fraction(3),)} == work.sums

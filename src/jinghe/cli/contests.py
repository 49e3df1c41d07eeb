"""The contest on the command line (竞赛): scores with their ranks, and which choice decides them."""

from __future__ import annotations

from typing import Annotated

import typer

from jinghe.cli.options import Case, Json, Lang, PeriodOption, Seed, app, command, console, print_json, said, speak
from jinghe.errors import attempt

__all__ = ["score", "sensitivity"]


@app.command(help=said("只算得分与名次区间，可附奖励", "Scores and ranks with intervals only, with prizes if asked"))
@command
def score(
    case: Case,
    period: PeriodOption = None,
    seed: Seed = None,
    prizes: Annotated[bool, typer.Option("--prizes", help=said("并按名次的把握评奖", "Award the prizes, too"))] = False,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Score and rank one period; with prizes the errors of the figures count for those that rest on them."""
    from jinghe.operation import REDRAWINGS, award_prizes, find_standing, rank_period, score_period, study_period
    from jinghe.report import document_scores, show_awards, terminal
    from jinghe.run import open_case, pick_period

    spoken = speak(lang)
    compact, reading = open_case(case)
    chosen = pick_period(compact, reading, period=period)
    used = compact.simulate.seed if seed is None else seed
    scores = score_period(compact, panel=reading.panel, period=chosen)
    drawn = REDRAWINGS if prizes else 0
    study = study_period(compact, panel=reading.panel, period=chosen, seed=used, redrawings=drawn)
    standing = find_standing(compact, study=study, scores=scores, seed=used) if prizes else None
    ranking = standing.ranking if standing else rank_period(study, scores=scores, seed=used)
    part = document_scores(compact, scores=scores, ranking=ranking)
    if standing:
        awards = award_prizes(compact, standing=standing, seed=used)
        part["awards"] = show_awards(awards, region=compact.region).as_dict()
    if as_json:
        print_json(part)
        return
    console().print(terminal.rank_table(part, spoken))
    for line in terminal.section_tables([part["awards"]], spoken) if prizes else ():
        console().print(line)
    for told in (*scores.notes, *scores.tell_dropped()):
        console().print(f"· {told.get(spoken)}", style="dim")
    for note in compact.notes:
        if note.path.startswith("contest") and note.kind != "missing":
            console().print(f"! {note.text.get(spoken)}", style="dim")


@app.command(
    help=said(
        "哪一种做法左右名次（Sobol' 指数，算到收敛）",
        "Which choice decides the ranks (Sobol' indices, until they converge)",
    )
)
@command
def sensitivity(
    case: Case,
    target: Annotated[
        str,
        typer.Option(
            "--target",
            help=said(
                "mean_rank_shift（平均移动名次）、winner（第一名是否易主）或地区代码、名称",
                "mean_rank_shift, winner, or a contestant (code or name), for its rank",
            ),
        ),
    ] = "mean_rank_shift",
    period: PeriodOption = None,
    seed: Seed = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Decompose the spread of a target by the choices that vary and the errors of the figures."""
    from jinghe.contest import find_sensitivity
    from jinghe.contest.uncertainty.sensitivity import TARGETS
    from jinghe.contest.wording import find_city
    from jinghe.operation import REDRAWINGS, study_period
    from jinghe.report import show_sensitivity, terminal
    from jinghe.run import open_case, pick_period

    spoken = speak(lang)
    compact, reading = open_case(case)
    contest, chosen = compact.need_contest(), pick_period(compact, reading, period=period)
    used = compact.simulate.seed if seed is None else seed
    study = study_period(compact, panel=reading.panel, period=chosen, seed=used, redrawings=REDRAWINGS)
    codes = compact.region.contestants(contest.level, on=chosen.last)
    named = attempt([], lambda word: find_city(word, region=compact.region, codes=codes), target)
    wanted = target if target in TARGETS else named or target
    indices = find_sensitivity(study, codes=codes, seed=used, target=wanted)
    section = show_sensitivity(contest, indices=indices, target=wanted, region=compact.region).as_dict()
    if as_json:
        print_json(section)
        return
    print(section["lead"][spoken])
    for table in terminal.section_tables([section], spoken):
        console().print(table)

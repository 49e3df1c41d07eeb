"""Pages made from exploration (推演成文): rules side by side, calibration, the ODD protocol."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jinghe.cli.explore import Replications, Settings, group, open_plan, show, show_share
from jinghe.cli.options import Case, Json, Lang, Seed, command, print_json, print_text, said, speak
from jinghe.errors import RuleError, problem
from jinghe.exhibit import Section
from jinghe.labels import LANGUAGES, Text

if TYPE_CHECKING:
    from jinghe.compact import Compact

__all__ = ["calibrate", "compare", "odd", "salib", "study"]

_Pages = Annotated[
    Path | None,
    typer.Option("--out", help=said("写出中英文页面与图的目录", "Folder for pages and pictures in both languages")),
]


@group.command(
    "study", help=said("逐项加措施、到期撤除：对照与结论", "One lever after another, then withdrawn: findings")
)
@command
def study(
    case: Case,
    out: _Pages = None,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Compare the steps of `explore.steps` and withdraw what `explore.withdrawal` names."""
    from jinghe.exploration import show_study
    from jinghe.exploration import study as run_study

    spoken = speak(lang)
    opened = open_plan(case, seed, settings, replications=replications)
    uncertain = opened.read_space().uncertain if opened.plan.space else ()
    count = opened.plan.replications
    with show_share(spoken, quiet=as_json) as progress:
        found = run_study(opened.model, opened.plan, uncertain=uncertain, replications=count, progress=progress)
    sections = show_study(found)
    if out:
        title = Text("推演：加措施与撤除", "Simulation: levers added and withdrawn")
        head = _head(opened.model.compact, f"jinghe explore study {opened.model.compact.id} --replications {count}")
        _write_pages(sections, out, name="study", title=title, head=head)
    show(sections, spoken, as_json=as_json)


@group.command("compare", help=said("两个方案逐对比较，直到有把握", "Two sets of rules in pairs until it is sure"))
@command
def compare(
    case: Case,
    first: Annotated[str, typer.Argument(help=said("explore.steps 中的代号", "An id of explore.steps"))],
    second: Annotated[str, typer.Argument(help=said("与之比较的代号", "The id it is compared with"))],
    outcome: Annotated[str, typer.Option("--outcome", help=said("结果名称", "The outcome"))] = "cooperation",
    margin: Annotated[
        float, typer.Option("--margin", min=0, help=said("不计的差别", "A difference of no matter"))
    ] = 0.0,
    seed: Seed = None,
    settings: Settings = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Double the replications until the paired difference is sure; say whether it survives λ = 0."""
    from jinghe.compact.path import nearest_word
    from jinghe.exploration import difference, show_difference

    spoken = speak(lang)
    opened = open_plan(case, seed, settings)
    steps = {step.id: step for step in opened.plan.steps}
    faults = [
        problem("step-unknown", found=name, nearest=nearest_word(name, steps))
        for name in (first, second)
        if name not in steps
    ]
    if outcome not in opened.model.outcomes:
        nearest = nearest_word(outcome, opened.model.outcomes)
        faults.append(problem("outcome-unknown", found=outcome, nearest=nearest))
    if faults:
        raise RuleError(faults)
    a, b = steps[first], steps[second]
    bare = {"simulate.parameters.prize": 0.0}
    found, without = (
        difference(opened.fixed, {**a.changes, **more}, {**b.changes, **more}, outcome=outcome, margin=margin)
        for more in ({}, bare)
    )
    show((show_difference(found, without, a.label, b.label),), spoken, as_json=as_json)


@group.command("calibrate", help=said("按案例的统计量校准参数", "Calibrate to the figures of the case"))
@command
def calibrate(
    case: Case,
    replications: Replications = None,
    population: Annotated[
        int, typer.Option("--population", min=20, max=100_000, help=said("后验样本数", "Draws of the posterior"))
    ] = 100,
    simulations: Annotated[
        int, typer.Option("--simulations", min=200, help=said("后验抽样至多推演次数", "At most so many simulations"))
    ] = 2000,
    out: _Pages = None,
    seed: Seed = None,
    settings: Settings = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Screen, rule out and sample the uncertainties by `explore.targets`; then say what cannot be identified."""
    from jinghe.exploration import Fixed, identify, show_calibration
    from jinghe.exploration import calibrate as fit

    spoken = speak(lang)
    opened = open_plan(case, seed, settings, replications=replications)
    model, plan = opened.model, opened.plan
    if not plan.observed:
        raise RuleError([problem("explore-lacks", part="targets")])
    with show_share(spoken, quiet=as_json) as progress:
        found = fit(
            Fixed(model, {"simulate.horizon": plan.observed_years}),
            [factor for factor in opened.read_space().uncertain if factor.is_ordered],
            targets=[one.target for one in plan.observed],
            trajectories=10,
            replications=replications or 20,
            waves=2,
            population=population,
            rounds=4,
            most=simulations,
            seed=model.seed,
            progress=progress,
        )
    labels = tuple(one.label for one in plan.observed)
    sections = (show_calibration(found, labels=labels), identify(model.compact, model.panel))
    if out:
        title = Text("校准：数据能说明什么，不能说明什么", "Calibration: what the data can say and what they cannot")
        head = _head(model.compact, f"jinghe explore calibrate {model.compact.id}")
        _write_pages(sections, out, name="calibration", title=title, head=head)
    show(sections, spoken, as_json=as_json)


@group.command("odd", help=said("写出模型的 ODD 规程", "Write the ODD protocol of the model"))
@command
def odd(
    case: Case,
    out: Annotated[
        Path | None, typer.Option("--out", help=said("写入文件；不写则打印", "Write to a file; else print"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Write the ODD protocol of a compact's simulation in Markdown."""
    from jinghe.exploration import odd as write
    from jinghe.run import open_case

    spoken = speak(lang)
    compact, reading = open_case(case)
    print_text(write(compact, panel=reading.panel, lang=spoken), out)


@group.command("salib", help=said("把因素写成 SALib 的问题（JSON）", "The factors as a problem of SALib (JSON)"))
@command
def salib(case: Case, settings: Settings = None, lang: Lang = None) -> None:
    """Print the factors as a SALib problem over quantiles, for use from Python."""
    from jinghe.exploration import salib_problem

    speak(lang)
    print_json(salib_problem(open_plan(case, None, settings).read_space().factors))


def _head(compact: Compact, verb: str) -> tuple[Text, ...]:
    """Where a page comes from, so that it can be made again."""
    version = f"{compact.version} · {compact.digest[:12]}"
    return (
        Text(
            f"{compact.title.zh}，契约版本 {version}。由 `{verb} --out …` 写出，勿手改。",
            f"{compact.title.en}, compact {version}. Written by `{verb} --out …`; do not edit by hand.",
        ),
    )


def _write_pages(sections: Sequence[Section], out: Path, *, name: str, title: Text, head: Sequence[Text]) -> None:
    """Write a page in each language, with a picture of every section that has one."""
    from jinghe.report.figures import draw_courses
    from jinghe.report.page import write_page

    out.mkdir(parents=True, exist_ok=True)
    parts = [section.as_dict() for section in sections]
    for lang in LANGUAGES:
        figures = {part["id"]: f"{part['id']}.{lang}.svg" for part in parts if "figure" in part}
        for part in parts:
            if file := figures.get(part["id"]):
                (out / file).write_text(draw_courses(part["figure"], lang) + "\n", encoding="utf-8", newline="\n")
        page = write_page(title, head, parts, figures=figures, lang=lang)
        (out / f"{name}.{lang}.md").write_text(page, encoding="utf-8", newline="\n")

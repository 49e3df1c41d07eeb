"""Coordination on the command line (协调): crosswalks of standards, coded documents, opinions, networks, diagnosis."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jinghe.cli.options import (
    Case,
    Json,
    Lang,
    Seed,
    add_verbs,
    app,
    command,
    console,
    print_json,
    print_text,
    said,
    show_section,
    speak,
)

__all__ = ["chain", "check_mapping", "consensus", "diagnose", "invert", "network", "suggest"]

_crosswalk = add_verbs(
    "crosswalk", zh="标准对照表：找候选、核对、翻转、串联", en="Crosswalks of standards: suggest, check, invert, chain"
)

_File = Annotated[Path, typer.Argument(help=said("对照表（SSSOM TSV）", "A crosswalk (SSSOM TSV)"))]
_Out = Annotated[Path | None, typer.Option("--out", help=said("写入文件；不写则打印", "Write to a file; else print"))]


@_crosswalk.command("suggest", help=said("由标准题名找候选；候选须经人审定", "Find candidates by title; people decide"))
@command
def suggest(
    case: Case,
    threshold: Annotated[
        float, typer.Option("--threshold", min=0, max=1, help=said("相似度门槛", "Least similarity"))
    ] = 0.35,
    out: _Out = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Suggest pairs of the two catalogues of a case."""
    from jinghe.compact import load_compact
    from jinghe.evidence import need_catalogues
    from jinghe.report import terminal
    from jinghe.standards import format_sssom, propose
    from jinghe.standards import suggest as find_candidates

    spoken = speak(lang)
    compact = load_compact(case)
    a, b = need_catalogues(compact)
    found = find_candidates(a, b, threshold=threshold)
    if out or as_json:
        prefixes = {one.prefix: f"urn:jinghe:{compact.id}:{one.prefix}:" for one in (a, b)}
        text = format_sssom(propose(found, prefixes=prefixes, set_id=f"urn:jinghe:{compact.id}:candidates"))
        if as_json:
            print_json([{"subject": c.subject, "object": c.object, "similarity": c.similarity} for c in found])
        else:
            print_text(text, out)
        return
    rows = [(c.subject_label, c.object_label, f"{c.similarity:.2f}") for c in found]
    heads = [("甲方标准", "t"), ("乙方标准", "t"), ("相似度", "n")]
    if spoken == "en":
        heads = [("Standard of A", "t"), ("Standard of B", "t"), ("Similarity", "n")]
    title = "候选（须经人审定）" if spoken == "zh" else "Candidates (people decide)"
    console().print(terminal.plain_table(title, heads, rows))


@_crosswalk.command("check", help=said("核对对照表，一次报出所有问题", "Check a crosswalk, every fault at once"))
@command
def check_mapping(
    file: _File,
    case: Annotated[
        str | None, typer.Option("--case", help=said("同时核对此案例的目录", "Check against this case's catalogues"))
    ] = None,
    lang: Lang = None,
) -> None:
    """Check a crosswalk; exit code 2 when there is an error."""
    from jinghe.compact import load_compact
    from jinghe.evidence import need_catalogues
    from jinghe.standards import check_crosswalk, read_sssom

    spoken = speak(lang)
    catalogues = need_catalogues(load_compact(case)) if case else ()
    problems = check_crosswalk(read_sssom(file), catalogues=catalogues, file=file.name)
    marks = {"error": "✗", "warning": "!", "note": "·"}
    for item in problems:
        print(f"{marks[item.level]} {item.text(spoken)}")
    if any(item.level == "error" for item in problems):
        raise typer.Exit(2)
    print({"zh": "✓ 对照表可用。", "en": "✓ The crosswalk is sound."}[spoken])


@_crosswalk.command("invert", help=said("翻转对照表的方向", "Turn a crosswalk round"))
@command
def invert(file: _File, out: _Out = None, lang: Lang = None) -> None:
    """Invert a crosswalk; inverting twice gives the file back."""
    from jinghe.standards import format_sssom, read_sssom
    from jinghe.standards import invert as turn

    speak(lang)
    print_text(format_sssom(turn(read_sssom(file))), out)


@_crosswalk.command("chain", help=said("串联两份对照表：甲→乙→丙", "Chain two crosswalks: A to B to C"))
@command
def chain(
    first: _File,
    second: Annotated[Path, typer.Argument(help=said("第二份对照表", "The second crosswalk"))],
    out: _Out = None,
    lang: Lang = None,
) -> None:
    """Chain two crosswalks; the result waits for a new review."""
    from jinghe.standards import chain as join
    from jinghe.standards import format_sssom, read_sssom

    speak(lang)
    print_text(format_sssom(join(read_sssom(first), read_sssom(second), set_id="urn:jinghe:chain")), out)


@app.command(help=said("各地对陈述的共识与分歧", "What jurisdictions agree and divide on"))
@command
def consensus(
    votes: Annotated[Path, typer.Argument(help=said("表态文件（CSV）", "A file of votes (CSV)"))],
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Find agreed and divisive statements."""
    from jinghe.consensus import find_consensus, read_votes
    from jinghe.evidence import show_consensus

    spoken = speak(lang)
    show_section(show_consensus(find_consensus(read_votes(votes))), spoken, as_json)


@app.command(help=said("协作网络：结构与治理方式", "The network of cooperation: structure and modes"))
@command
def network(
    case: Case,
    graphml: Annotated[
        Path | None, typer.Option("--graphml", help=said("另存 GraphML", "Write GraphML as well"))
    ] = None,
    seed: Seed = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Portray the network of a case's events."""
    from jinghe.compact import load_compact
    from jinghe.evidence import need_network
    from jinghe.network import portray_network, project_events, write_graphml

    spoken = speak(lang)
    compact = load_compact(case)
    events, actors, notes = need_network(compact)
    used = compact.simulate.seed if seed is None else seed
    section = portray_network(events, actors=actors, seed=used, notes=notes)
    if graphml:
        ties = project_events(events, actors=[actor.id for actor in actors])
        graphml.write_text(write_graphml(ties, actors=actors), encoding="utf-8")
    show_section(section, spoken, as_json)


@app.command(help=said("诊断：阶段、瓶颈、共识—组织—行动与下一步", "Stage, bottlenecks, profile and next steps"))
@command
def diagnose(case: Case, seed: Seed = None, lang: Lang = None, as_json: Json = False) -> None:
    """Diagnose a case; everything else is computed for it and not shown."""
    from jinghe.report import terminal
    from jinghe.run import run_case

    spoken = speak(lang)
    with terminal.show_progress(spoken, quiet=as_json) as progress:
        document = run_case(case, seed=seed, progress=progress).document
    if as_json:
        print_json(document["diagnosis"])
        return
    for line in terminal.diagnosis_lines(document["diagnosis"], spoken):
        console().print(line)

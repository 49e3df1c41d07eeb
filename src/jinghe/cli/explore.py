"""Exploration on the command line (推演探索): sweeps, sensitivity, discovery, withdrawal, robust choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jinghe.cli.options import Case, Json, Lang, Seed, add_verbs, command, console, print_json, read_day, said, speak
from jinghe.errors import RuleError, problem
from jinghe.exhibit import Section

if TYPE_CHECKING:
    from jinghe.exploration import CompactModel, Designs, Fixed, Plan, Space, Sweep

__all__ = [
    "Opened",
    "Replications",
    "Settings",
    "discover",
    "group",
    "identify",
    "levers",
    "open_plan",
    "robust",
    "sensitivity",
    "show",
    "show_share",
    "sweep",
    "withdraw",
]

group = add_verbs(
    "explore",
    zh="推演探索：批量推演、敏感度、情景发现、撤除检验、稳健选择、校准",
    en="Exploration: sweeps, sensitivity, discovery, withdrawal, robust choice, calibration",
)

Settings = Annotated[
    Path | None,
    typer.Option(
        "--settings", help=said("推演设定文件，逐项代替契约的 explore", "A file whose keys replace `explore:`")
    ),
]
_Points = Annotated[
    int | None, typer.Option("--points", min=1, max=1_000_000, help=said("方案点数", "Size of the design"))
]
Replications = Annotated[
    int | None, typer.Option("--replications", min=2, max=1_000_000, help=said("重复次数", "Replications"))
]
_Folder = Annotated[
    Path | None,
    typer.Option("--out", help=said("结果目录；中断后再运行会接着做", "Folder of results; a killed run goes on there")),
]
_Workers = Annotated[
    int, typer.Option("--workers", min=1, max=1024, help=said("本机进程数", "Processes on this machine"))
]
_Cluster = Annotated[
    str,
    typer.Option("--cluster", help=said("Dask 调度器地址；local 为在本机起一个", "A Dask scheduler; local: start one")),
]


@dataclass(frozen=True)
class Opened:
    """An opened case: the model, the same at the plan's horizon, and what is to be explored."""

    model: CompactModel
    plan: Plan

    @property
    def fixed(self) -> Fixed:
        """The model over the years of the plan."""
        from jinghe.exploration import Fixed

        return Fixed(self.model, {"simulate.horizon": self.plan.horizon})

    def read_space(self) -> Space:
        """Read levers and uncertainties, every path tried on the compact."""
        from jinghe.exploration import read_space

        return read_space(self.model.compact, self.plan.space, panel=self.model.panel, known=self.model.outcomes)


@dataclass(frozen=True)
class _Place:
    """Where a sweep is kept and run, and how it is told."""

    out: Path | None
    workers: int
    cluster: str
    spoken: str
    quiet: bool

    def run(self, case: Opened, designs: Designs, *, name: str, outcomes: Sequence[str] = ()) -> Sweep:
        from jinghe.exploration import local_cluster
        from jinghe.exploration import sweep as run_sweep

        folder = self.out / name if self.out else None
        with show_share(self.spoken, quiet=self.quiet) as progress:
            how = {"designs": designs, "replications": case.plan.replications, "outcomes": tuple(outcomes)}
            how |= {"folder": folder, "workers": self.workers, "progress": progress}
            if self.cluster != "local":
                return run_sweep(case.fixed, cluster=self.cluster, **how)  # type: ignore[arg-type]
            with local_cluster(max(self.workers, 2)) as address:
                return run_sweep(case.fixed, cluster=address, **how)  # type: ignore[arg-type]


def open_plan(case: str, seed: int | None, settings: Path | None, **sizes: int | None) -> Opened:
    """Open a case with what is to be explored; sizes given as options replace those of the plan."""
    from jinghe.compact import read_tree
    from jinghe.exploration import CompactModel, read_plan
    from jinghe.run import open_case

    compact, reading = open_case(case)
    compact.need_contest()
    model = CompactModel(compact, reading.panel, compact.simulate.seed if seed is None else seed)
    wished = {name: size for name, size in sizes.items() if size is not None}
    tree = {**(read_tree(settings) if settings else {}), **wished}
    return Opened(model, read_plan(compact, known=model.outcomes, tree=tree))


@contextmanager
def show_share(spoken: str, *, quiet: bool) -> Iterator[Callable[[float], None]]:
    """Show a bar while something runs; gives the function that takes the share done."""
    from jinghe.report import terminal

    with terminal.show_progress(spoken, quiet=quiet) as told:
        yield lambda share: told("simulate", share)


def show(sections: Sequence[Section], spoken: str, *, as_json: bool, out: Path | None = None) -> None:
    """Print sections, and write them beside the results where there is a folder."""
    from jinghe.report import terminal

    parts = [section.as_dict() for section in sections]
    if out:
        import json

        out.mkdir(parents=True, exist_ok=True)
        text = json.dumps(parts, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        (out / f"{sections[0].id}.json").write_text(text, encoding="utf-8")
    if as_json:
        print_json(parts[0] if len(parts) == 1 else parts)
        return
    for table in terminal.section_tables(parts, spoken):
        console().print(table)


def _need(words: str | None, part: str) -> str:
    if not words:
        raise RuleError([problem("explore-lacks", part=part)])
    return words


def _pick(case: Opened, wished: str | None) -> tuple[str, ...]:
    """The outcomes to look at: the one asked for, else the plan's, else all."""
    return (wished,) if wished else case.read_space().outcomes or case.model.outcomes


@group.command("levers", help=said("列出可供推演的路径", "List the paths that can be varied"))
@command
def levers(case: Case, lang: Lang = None, as_json: Json = False) -> None:
    """List every path of the compact that the simulation may use."""
    from jinghe.exploration import list_levers
    from jinghe.run import open_case

    speak(lang)
    found = list_levers(open_case(case)[0])
    print_json(list(found)) if as_json else print(*found, sep="\n")


@group.command("sweep", help=said("批量推演：杠杆与不确定因素同时变动", "Vary levers and uncertainties together"))
@command
def sweep(
    case: Case,
    out: _Folder = None,
    method: Annotated[
        str, typer.Option("--method", help=said("试验设计：lhs、sobol、factorial…", "Design: lhs, sobol, factorial …"))
    ] = "lhs",
    points: _Points = None,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    workers: _Workers = 1,
    cluster: _Cluster = "",
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Run a design; with a folder, `means.csv` is written beside the replications."""
    from jinghe.exploration import sample, show_sweep

    spoken = speak(lang)
    opened = open_plan(case, seed, settings, points=points, replications=replications)
    space = opened.read_space()
    designs = sample(space.factors, method=method, n=opened.plan.points, seed=opened.model.seed)
    found = _Place(out, workers, cluster, spoken, as_json).run(opened, designs, name="sweep", outcomes=space.outcomes)
    if out:
        _write_tables(found, out)
    show((show_sweep(found),), spoken, as_json=as_json, out=out)


def _write_tables(found: Sweep, out: Path) -> None:
    """Write the designs with the means of their outcomes, one row a design."""
    import polars as pl

    columns: dict[str, Any] = {path: [str(value) for value in values] for path, values in found.designs.columns.items()}
    columns |= {name: found.means(name) for name in found.outcomes}
    frame = pl.DataFrame({"design": range(len(found.designs)), **columns}, strict=False)
    frame.fill_nan(None).write_csv(out / "means.csv")


@group.command("sensitivity", help=said("哪些因素左右结果", "Which factors move an outcome"))
@command
def sensitivity(
    case: Case,
    method: Annotated[str, typer.Option("--method", help="morris | sobol")] = "morris",
    outcome: Annotated[str | None, typer.Option("--outcome", help=said("结果名称", "The outcome"))] = None,
    out: _Folder = None,
    points: _Points = None,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    workers: _Workers = 1,
    cluster: _Cluster = "",
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Screen by Morris' trajectories, or split the variance by Sobol'; replication noise is taken out."""
    from jinghe.exploration import sample, show_sensitivity

    spoken = speak(lang)
    if method not in ("morris", "sobol"):
        raise RuleError([problem("design-unknown", "--method", found=method, known="morris, sobol")])
    opened = open_plan(case, seed, settings, points=points, replications=replications)
    space, names = opened.read_space(), _pick(opened, outcome)
    design, size = ("saltelli", 64) if method == "sobol" else ("morris", 10)
    designs = sample(space.factors, method=design, n=points or size, seed=opened.model.seed)
    found = _Place(out, workers, cluster, spoken, as_json).run(opened, designs, name=method, outcomes=names)
    show((show_sensitivity(found, seed=opened.model.seed),), spoken, as_json=as_json, out=out)


@group.command("discover", help=said("何时会出现某种情形", "When does something happen"))
@command
def discover(
    case: Case,
    when: Annotated[str | None, typer.Option("--when", help=said("如 survival<0.5", "Such as survival<0.5"))] = None,
    out: _Folder = None,
    points: _Points = None,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    workers: _Workers = 1,
    cluster: _Cluster = "",
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Find regions of levers and uncertainties in which a condition holds often."""
    from jinghe.exploration import discover as find
    from jinghe.exploration import read_condition, sample, show_discovery

    spoken = speak(lang)
    opened = open_plan(case, seed, settings, points=points, replications=replications)
    asked = _need(when or opened.plan.when, "when")
    space, watched = opened.read_space(), (read_condition(asked).outcome,)
    designs = sample(space.factors, n=opened.plan.points, seed=opened.model.seed)
    found = _Place(out, workers, cluster, spoken, as_json).run(opened, designs, name="discover", outcomes=watched)
    show((show_discovery(find(found, when=asked, seed=opened.model.seed)),), spoken, as_json=as_json, out=out)


@group.command("withdraw", help=said("撤除检验：到期撤去一项措施，合作能否存续", "Switch levers off: does it survive"))
@command
def withdraw(
    case: Case,
    lever: Annotated[
        list[str] | None, typer.Option("--lever", help=said("可写多次；默认取契约所载", "May be repeated"))
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help=said("撤除的第一天", "First day without"))] = None,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Withdraw levers of the compact as it stands, from a low and a high start."""
    from jinghe.exploration import show_withdrawal
    from jinghe.exploration import withdraw as switch_off

    spoken = speak(lang)
    opened = open_plan(case, seed, settings, replications=replications)
    ending = opened.plan.ending
    chosen = tuple(lever or (ending.levers if ending else ()))
    _need(" ".join(chosen), "withdrawal")
    day = read_day(on) if on else ending.on if ending else None
    if day is None:
        raise RuleError([problem("explore-lacks", part="withdrawal.on")])
    found = switch_off(
        opened.model, levers=chosen, on=day, replications=opened.plan.replications, horizon=opened.plan.horizon
    )
    show((show_withdrawal(found),), spoken, as_json=as_json)


@group.command("robust", help=said("稳健选择：最坏情景下后悔最小的规则", "Rules that stand up: least greatest regret"))
@command
def robust(
    case: Case,
    out: _Folder = None,
    replications: Replications = None,
    seed: Seed = None,
    settings: Settings = None,
    workers: _Workers = 1,
    cluster: _Cluster = "",
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Compare settings of the levers over the same futures, and say what must be said with a recommendation."""
    from jinghe.exploration import check_choice, choose, cross, read_condition, sample, show_choice

    spoken = speak(lang)
    opened = open_plan(case, seed, settings, replications=replications)
    plan, space, start = opened.plan, opened.read_space(), opened.model.seed
    for part, there in (("objectives", plan.objectives), ("levers", space.levers), ("uncertain", space.uncertain)):
        _need("yes" if there else None, part)
    policies = sample(space.levers, n=plan.policies, seed=start)
    designs = cross(policies, sample(space.uncertain, n=plan.scenarios, seed=start + 1))
    watched = (*plan.objectives, *(read_condition(words).outcome for words in plan.satisfy))
    place = _Place(out, workers, cluster, spoken, as_json)
    found = place.run(opened, designs, name="robust", outcomes=tuple(dict.fromkeys(watched)))
    choice = choose(found, objectives=plan.objectives, satisfy=plan.satisfy)
    held = {"simulate.horizon": plan.horizon}
    with show_share(spoken, quiet=as_json) as progress:
        verdict = check_choice(
            opened.fixed,
            choice,
            replications=plan.replications,
            name_losers=lambda changes: opened.model.name_losers({**changes, **held}),
            progress=progress,
        )
    show((show_choice(choice, verdict),), spoken, as_json=as_json, out=out)


@group.command("identify", help=said("数据能识别哪些参数", "Which parameters the data can identify"))
@command
def identify(case: Case, lang: Lang = None, as_json: Json = False) -> None:
    """Say for every parameter whether the case offers a statistic that speaks of it."""
    from jinghe.exploration import identify as look
    from jinghe.run import open_case

    spoken = speak(lang)
    compact, reading = open_case(case)
    show((look(compact, reading.panel),), spoken, as_json=as_json)

"""The ODD protocol of a compact's simulation (ODD 规程文本): written from the code, the dictionary and the compact."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from types import ModuleType
from typing import Any

import jinghe.simulation
from jinghe import __version__
from jinghe.compact import Compact, read_fields
from jinghe.exploration.condition import name_outcome
from jinghe.labels import Text
from jinghe.panel import Panel
from jinghe.simulation.draws import Purpose
from jinghe.simulation.measures import MEASURES
from jinghe.simulation.parameters import read_parameters
from jinghe.simulation.scenario import read_setting

__all__ = ["odd"]

_PARAMETERS = "simulate.parameters."
_FORMS = {"packaged": "打包发包", "special": "专项发包", "authority": "权限特殊性发包"}

_PURPOSE = Text(
    "目的：在契约生效之前，看各地在这套规则下会合作、选择性合作、粉饰数据还是退行，以及撤除某项措施后合作能否存续。"
    "模型不作预测；未经校准时，只用于比较规则。判断标准：模型自检（`validate`）逐项复现闭式解。",
    "Purpose: to see, before a compact is adopted, whether jurisdictions would cooperate, cooperate selectively, dress "
    "windows or regress, and whether cooperation survives when a lever is withdrawn. The model predicts nothing; "
    "uncalibrated, it compares rules. Pattern it is judged by: it reproduces every closed form of `validate`.",
)
_CONCEPTS = (
    Text(
        "原理：行政发包、晋升锦标赛与制度性集体行动；官员在自身增长、双边协同与数据粉饰之间分配注意力。",
        "Principles: administrative subcontracting, promotion tournament and institutional collective action; "
        "officials divide attention between own growth, joint projects and window dressing.",
    ),
    Text(
        "涌现：合作水平、阶段与退行由信任、标准存量与信念得出，从不设定。",
        "Emergence: cooperation, stages and regress follow from trust, standards and beliefs; they are never imposed.",
    ),
    Text(
        "适应与目标：官员按所感知的晋升机会、财力留成、合作净收益（含地方本位与行政壁垒两种偏差）选择努力。",
        "Adaptation and objectives: officials choose efforts by perceived promotion, fiscal claim and net benefit of "
        "cooperation, with the two protectionist biases.",
    ),
    Text(
        "学习与预期：对对方努力的信念逐年更新；互信因守约上升、因失约和换届下降。",
        "Learning and prediction: beliefs about partners are updated yearly; trust rises when they keep faith and "
        "falls when they do not, and with turnover.",
    ),
    Text(
        "相互作用：接壤、同一契约或共同事项的当事方两两合作；全体在同一竞赛中排名。",
        "Interaction: neighbours, parties of a contract and of a registered item cooperate in pairs; all are ranked.",
    ),
    Text(
        "随机性：计数式随机数（Philox），每个数由种子、重复、年份、地点与用途寻址，各方案共用；线程与分块不改变结果。",
        "Stochasticity: counter-based random numbers (Philox), each addressed by seed, replication, year, place and "
        "purpose and common to all designs; threads and chunks never change a result.",
    ),
    Text(
        "集合体：群、区、圈与排名池按契约的分组。",
        "Collectives: clusters, circles and pools as the compact groups them.",
    ),
)
_QUOTED = Text(
    "以下逐条录自模拟器源代码的说明（英文），公式即程序所算。",
    "Quoted from the sources of the simulator; the equations are what the program computes.",
)


def odd(compact: Compact, *, panel: Panel, lang: str) -> str:
    """Write the ODD protocol in Markdown: purpose, entities, schedule, concepts, initial state, inputs, submodels.

    Submodels, outcomes, uses of random numbers and parameters are taken from the simulator as it is.

    Args:
        compact: the rules; their numbers in force are printed.
        panel: observations.
        lang: zh or en.
    Raises:
        RuleError: rules that cannot be simulated.
    Source: Grimm et al. (2020), JASSS 23(2) 7.
    """
    parts = (
        _head(compact),
        _section(Text("1 目的与模式", "1 Purpose and patterns"), _PURPOSE),
        _section(Text("2 实体、状态变量与尺度", "2 Entities, state variables and scales"), *_entities(compact, panel)),
        _section(Text("3 过程与时序", "3 Process overview and scheduling"), *_schedule()),
        _section(Text("4 设计概念", "4 Design concepts"), *(_bullet(one) for one in _CONCEPTS), *_observation()),
        _section(Text("5 初始化", "5 Initialisation"), *_initial(compact)),
        _section(Text("6 输入数据", "6 Input data"), *_inputs(compact, panel)),
        _section(Text("7 子模型", "7 Submodels"), _QUOTED, *_submodels()),
        _section(Text("8 参数", "8 Parameters"), *_parameters(compact)),
    )
    return "\n".join(line.get(lang) for part in parts for line in part)


def _head(compact: Compact) -> list[Text]:
    parts = (compact.version, compact.digest[:12], f"CBC-1, jinghe {__version__}")
    return [
        Text(f"# {compact.title.zh}：推演模型 ODD 规程", f"# {compact.title.en}: ODD protocol of the simulation"),
        Text(f"\n契约版本 {'，'.join(parts)}。\n", f"\nCompact {', '.join(parts)}.\n"),
    ]


def _section(title: Text, *lines: Text) -> list[Text]:
    blank = Text("", "")
    return [Text(f"## {title.zh}", f"## {title.en}"), blank, *lines, blank]


def _bullet(words: Text) -> Text:
    return Text(f"- {words.zh}", f"- {words.en}")


def _entities(compact: Compact, panel: Panel) -> Iterator[Text]:
    setting = read_setting(compact, panel=panel)
    names = {lang: compact.region.names(setting.codes, lang) for lang in ("zh", "en")}
    zh, en = f"{len(setting.codes)} 个参赛地区：{names['zh']}", f"{len(setting.codes)} contestants: {names['en']}"
    yield _bullet(Text(f"{zh}。", f"{en}."))
    pairs = setting.network.edges // 2
    yield _bullet(Text(f"{pairs} 对合作关系。", f"{pairs} pairs that may cooperate."))
    first, last = setting.periods[0], setting.periods[-1]
    yield _bullet(Text(f"时间步长一年，{first}—{last} 年。", f"A step is a year, {first}–{last}."))
    for name, said in (("State", Text("状态变量", "State variables")), ("Efforts", Text("选择变量", "Choices"))):
        thing = _find(name)
        listed = [f"`{one}`" for one in getattr(thing, "_fields", ()) or [field.name for field in fields(thing)]]
        told = (inspect.getdoc(thing) or "").splitlines()[0]
        yield _bullet(Text(f"{said.zh}：{'、'.join(listed)}。", f"{said.en}: {', '.join(listed)}. {told}"))


def _schedule() -> Iterator[Text]:
    yield Text(
        "每年依次：读取当年有效的规则；形成信念与预期奖惩；同时选择努力；产出与项目进展；计量与粉饰；评分、排名与晋升；"
        "结算收益；更新互信、标准与信念。",
        "Every year: read the rules in force; form beliefs and expected prizes; choose efforts at the same time; "
        "produce and advance projects; measure, with window dressing; score, rank and promote; reckon gains; update "
        "trust, standards and beliefs.",
    )


def _observation() -> Iterator[Text]:
    names = Text("、".join(_said(name).zh for name in MEASURES), ", ".join(_said(name).en for name in MEASURES))
    yield _bullet(Text(f"观测：每次重复记录{names.zh}。", f"Observation: every replication records {names.en}."))
    uses = [f"`{purpose.name.lower()}`" for purpose in Purpose]
    yield _bullet(Text(f"随机数的用途：{'、'.join(uses)}。", f"Uses of random numbers: {', '.join(uses)}."))


def _said(name: str) -> Text:
    words = name_outcome(name)
    return Text(f"{words.zh}（`{name}`）", f"{words.en} (`{name}`)")


def _initial(compact: Compact) -> Iterator[Text]:
    plan = compact.simulate
    yield _bullet(
        Text(
            f"种子 {plan.seed}，重复 {plan.replications} 次，{plan.horizon} 年，预设 {plan.preset}。",
            f"Seed {plan.seed}, {plan.replications} replications, {plan.horizon} years, preset {plan.preset}.",
        )
    )
    yield _bullet(
        Text(
            "努力自首年均衡起步（附遗憾证书），互信在设定均值附近散布，项目存量为零。",
            "Efforts begin in the first year's equilibrium, certified by its regret; trust is spread around its mean; "
            "nothing is built yet.",
        )
    )


def _inputs(compact: Compact, panel: Panel) -> Iterator[Text]:
    forms = [contract.form for contract in compact.contracts]
    counted = {form: forms.count(form) for form in dict.fromkeys(forms)}
    zh = "，".join(f"{_FORMS.get(form, form)} {count} 份" for form, count in counted.items()) or "无"
    en = ", ".join(f"{form} {count}" for form, count in counted.items()) or "none"
    yield _bullet(Text(f"契约：{zh}。", f"Contracts: {en}."))
    contest = compact.need_contest()
    for child in contest.root.children:
        days = [compact.in_force[0], *(day for day in contest.change_dates() if day > compact.in_force[0])]
        weights = "; ".join(f"{day}: {contest.weight(child.id, day):.3g}" for day in days)
        label = contest.label(child.id)
        yield _bullet(Text(f"权重 {label.zh}：{weights}。", f"Weight of {label.en}: {weights}."))
    count = len(panel.observations)
    yield _bullet(Text(f"观测 {count} 条，只用于各地差异。", f"{count} observations, used for how places differ only."))
    yield from (_bullet(note) for note in read_setting(compact, panel=panel).notes)


def _submodels() -> Iterator[Text]:
    for module in sorted(_modules(), key=lambda one: not one.__name__.endswith(".equations")):
        found = [(name, _document(getattr(module, name))) for name in getattr(module, "__all__", ())]
        told = sorted((pair for pair in found if re.search(r"^\(\d|=", pair[1])), key=lambda pair: _number(pair[1]))
        if told:
            head = (inspect.getdoc(module) or "").splitlines()[0]
            term = re.search(r"[（(]([一-鿿、]+)[）)]", head)
            short = module.__name__.rpartition(".")[2]
            yield Text(f"\n### {term[1] if term else short}（`{short}`）\n", f"\n### {head} (`{short}`)\n")
            yield from (Text(f"- `{name}`：{words}", f"- `{name}`: {words}") for name, words in told)


def _parameters(compact: Compact) -> Iterator[Text]:
    plan = compact.simulate
    used = read_parameters(plan.preset, plan.parameters)
    yield Text("| 参数 | 代号 | 取值 | 来由 | 说明 |", "| Parameter | Name | Value | Basis | Meaning |")
    yield Text("|---|---|---|---|---|", "|---|---|---|---|---|")
    for field in read_fields():
        name = field.path.removeprefix(_PARAMETERS)
        if field.path == name or not hasattr(used, name):
            continue
        value = getattr(used, name)
        shown = f"{value:g}" if isinstance(value, int | float) else str(value)
        basis = Text("契约设定", "set by the compact") if name in plan.parameters else Text("预设", "preset")
        yield Text(
            f"| {field.label.zh} | `{name}` | {shown} | {basis.zh} | {field.help.zh or field.label.zh} |",
            f"| {field.label.en} | `{name}` | {shown} | {basis.en} | {field.help.en or field.label.en} |",
        )
    yield Text(
        "\n全部参数均为设定值，未经校准，除非另附校准结果。",
        "\nAll are assumed and uncalibrated, unless a calibration is attached.",
    )


def _modules() -> Iterator[ModuleType]:
    for found in sorted(pkgutil.iter_modules(jinghe.simulation.__path__), key=lambda one: one.name):
        yield import_module(f"jinghe.simulation.{found.name}")


def _find(name: str) -> Any:
    return next((getattr(module, name) for module in _modules() if name in getattr(module, "__all__", ())), None)


def _number(words: str) -> int:
    """The number of the equation that a description begins with; last where it has none."""
    match = re.match(r"\((\d+)", words)
    return int(match[1]) if match else 99


def _document(thing: Any) -> str:
    """The first paragraph and the lines of equations of a function's docstring."""
    if not inspect.isfunction(getattr(thing, "py_func", thing)):
        return ""
    words = inspect.getdoc(thing) or ""
    told = re.split(r"\n(?=Args:|Returns:|Raises:|Source:|>>>)", words)[0]
    return " ".join(told.split())

"""Time the simulator beside Mesa on the same step: `python benchmarks/simulation.py [CASE]`; CPU seconds.

The step: every city draws growth, one level of joint effort for its six partners, and window dressing by logit, each
on seven levels; output with spillover and noise, measurement, ranking in pools of eleven, trust, beliefs, progress and
standards.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from math import exp
from time import perf_counter, process_time

import mesa
import numpy as np

from jinghe.compact import load_compact, load_panel
from jinghe.simulation import compare, validate
from jinghe.simulation.design import Design, numbers_of
from jinghe.simulation.engine import play
from jinghe.simulation.equilibrium import prepare
from jinghe.simulation.parameters import LOGIT, PRESETS, Parameters
from jinghe.simulation.setting import make_setting

YEARS = 20
STEP = Parameters(choice=LOGIT, reduced=1, structured=1, levels=7, audit=0.0)


class City(mesa.Agent):
    """One jurisdiction and its official, by the equations of CBC-1."""

    def __init__(self, model: Region, place: int) -> None:
        """Begin as the compiled engine does."""
        super().__init__(model)
        d = model.design
        self.place, self.growth, self.dressing = place, float(d.start[0, place]), 0.0
        self.edges = range(int(d.first[place]), int(d.first[place + 1]))
        self.standing, self.joint = float(d.reference[0, place]), float(d.joint[d.first[place]])
        self.chosen = self.growth, self.joint, self.dressing

    def choose(self) -> None:
        """Draw the three efforts by logit."""
        m, d, p, i = self.model, self.model.design, self.model.p, self.place
        shift = (self.standing - d.reference[0, i] - m.mean_gap[int(d.pools[i])]) / d.scales[0, 3]
        at = min(max(2 * shift + 8, 0.0), 16.0)
        low = min(int(at), 15)
        push = d.tilt[0, 0, i, low] * (1 - at + low) + d.tilt[0, 0, i, low + 1] * (at - low)
        zy, zq = d.scales[0, 0], d.scales[0, 1]
        money = p.sharing * d.theta[i]
        growth = push * zy * (1 - d.spill[0, i]) + money
        dressing = push * zq * p.gaming
        benefit, burden = 1 - p.local_first * (1 - m.standards), 1 + p.barrier * (1 - m.standards)
        rate = 0.0
        for e in self.edges:
            lead, trust = d.lead[0, e], m.trust[e]
            worth = push * (zy * p.joint_credit * (1 - lead) + zq * p.joint_measure * (1 - lead))
            worth = p.joint_value * (1 - m.stock[e]) * (worth + benefit * money * p.joint_claim)
            rubs = p.friction * (1 - p.standards_ease * m.standards) + p.risk * (1 - trust)
            rate += worth * m.share * trust * m.belief[e] - burden * rubs * p.effort_cost * d.unit
        count, step = len(self.edges), m.step_size
        self.chosen = (
            step * self.draw(growth * step, p.effort_cost * step**2),
            step / d.degree * self.draw(rate * step / d.degree, count * p.effort_cost * step**2 / d.degree),
            step * self.draw(dressing * step, p.effort_cost * step**2),
        )

    def draw(self, gain: float, cost: float) -> int:
        """Draw a level j with P(j) ∝ exp((gain j − ½ cost j²)/τ)."""
        p = self.model.p
        utility = [(gain * j - 0.5 * cost * j * j) / p.tau for j in range(int(p.levels))]
        top = max(utility)
        weights = [exp(u - top) for u in utility]
        target, j = self.random.random() * sum(weights), 0
        while j < len(weights) - 1 and target > weights[j]:
            target -= weights[j]
            j += 1
        return j

    def produce(self) -> None:
        """Output, measured collaboration, score."""
        m, d, p = self.model, self.model.design, self.model.p
        joint = 0.0
        for e in self.edges:
            other = m.cities[d.partner[e]]
            joint += p.joint_value * (1 - m.stock[e]) * m.share * self.joint * other.joint
        others = (m.total_growth - self.growth) / (len(m.cities) - 1)
        output = self.growth + p.spillover * others + p.joint_credit * joint
        quality = p.joint_measure * joint + p.gaming * self.dressing
        self.mean = d.scales[0, 0] * output + d.scales[0, 1] * quality
        noise = d.scales[0, 0] * p.noise * self.random.gauss(0, 1)
        self.score = self.mean + noise + d.scales[0, 1] * p.noise * p.measure_noise * self.random.gauss(0, 1)

    def learn(self) -> None:
        """Trust, beliefs and progress with every partner; a new official may come."""
        m, d, p, u = self.model, self.model.design, self.model.p, self.model.p.adjustment
        for e in self.edges:
            partner, stock = m.cities[d.partner[e]].joint, m.stock[e]
            ratio, trust = partner / m.norm, m.trust[e]
            up = trust + p.trust_up * (1 - trust) * min(ratio, 1.0)
            trust = up if ratio >= 0.9 else trust - p.trust_down * trust * (1 - ratio)
            if self.gone or m.cities[d.partner[e]].gone:
                trust *= p.trust_kept + (1 - p.trust_kept) * m.standards
            m.trust[e], m.belief[e] = trust, (1 - u) * m.belief[e] + u * partner
            met = p.progress * m.share**2 * self.joint * partner * (1 - stock)
            m.stock[e] = min(max(stock + met - p.wear * stock, 0.0), 1.0)
        self.standing = (1 - u) * self.standing + u * self.mean


class Region(mesa.Model):
    """All cities; one call of `step` is one year."""

    def __init__(self, design: Design, seed: int) -> None:
        """Make the cities and their partners."""
        super().__init__(seed=seed)
        self.design, self.p, self.standards = design, numbers_of(design, 0), numbers_of(design, 0).standards
        self.share, self.step_size = design.degree / design.unit, self.p.reach * design.unit / (self.p.levels - 1)
        self.norm = self.p.trust_norm * design.unit / design.degree
        self.cities = [City(self, i) for i in range(len(design.theta))]
        spread = self.p.trust_spread
        self.trust = [self.p.trust + spread * (2 * self.random.random() - 1) for _ in design.giver]
        self.belief, self.stock = design.joint.tolist(), [0.0] * len(design.giver)

    def step(self) -> None:
        """Play one year."""
        d, pools = self.design, int(self.design.pools.max()) + 1
        gaps: list[list[float]] = [[] for _ in range(pools)]
        for city in self.cities:
            city.gone = self.random.random() < self.p.turnover
            gaps[d.pools[city.place]].append(city.standing - d.reference[0, city.place])
        self.mean_gap = [sum(gap) / len(gap) for gap in gaps]
        self.agents.do("choose")
        for city in self.cities:
            city.growth, city.joint, city.dressing = city.chosen
        self.total_growth = sum(city.growth for city in self.cities)
        self.agents.do("produce")
        for pool in range(pools):
            ranked = sorted((c for c in self.cities if d.pools[c.place] == pool), key=lambda c: -c.score)
            self.promoted = ranked[: int(self.p.promotion_slots)]
        effort = sum(c.joint * len(c.edges) for c in self.cities) / (len(self.cities) * d.unit)
        self.agents.do("learn")
        gained = self.p.standards_up * min(effort, 1.0) * (1 - self.standards)
        self.standards += gained - self.p.standards_down * self.standards


def make_design(n: int, parameters: Parameters) -> Design:
    """A ring in which everyone has six partners, ranked in pools of eleven or a little more."""
    pairs = [(i, (i + k) % n) for i in range(n) for k in (1, 2, 3)]
    setting = make_setting(parameters, n=n, years=YEARS, growth_weight=0.8, collaboration_weight=0.2, pairs=pairs)
    return prepare(replace(setting, pools=np.minimum(np.arange(n) // 11, max(n // 11 - 1, 0)))).design


def best_of(run: Callable[[], object], times: int = 3) -> float:
    """CPU seconds of the fastest of some runs."""
    found = []
    for _ in range(times):
        begun = process_time()
        run()
        found.append(process_time() - begun)
    return min(found)


def time_beside_mesa(n: int, *, replications: int, of_mesa: int) -> None:
    """Print agent-steps a CPU-second of both engines, and whether their means agree."""
    design = make_design(n, STEP)
    play(design, seed=7, replications=range(2))
    played = play(design, seed=7, replications=range(replications))
    ends: list[float] = []

    def run_mesa() -> None:
        ends.clear()
        for seed in range(of_mesa):
            region = Region(design, seed)
            for _ in range(YEARS):
                region.step()
            ends.append(sum(c.joint * len(c.edges) for c in region.cities) / n)

    mesa_rate = n * YEARS * of_mesa / best_of(run_mesa, 2) / 1e6
    mean, error = np.mean(ends), np.std(ends, ddof=1) / len(ends) ** 0.5
    ours = played.measured("cooperation")
    apart = abs(mean - ours.mean()) / np.hypot(error, ours.std(ddof=1) / len(ours) ** 0.5)
    print(f"n={n}: Mesa {mesa_rate:.4f} M agent-steps a CPU-second; last joint effort {apart:.1f} errors from ours")
    for name, numbers in (("structured", {}), ("generic", {"structured": 0}), ("nash, every edge", {"choice": 0})):
        one = make_design(n, replace(STEP, **numbers))
        seconds = best_of(lambda one=one: play(one, seed=7, replications=range(replications), threads=1))
        rate = n * YEARS * replications / seconds / 1e6
        print(f"n={n}: {name}: {rate:.2f} M agent-steps a CPU-second, {rate / mesa_rate:.0f} × Mesa")


def time_large(n: int = 333, replications: int = 10_000) -> None:
    """Print wall seconds and memory of the largest run of the plan."""
    design = make_design(n, STEP)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun, used = perf_counter(), process_time()
    play(design, seed=7, replications=range(replications))
    took, cpu = perf_counter() - begun, process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n} × {replications} × {YEARS}: {took:.1f} s, {cpu:.1f} s of CPU; {peak:.0f} MiB ({before:.0f} before)")


def time_lab(n: int = 11, replications: int = 2000) -> None:
    """Print wall seconds of the policy lab's run, warm."""
    for name, parameters in (("structured", STEP), ("shanxi", PRESETS["shanxi"]), ("full", PRESETS["full"])):
        design = make_design(n, parameters)
        play(design, seed=7, replications=range(2))
        begun, used = perf_counter(), process_time()
        play(design, seed=7, replications=range(replications))
        took, cpu = perf_counter() - begun, process_time() - used
        print(f"{n} × {YEARS} × {replications}, {name}: {took:.2f} s, {cpu:.2f} s of CPU")


def time_sweep(n: int = 11, designs: int = 50, replications: int = 1000, of: int = 1000) -> None:
    """Print seconds of a sweep, scaled up: every design is prepared and run."""
    begun, used, ready = perf_counter(), process_time(), 0.0
    for k in range(designs):
        before = process_time()
        design = make_design(n, replace(STEP, sharing=0.2 + 0.4 * k / designs))
        ready += process_time() - before
        play(design, seed=7, replications=range(replications))
    took, cpu = perf_counter() - begun, process_time() - used
    scale = of / designs
    print(
        f"{of} designs × {replications}: {took * scale:.0f} s, {cpu * scale:.0f} s of CPU, "
        f"{ready / designs * 1000:.1f} ms to prepare one"
    )


def time_cold() -> None:
    """Print wall seconds of a new process from its start to its first result, compiled code cached."""
    code = (
        "from time import process_time as used; from jinghe.simulation.engine import play;"
        "from jinghe.simulation.equilibrium import prepare; from jinghe.simulation.parameters import PRESETS;"
        "from jinghe.simulation.setting import make_setting;"
        "play(prepare(make_setting(PRESETS['zhou'], n=11, years=20)).design, seed=7, replications=range(2));"
        "print(f'cold start: {used():.2f} s of CPU')"
    )
    begun = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    print(f"cold start: {perf_counter() - begun:.2f} s")


def main(case: str) -> int:
    """Print all timings."""
    time_beside_mesa(11, replications=2000, of_mesa=60)
    time_beside_mesa(333, replications=60, of_mesa=2)
    time_large()
    time_lab()
    time_sweep()
    time_cold()
    begun = perf_counter()
    checks = validate()
    print(f"validate(): {perf_counter() - begun:.2f} s, {sum(c.passed for c in checks)} of {len(checks)} pass")
    compact = load_compact(case)
    panel = load_panel(compact).panel
    plan = replace(compact.simulate, horizon=20, replications=2000, alternatives=())
    for one in (compact, replace(compact, simulate=plan)):
        begun, used = perf_counter(), process_time()
        runs = compare(one, panel=panel)
        took, cpu = perf_counter() - begun, process_time() - used
        size = f"{len(runs)} runs and as many without promotion, {one.simulate.horizon} × {one.simulate.replications}"
        print(f"compare({compact.id}): {took:.2f} s, {cpu:.2f} s of CPU; {size}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "cases/shanxi"))

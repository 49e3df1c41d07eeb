"""Time the simulator: `python benchmarks/simulation.py [CASE]` prints seconds, and microseconds a city and year."""

from __future__ import annotations

import sys
from time import perf_counter, process_time

from jinghe.compact import load_compact, load_panel
from jinghe.simulation import compare, validate
from jinghe.simulation.model import draw_shocks, run_model, start
from jinghe.simulation.parameters import Parameters
from jinghe.simulation.setting import make_setting

LIMIT_S = 3.0  # compare() of Shanxi: 2 alternatives, 10 years, 500 replications


def time_model(n: int, *, years: int = 10, replications: int = 500) -> None:
    """Time one setting of n cities, everyone a partner of everyone, draws and equilibrium apart."""
    setting = make_setting(Parameters(), n=n, years=years, growth_weight=0.5, collaboration_weight=0.4)
    begun = process_time()
    shocks = draw_shocks(setting, seed=7, replications=range(replications))
    drawn = process_time()
    equilibrium = start(setting)
    found = process_time()
    run_model(setting, shocks, equilibrium=equilibrium)
    played = process_time()
    steps = n * years * replications
    each = 1e6 * (played - found) / steps
    print(
        f"n={n}: draws {drawn - begun:.2f} s, equilibrium {found - drawn:.2f} s, years {played - found:.2f} s of CPU; "
        f"{each:.1f} µs an agent-step, {1 / each:.2f} M agent-steps a CPU-second"
    )


def main(case: str) -> int:
    """Print the timings of the model, of validate() and of compare(); 1 when compare() takes too much CPU."""
    for n in (5, 11, 21):
        time_model(n)
    begun = perf_counter()
    checks = validate()
    print(f"validate(): {perf_counter() - begun:.2f} s, {sum(c.passed for c in checks)} of {len(checks)} pass")
    compact = load_compact(case)
    panel = load_panel(compact).panel
    begun, used = perf_counter(), process_time()
    runs = compare(compact, panel=panel)
    took, cpu = perf_counter() - begun, process_time() - used
    plan = compact.simulate
    size = f"{len(runs)} runs, {plan.horizon} years, {plan.replications} replications"
    print(f"compare({compact.id}): {took:.2f} s, {cpu:.2f} s of CPU; {size}")
    return int(cpu > LIMIT_S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "cases/shanxi"))

"""Before a compact is adopted (推演): what would the cities do under it? Nothing here is calibrated."""

from __future__ import annotations

from jinghe.simulation.checking import Check
from jinghe.simulation.experiment import compare, simulate
from jinghe.simulation.outcome import SUMMARY, VARIABLES, Band, Estimate, Run
from jinghe.simulation.validation import validate

__all__ = ["SUMMARY", "VARIABLES", "Band", "Check", "Estimate", "Run", "compare", "simulate", "validate"]

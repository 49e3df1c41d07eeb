"""Diagnosis (诊断): stage, bottlenecks, profile and next steps of a compact."""

from jinghe.diagnosis.diagnosis import Diagnosis, diagnose
from jinghe.diagnosis.finding import STAGES, Criterion, Finding
from jinghe.diagnosis.register import STATES
from jinghe.diagnosis.timeline import draw_timeline

__all__ = ["STAGES", "STATES", "Criterion", "Diagnosis", "Finding", "diagnose", "draw_timeline"]

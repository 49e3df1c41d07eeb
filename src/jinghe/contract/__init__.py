"""Contracts between a principal and jurisdictions (发包), their progress and their lights."""

from jinghe.contract.contract import FORMS, Contract, Duty, Milestone, check_contract, read_contract
from jinghe.contract.lights import Light, LightChange, light
from jinghe.contract.progress import Progress, check_progress, read_progress

__all__ = [
    "FORMS",
    "Contract",
    "Duty",
    "Light",
    "LightChange",
    "Milestone",
    "Progress",
    "check_contract",
    "check_progress",
    "light",
    "read_contract",
    "read_progress",
]

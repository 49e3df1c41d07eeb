"""What the workbench keeps: results, the observations behind them, accounts, and who did what."""

from jinghe_web.models.account import Account
from jinghe_web.models.audit_event import AuditEvent
from jinghe_web.models.case_result import CaseResult
from jinghe_web.models.observation import Observation

__all__ = ["Account", "AuditEvent", "CaseResult", "Observation"]

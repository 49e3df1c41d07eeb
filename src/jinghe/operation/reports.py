"""What partners report of their joint items (申报与互认), where the credit rule asks for it."""

from __future__ import annotations

from jinghe.compact import Compact
from jinghe.contest import JointItem
from jinghe.contest.mirror import Claim, Confirmation, confirm_items, read_claims

__all__ = ["confirm_reports", "read_reports"]


def read_reports(compact: Compact) -> tuple[Claim, ...]:
    """Read the partners' reports of joint items (`data.claims`), where the credit rule has a `mirror_penalty`.

    Raises DataError when the table is missing or cannot be read.
    """
    file = (compact.tree.get("data") or {}).get("claims")
    asked = compact.need_contest().credit.mirror_penalty is not None
    return read_claims(compact.folder / file, name=file) if file and asked else ()


def confirm_reports(compact: Compact) -> tuple[tuple[JointItem, ...], tuple[Confirmation, ...]]:
    """Hold the partners' reports against each other.

    Returns:
        The joint items with what is left of their points, and one confirmation each; the items as registered, and none,
        where the credit rule has no `mirror_penalty`.
    """
    contest = compact.need_contest()
    if (penalty := contest.credit.mirror_penalty) is None:
        return compact.items, ()
    codes = compact.region.contestants(contest.level)
    return confirm_items(compact.items, claims=read_reports(compact), penalty=penalty, codes=codes)

"""One-time tokens (一次性令牌): who may answer and who has, severed from what was answered.

The register holds salted hashes in a table of its own and never sees an answer; the answers never see a token. What is
left after closing are counts by unit.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from jinghe.errors import DataError, problem

__all__ = ["Register", "Turnout", "close_register", "issue_tokens", "redeem_token"]

_BYTES = 15  # 120 bits: no token is guessed
_Draw = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Register:
    """Which tokens were given out and which are used (令牌登记簿); the tokens themselves are not in it."""

    salt: bytes
    units: Mapping[str, str]
    used: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many were invited and how many answered, by unit (应答情况): all that is left after closing."""

    invited: Mapping[str, int]
    answered: Mapping[str, int]


def issue_tokens(units: Sequence[str], *, draw: _Draw = secrets.token_bytes) -> tuple[tuple[str, ...], Register]:
    """Give out one token per invited person, in the order of `units`.

    Args:
        units: the unit of every invited person.
        draw: the source of random bytes; tests give a fixed one.
    Returns:
        The tokens, to be sent and then forgotten, and the register.

    >>> tokens, register = issue_tokens(["a", "a", "b"])
    >>> len(set(tokens)), sorted(register.units.values()), tokens[0] in register.units
    (3, ['a', 'a', 'b'], False)
    """
    tokens = tuple(base64.b32encode(draw(_BYTES)).decode("ascii").lower() for _ in units)
    if len(set(tokens)) < len(tokens):
        raise DataError([problem("survey-token-clash")])
    salt = draw(16)
    pairs = sorted((_hash(salt, token), unit) for token, unit in zip(tokens, units, strict=True))
    return tokens, Register(salt, dict(pairs))  # sorted by hash: the order of the invited is not kept either


def redeem_token(register: Register, token: str) -> Register:
    """Mark a token as used; nothing tells with which answer.

    Raises:
        DataError: it was never given out, or was used before.
    """
    name = _hash(register.salt, token.strip().lower())
    if name not in register.units:
        raise DataError([problem("survey-token-unknown")])
    if name in register.used:
        raise DataError([problem("survey-token-used")])
    return replace(register, used=register.used | {name})


def close_register(register: Register) -> Turnout:
    """Close a survey: salt and hashes go, counts by unit stay. Store what this returns and delete the register."""
    answered = Counter(register.units[name] for name in register.used)
    invited = Counter(register.units.values())
    return Turnout(dict(sorted(invited.items())), {unit: answered[unit] for unit in sorted(invited)})


def _hash(salt: bytes, token: str) -> str:
    return hmac.new(salt, token.encode("utf-8"), hashlib.sha256).hexdigest()

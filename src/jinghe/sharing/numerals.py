"""Amounts in capital numerals (大写金额), as vouchers must bear them so that nobody can alter them."""

from __future__ import annotations

__all__ = ["capitalise"]

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")


def capitalise(fen: int) -> str:
    """Write an amount of fen in capital numerals, `人民币` in front.

    Zeros inside are said once; after 元 a 零 stands where 元 or 角 is zero and something follows; 整 follows 元 only.
    Where the rule leaves a choice, a 零 is written after 元 and not between 万 and 仟.

    Args:
        fen: the amount, |fen| < 10^18; a negative one is led by 负.
    Source: 中国人民银行《支付结算办法》（1997）附一“正确填写票据和结算凭证的基本规定”第二至第四条.

    >>> capitalise(1640902), capitalise(600714)
    ('人民币壹万陆仟肆佰零玖元零贰分', '人民币陆仟零柒元壹角肆分')
    """
    assert abs(fen) < 10**18, "no such sum of money"
    yuan, rest = divmod(abs(fen), 100)
    jiao, cent = divmod(rest, 10)
    words = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        words += "整"
    else:
        gap = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
        words += gap + (f"{_DIGITS[jiao]}角" if jiao else "") + (f"{_DIGITS[cent]}分" if cent else "")
    return f"人民币{'负' if fen < 0 else ''}{words}"


def _whole(number: int) -> str:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return f"{_whole(high)}{unit}{gap}{_whole(low) if low else ''}"
    return _below_ten_thousand(number)


def _below_ten_thousand(number: int) -> str:
    words = ""
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        if digit != "0":
            words += _DIGITS[int(digit)] + place
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零") or "零"

"""Numbers as markers write them: 12, XII, twelve, twelfth, 十二, 第十二 → 12."""

from __future__ import annotations

import re
from functools import cache

from archive.analysis import lexicon

_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_UNITS = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰两", "一二三四五六七八九十百二")
HAN_NUMBER = "[〇零一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰]{1,7}"


@cache
def word_values() -> dict[str, int]:
    """English number words up to 99, cardinal and ordinal, lower case, with hyphens: {"twenty-third": 23, …}."""
    words = lexicon.load("en", "markers")
    values = {word: i for i, word in enumerate(words["cardinals"], 1)}
    values |= {word: i for i, word in enumerate(words["ordinals"], 1)}
    units = [(word, i) for i, word in enumerate(words["cardinals"][:9], 1)]
    units += [(word, i) for i, word in enumerate(words["ordinals"][:9], 1)]
    for i, (ten, tenth) in enumerate(zip(words["tens"], words["tenths"], strict=True), 2):
        values |= {ten: 10 * i, tenth: 10 * i}
        values |= {f"{ten}-{unit}": 10 * i + value for unit, value in units}
    return values


def roman(text: str) -> int | None:
    """The value of a well-formed Roman numeral from I to XXXIX, None for anything else."""
    found = _ROMAN.fullmatch(text.casefold())
    return 10 * len(found[1]) + _ROMAN_UNITS[found[2]] if found else None


def han(text: str) -> int | None:
    """The value of a Chinese numeral below ten thousand (also 二〇 digit by digit), None for anything else."""
    text = text.translate(_HAN_FORMAL)
    if len(text) > 1 and not set(text) & set(_HAN_UNITS):
        digits = "".join(str("〇一二三四五六七八九".find(char)) for char in text.replace("零", "〇"))
        return int(digits) if digits.isdigit() else None
    total, unit = 0, 0
    for char in text:
        if char in _HAN_UNITS:
            total += (unit or 1) * _HAN_UNITS[char]
            unit = 0
        else:
            unit = "〇一二三四五六七八九".find(char.replace("零", "〇"))
            if unit < 0:
                return None
    return total + unit


def number(text: str) -> int | None:
    """The value of a number in any of the spellings except letters; None where it is none."""
    text = text.strip()
    if text.isdecimal():
        return int(text)
    folded = re.sub(r"\s+", "-", text.casefold())
    return word_values().get(folded) or roman(text) or (han(text) or None)

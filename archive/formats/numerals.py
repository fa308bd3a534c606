"""Numbers as lists write them: decimal, letters, Roman, and the Chinese ways of Word."""

from __future__ import annotations

import re
from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHINESE = "〇一二三四五六七八九"
_CHINESE_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_UNITS = ((1000, "仟"), (100, "佰"), (10, "拾"))
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_MOST = 9999


def integer(text: str) -> int | None:
    """A whole number as attributes spell it, of at most nine digits; None for anything else."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text.strip(), re.ASCII) else None


def roman(number: int) -> str:
    """Lower case; plain decimal beyond 3,999."""
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


def letters(number: int) -> str:
    """a … z, aa, bb … zz, aaa …, as Word counts (a browser's aa, ab differs only beyond 26)."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 20 else str(number)


def chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百〇五."""
    return (
        _by_units(number, _CHINESE, _CHINESE_UNITS).removeprefix("一")
        if 10 <= number < 20
        else _by_units(number, _CHINESE, _CHINESE_UNITS)
    )


def chinese_legal(number: int) -> str:
    """壹, 壹拾, 贰拾伍."""
    return _by_units(number, _LEGAL, _LEGAL_UNITS)


def chinese_digits(number: int) -> str:
    """一, 一〇, 一一, 二〇: digit by digit."""
    return "".join(_CHINESE[int(digit)] for digit in str(number)) if number >= 0 else str(number)


def circled(number: int) -> str:
    """①–⑳, ㉑–㊿; plain decimal beyond."""
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 36 <= number <= 50 else str(number)


def full_width(number: int) -> str:
    """１２."""
    return "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in str(number))


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else str(number)


def _by_units(number: int, digits: str, units: tuple[tuple[int, str], ...]) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    written, gap = "", False
    for value, sign in units:
        digit, number = divmod(number, value)
        if digit:
            written += (digits[0] if gap else "") + digits[digit] + sign
        gap = bool(written) and (digit == 0) and number > 0
    return written + ((digits[0] if gap else "") + digits[number] if number else "")


def _upper(write: Callable[[int], str]) -> Callable[[int], str]:
    return lambda number: write(number).upper()


BY_FORMAT: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": letters,
    "upperLetter": _upper(letters),
    "lowerRoman": roman,
    "upperRoman": _upper(roman),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "ideographDigital": chinese_digits,
    "japaneseCounting": chinese,
    "japaneseDigitalTenThousand": chinese_digits,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "taiwaneseDigital": chinese_digits,
    "chineseLegalSimplified": chinese_legal,
    "ideographLegalTraditional": chinese_legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "ideographEnclosedCircle": circled,
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "none": lambda number: "",
}
"""Word's `w:numFmt` values; a format that is not here is written in decimal, with its text around it kept."""

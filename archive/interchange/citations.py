"""Citations as plain text, to be copied: GB/T 7714-2015, Chicago (17th, bibliography), APA (7th).

Each follows the language of the document that is cited, not that of the page. What is not known is left out, or said to
be unknown where the style has a word for it (n.d.); nothing is made up to fill a place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from archive.interchange.works import ARCHIVE, Work

WORDS = Path(__file__).with_name("citation_words.toml")
ENDS = (".", "?", "!", "…", "。", "？", "！")
REPORT_KINDS = ("report", "essay")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation, the name of its style, and the language that it is written in, as HTML names it."""

    style: str
    words: str
    language: str


def citations(work: Work) -> tuple[Citation, ...]:
    """The work in every style; the Chinese one comes first for Chinese documents."""
    lang = "zh-Hans" if work.language == "zh" else "en"
    made = [Citation(name, write(work), lang) for name, write in STYLES.items()]
    return tuple(made if work.language == "zh" else [*made[1:], made[0]])


@cache
def all_words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def words(work: Work) -> dict[str, Any]:
    return all_words().get(work.language, all_words()["en"])


def note(work: Work) -> str:
    """What a reader has to know of the copy: that a machine translated it, and where it was found."""
    machine = words(work)["machine"] if work.is_machine_translated else ""
    copy = words(work)["copy"].format(work.found_at) if work.found_at else ""
    return "; ".join(part for part in (machine, copy) if part)


def gb7714(work: Work) -> str:
    """Responsible body. Title: number[type/OL]. (date)[accessed]. address. A part stands before the whole, after //."""
    mark = "[R/OL]" if work.kind in REPORT_KINDS else "[EB/OL]"
    whole = f"{bare(work.title)}: {work.number}" if work.number else bare(work.title)
    title = f"{bare(work.part)}{mark}//{whole}" if work.part else whole + mark
    place = words(work)["section"].format(work.section) if work.section else ""
    dates = f"({work.issued})" * bool(work.issued) + f"[{work.accessed.isoformat()}]"
    return sentences(work.issuer, title, capital(place), capital(note(work)), dates, work.address)


def chicago(work: Work) -> str:
    """Responsible body. “Title.” Kind, number, date. Archive. Accessed date. address."""
    if work.language == "zh":
        return chicago_chinese(work)
    date = english_date(work.issued) or words(work)["no_date"]
    facts = ", ".join(part for part in (work.kind_name, work.number, date) if part)
    where = f"Section {work.section} of" if work.section else "In"
    parts = [work.issuer, quoted(work.cited), f"{where} {quoted(work.title)}" if work.part else ""]
    accessed = f"Accessed {english_date(work.accessed.isoformat())}"
    return sentences(*parts, capital(facts), capital(note(work)), ARCHIVE, accessed, work.address)


def chicago_chinese(work: Work) -> str:
    """As Chinese presses set it: 责任者：《题名》，文号，日期，…"""
    whole = f"《{work.title}》"
    head = f"“{work.part}”，载{whole}" if work.part else whole
    place = words(work)["section"].format(work.section) if work.section else ""
    date = chinese_date(work.issued) or words(work)["no_date"]
    accessed = f"{chinese_date(work.accessed.isoformat())}访问"
    told = (head, place, work.number, date, note(work), ARCHIVE, accessed, work.address)
    facts = "，".join(part for part in told if part)
    return f"{work.issuer}：{facts}。" if work.issuer else f"{facts}。"


def apa(work: Work) -> str:
    """Responsible body. (date). Title (number) [Kind]. Archive. Retrieved date, from address"""
    date = f"({apa_date(work) or words(work)['no_date']})"
    details = [work.number, words(work)["section"].format(work.section) if work.section else ""]
    told = f" ({', '.join(one for one in details if one)})" if any(details) else ""
    kinds = [work.kind_name, note(work)]
    form = f" [{capital('; '.join(one for one in kinds if one))}]" if any(kinds) else ""
    whole = bare(work.title) if told or form else work.title
    inside = "载于 " if work.language == "zh" else "In "
    title = f"{stopped(work.part)} {inside}{whole}{told}{form}" if work.part else f"{whole}{told}{form}"
    head = (work.issuer, date, title) if work.issuer else (title, date)
    return f"{sentences(*head, ARCHIVE)} {retrieved(work)}"


def retrieved(work: Work) -> str:
    if work.language == "zh":
        return f"{chinese_date(work.accessed.isoformat())}检索自 {work.address}"
    return f"Retrieved {english_date(work.accessed.isoformat())}, from {work.address}"


STYLES: dict[str, Callable[[Work], str]] = {"GB/T 7714-2015": gb7714, "Chicago": chicago, "APA": apa}


def sentences(*parts: str) -> str:
    """The parts that are there, each with a stop, with spaces between them."""
    return " ".join(stopped(part) for part in parts if part)


def stopped(part: str) -> str:
    ends = part.endswith(ENDS) or part.endswith(tuple(f"{end}”" for end in ENDS))
    return part if ends else f"{part}."


def bare(title: str) -> str:
    """The title without the stop at its end, for what follows it directly."""
    return title if title.endswith("..") else title.removesuffix(".").removesuffix("。")


def quoted(title: str) -> str:
    """In quotation marks, with the stop inside; marks within become single ones."""
    inner = title.replace("“", "‘").replace("”", "’").replace('"', "'")
    return f"“{stopped(inner)}”"


def capital(part: str) -> str:
    return part[:1].upper() + part[1:]


def english_date(iso: str) -> str:
    """May 1, 2015 · May 2015 · 2015 · nothing."""
    year, month, day = (*iso.split("-"), "", "")[:3]
    if not month:
        return year
    name = all_words()["en"]["months"][int(month) - 1]
    return f"{name} {int(day)}, {year}" if day else f"{name} {year}"


def chinese_date(iso: str) -> str:
    """2015年5月1日, as far as it is known."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(iso.split("-"), "年月日", strict=False) if part)


def apa_date(work: Work) -> str:
    """2015, May 1 · 2015, May · 2015."""
    if work.language == "zh":
        return chinese_date(work.issued)
    year, month, day = (*work.issued.split("-"), "", "")[:3]
    if not month:
        return year
    name = all_words()["en"]["months"][int(month) - 1]
    return f"{year}, {name} {int(day)}" if day else f"{year}, {name}"

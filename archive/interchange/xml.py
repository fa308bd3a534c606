"""A document as XML: a small vocabulary of its own, close to the outline.

    document @number @address @format @xml:lang
      about        title, kind, number, issued, issuer, foundAt, translation, theme*, file …, each where it is known
      text         front* and section*; @sha256 is of the text in UTF-8, @length counts its characters
        front | section   @path @kind @start @end @ownEnd
          own      @marker @heading; the section's own text, character for character
          section* those below it
      directives   directive* @number @address @section @start @end @modality @status @by @actor @actorWords
        words, theme* @key @rank @by
      formulations formulation* @key @start @end

All `own` elements in document order, put together, are the text of the document: every `start` and `end` can be counted
in them. What XML cannot hold is U+FFFD, one sign for one sign.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from lxml import etree

from archive.interchange.records import DirectiveRecord, DocumentRecord, NameRecord, SectionRecord, ThemeRecord

MEDIA_TYPE = "application/xml"
FORMAT = "1"
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGES = {"en": "en", "zh": "zh-Hans"}


def xml(record: DocumentRecord) -> bytes:
    """A whole file, in UTF-8."""
    about = record.about
    root = element("document", number=about.number, address=about.address, format=FORMAT)
    root.set(LANG, LANGUAGES.get(about.language, about.language))
    root.append(about_element(record))
    root.append(text_element(record))
    root.append(listed("directives", (directive_element(one) for one in record.directives)))
    places = (
        element("formulation", one.quote, key=one.formulation.key, section=one.section, start=one.start, end=one.end)
        for one in record.formulations
    )
    root.append(listed("formulations", places))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def element(name: str, words: str = "", **attributes: object) -> etree._Element:
    """An element with text and attributes; an attribute that is empty or None is left out."""
    made = etree.Element(name)
    made.text = holdable(words) or None
    for key, value in attributes.items():
        if value not in (None, ""):
            made.set(key, holdable(str(value)))
    return made


def holdable(words: str) -> str:
    """The words with every sign that XML 1.0 forbids replaced, one for one."""
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", words)


def listed(name: str, members: Iterable[etree._Element]) -> etree._Element:
    made = element(name)
    made.extend(members)
    return made


def about_element(record: DocumentRecord) -> etree._Element:
    about, file = record.about, record.file
    made = element("about")
    made.append(element("title", about.title, inText=str(about.title_in_text).lower()))
    single = {"kind": about.kind, "number": about.document_number, "issued": about.issued, "category": about.category}
    made.extend(element(name, words) for name, words in single.items() if words)
    made.extend(name_element(name, one) for name, one in (("issuer", about.issuer), ("foundAt", about.found_at)) if one)
    made.extend(element("foundAtAddress", words) for words in [about.found_at_address] if words)
    made.extend(element("translation", words) for words in [about.translation] if words)
    made.extend(element("addressee", words) for words in about.addressees)
    made.extend(theme_element(one) for one in about.themes)
    given = {"sha256": file.sha256, "size": file.size, "address": file.address, "mediaType": file.media_type}
    read = {"reader": file.reader, "readerVersion": file.reader_version, "encoding": file.encoding}
    made.append(element("file", file.name, received=file.received_at.isoformat(), **given, **read))
    return made


def name_element(name: str, one: NameRecord, **attributes: object) -> etree._Element:
    return element(name, one.name_en or one.name_zh, key=one.key, zh=one.name_zh, address=one.address, **attributes)


def theme_element(one: ThemeRecord) -> etree._Element:
    return name_element("theme", one.theme, rank=one.rank, by=one.by)


def text_element(record: DocumentRecord) -> etree._Element:
    """The sections, each within the one that it is below."""
    digest = hashlib.sha256(record.text.encode(errors="surrogatepass")).hexdigest()
    made = element("text", sha256=digest, length=len(record.text))
    above: list[tuple[int, etree._Element]] = [(0, made)]
    for one in record.sections:
        while len(above) > 1 and above[-1][0] >= one.level:
            above.pop()
        here = section_element(one, record.text)
        above[-1][1].append(here)
        if one.level:
            above.append((one.level, here))
    return made


def section_element(one: SectionRecord, text: str) -> etree._Element:
    made = element(
        "section" if one.level else "front",
        path=one.path,
        kind=one.kind,
        start=one.start,
        end=one.end,
        ownEnd=one.own_end,
    )
    made.append(element("own", text[one.start : one.own_end], marker=one.marker, heading=one.heading))
    return made


def directive_element(one: DirectiveRecord) -> etree._Element:
    made = element(
        "directive",
        number=one.number,
        address=one.address,
        section=one.section,
        start=one.start,
        end=one.end,
        modality=one.modality,
        status=one.status,
        by=one.by,
        actor=one.actor.key if one.actor else "",
        actorWords=one.actor_text,
    )
    made.append(element("words", one.quote))
    made.extend(theme_element(theme) for theme in one.themes)
    return made

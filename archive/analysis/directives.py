"""Directives: sentences and clauses that direct someone to do, or not to do, something.

Reads the sections in their order; what a member of a list means, and whom it addresses, comes from the heading or
the lead-in that it hangs on. Definitions follow the annotation guidelines of the project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from archive.analysis import actors, modality_en, modality_zh, themes
from archive.analysis.directives_actors import Addressees
from archive.analysis.directives_lists import has_articles, heading_under, is_letter, is_order, lead_of, title_nature
from archive.analysis.directives_parts import Part, parts
from archive.analysis.modality import Context, Lead, Nature, Ruling, Who
from archive.analysis.sentences import Sentence
from archive.analysis.sentences_quotes import masked
from archive.analysis.vocabulary import LEXICON, Vocabulary
from archive.spans import (
    Boilerplate,
    FoundDirective,
    FoundSection,
    Metadata,
    Modality,
    SectionKind,
    Span,
)

_HEADINGS = 4
_OPENING = 800
# whom a last sentence asks or encourages, or what it tells of somebody, is not whom the lists below it address
_PASSING = ("qing", "guli", "measure-present")
_NOT_ORDERING = (Nature.PROBLEMS, Nature.PAST, Nature.CIRCUMSTANCES)
Judge = Callable[[str, Context], Ruling | None]
_JUDGES: dict[str, Judge] = {"en": modality_en.rule, "zh": modality_zh.rule}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a part hands down to the sections below it.

    `statute`: the document has articles; `trails`: the part ends with the lead-in of another list on its own
    level; `announced`: it ends with a colon; `order`, `letter`: the kind of document.
    """

    level: int
    nature: Nature | None
    below: Nature | None
    lead: Lead | None
    actor: str
    headings: tuple[Span, ...]
    announced: bool = False
    letter: bool = False
    trails: bool = False
    statute: bool = False
    order: bool = False


@dataclass(frozen=True, slots=True)
class _Directed:
    span: Span
    ruling: Ruling
    actor: str


def directives(
    text: str,
    language: str,
    boilerplate: Sequence[Boilerplate],
    sections: Sequence[FoundSection],
    metadata: Metadata,
    vocabulary: Vocabulary = LEXICON,
) -> tuple[FoundDirective, ...]:
    """The directives of a document, in the order of the text; never an exception, linear in the text."""
    found: list[FoundDirective] = []
    stack = [_root(text, metadata, sections, language)]
    for part in parts(text, language, boilerplate, sections, metadata):
        level = part.section.level if part.section else 0
        before = stack[-1]
        while len(stack) > 1 and stack[-1].level >= level:
            stack.pop()
        if before.level == level and before.trails:
            stack[-1] = replace(stack[-1], below=before.below, lead=before.lead, actor=before.actor)
        reader = _PartReader(text, language, part, stack[-1])
        directed = list(reader.read())
        frame = reader.frame()
        found.extend(_found(text, language, each, frame.headings, vocabulary) for each in directed)
        if part.section is None:
            stack = [frame]
        else:
            stack.append(frame)
    return tuple(found)


def _root(text: str, metadata: Metadata, sections: Sequence[FoundSection], language: str) -> Frame:
    """What the title and the kind of its markers tell about the whole document."""
    title = metadata.title.value if metadata.title else ""
    lead, nature = title_nature(title, language)
    if has_articles(sections):
        return Frame(0, None, None, None, "", (), statute=True)
    root = Frame(0, nature, nature, lead, "", (), letter=is_letter(title, language))
    return replace(root, order=is_order(text[:_OPENING], language))


def _found(
    text: str, language: str, directed: _Directed, headings: Sequence[Span], vocabulary: Vocabulary
) -> FoundDirective:
    return FoundDirective(
        span=directed.span,
        modality=directed.ruling.modality,
        actor=directed.actor,
        actor_key=actors.key_of(directed.actor, language, vocabulary),
        themes=themes.directive_themes(text, directed.span, headings, language, vocabulary),
        rule=directed.ruling.rule,
        confidence=directed.ruling.confidence,
    )


class _PartReader:
    """Reads one part, from its first sentence to its last."""

    def __init__(self, text: str, language: str, part: Part, parent: Frame) -> None:
        self._text, self._language, self._part, self._parent = text, language, part, parent
        self._judge = _JUDGES.get(language, modality_en.rule)
        self._nature = parent.below
        self._addressees = Addressees(language, _inherited(parent), parent.letter)
        self._last: tuple[str, Ruling | None, str] = ("", None, "")

    def read(self) -> Iterator[_Directed]:
        """The directives of the part; call before `frame()`."""
        first_paragraph = self._part.sentences[0].paragraph if self._part.sentences else 0
        for number, sentence in enumerate(self._part.sentences):
            opens = number == 0 and self._part.section is not None
            self._addressees.turn_to(sentence.paragraph)
            if number and self._after_the_list(sentence, first_paragraph):
                self._nature = self._parent.nature
            directed = self._sentence(sentence, opens)
            yield from directed
            self._remember(sentence, directed)
            if opens:
                self._open(sentence, directed)

    def _after_the_list(self, sentence: Sentence, first_paragraph: int) -> bool:
        """A new paragraph, or a sentence after a fault or condition, goes on with what stood before the list."""
        section = self._part.section
        if section is None or section.kind is not SectionKind.ITEM:
            return False
        return sentence.paragraph != first_paragraph or self._nature in _NOT_ORDERING

    def _sentence(self, sentence: Sentence, opens: bool) -> list[_Directed]:
        rulings: list[Ruling | None] = []
        for number, clause in enumerate(sentence.clauses):
            context = self._context(opens and not number, number > 0 and rulings[-1] is not None)
            rulings.append(self._ruling(clause, context))
        return [
            _Directed(
                span, ruling, self._addressees.resolve(ruling.subject, opens and not place, ruling.rule == "guli")
            )
            for place, (span, ruling) in enumerate(_merged(sentence, rulings))
        ]

    def _ruling(self, clause: Span, context: Context) -> Ruling | None:
        quote = masked(self._text, clause)
        ruling = self._judge(quote, context)
        if ruling is None or not ruling.subject.words:
            return ruling
        at = quote.find(ruling.subject.words)
        if at < 0:
            return ruling
        # the judge read the masked quote; the words are taken from the text itself
        start = clause.start + at
        written = " ".join(self._text[start : start + len(ruling.subject.words)].split())
        return replace(ruling, subject=replace(ruling.subject, words=written))

    def _context(self, opens: bool, goes_on: bool) -> Context:
        section = self._part.section
        follows = bool(self._last[1]) and not opens
        context = Context(self._nature, goes_on=goes_on, follows=follows, statute=self._parent.statute)
        context = replace(context, order=self._parent.order)
        if not opens or section is None:
            return context
        return replace(
            context, opens=True, marker=section.marker, lead=self._parent.lead, goes_on=self._parent.announced
        )

    def _remember(self, sentence: Sentence, directed: list[_Directed]) -> None:
        quote = masked(self._text, sentence.span)
        last = directed[-1] if directed else None
        self._last = (quote, last.ruling if last else None, last.actor if last else "")
        if last is None:
            self._addressees.mention(quote)

    def _open(self, sentence: Sentence, directed: list[_Directed]) -> None:
        """The first sentence of a member settles what the rest of it is about."""
        if directed:
            if self._nature is None and self._opens_measures(directed[0].ruling):
                self._nature = Nature.MEASURES
            return
        heading = masked(self._text, sentence.span)
        named = f"{self._part.section.marker} {heading}" if self._part.section else heading
        self._nature = heading_under(self._parent.below, named, self._language)
        self._addressees.head(heading)

    def _opens_measures(self, ruling: Ruling) -> bool:
        """ "Improve the service", "we must improve the service": what follows tells how."""
        return ruling.bare or (ruling.subject.who in (Who.WE, Who.NONE) and not self._parent.statute)

    def frame(self) -> Frame:
        """What the sections below this part inherit."""
        section = self._part.section
        quote, ruling, actor = self._last
        announced = quote.rstrip().endswith((":", "："))
        if ruling and ruling.rule in _PASSING and not announced:
            actor = ""
        lead, below = lead_of(quote, ruling, actor, self._language) if quote else (None, None)
        if self._addressees.headed and announced and self._nature is Nature.MEASURES:
            lead = Lead(Modality.OBLIGATION, self._addressees.inherited, False, True)
        own = (section.heading,) if section else ()
        return Frame(
            level=section.level if section else 0,
            nature=self._nature,
            below=below or self._nature,
            lead=lead or self._lead_from_above(),
            actor=actor or self._addressees.inherited,
            headings=(own + self._parent.headings)[:_HEADINGS],
            announced=announced,
            letter=self._parent.letter,
            statute=self._parent.statute,
            order=self._parent.order,
            trails=section is not None and len(self._part.sentences) > 1 and below is not None,
        )

    def _lead_from_above(self) -> Lead | None:
        """Noun headings between a lead-in and its members change nothing."""
        only_heading = self._part.section is None or len(self._part.sentences) <= 1
        above = self._parent.lead
        return above if only_heading and above and above.binds and not self._last[1] else None


def _inherited(parent: Frame) -> str:
    return parent.lead.actor if parent.lead and parent.lead.actor else parent.actor


def _merged(sentence: Sentence, rulings: list[Ruling | None]) -> list[tuple[Span, Ruling]]:
    """The clauses that direct something; a sentence without semicolons is one clause."""
    if len(rulings) == 1 and rulings[0]:
        return [(sentence.span, rulings[0])]
    return [(clause, ruling) for clause, ruling in zip(sentence.clauses, rulings, strict=True) if ruling]

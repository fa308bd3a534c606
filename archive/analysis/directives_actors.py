"""Whom a directive addresses when it does not say so itself: inheritance from what it continues."""

from __future__ import annotations

from archive.analysis import actors_en, actors_zh
from archive.analysis.modality import Subject, Who


def opening_actor(sentence: str, language: str) -> str:
    """The actor that a sentence starts with, "" where there is none."""
    return actors_zh.opening_actor(sentence) if language == "zh" else actors_en.opening_actor(sentence)


class Addressees:
    """The addressees of one part, as its sentences go by.

    `inherited` comes from the lead-in of the list (or the heading) that the part hangs on; an addressee that a
    sentence names holds until the end of its paragraph.
    """

    def __init__(self, language: str, inherited: str, letter: bool) -> None:
        """`letter`: the ones greeted at its start are addressed throughout."""
        self._letter = letter
        self.headed = False
        self._language = language
        self.inherited = inherited
        self._current = inherited
        self._mentioned = ""
        self._paragraph = -1

    def turn_to(self, paragraph: int) -> None:
        """Enter a paragraph."""
        if paragraph != self._paragraph:
            self._paragraph = paragraph
            self._current = self.inherited
            self._mentioned = ""

    def resolve(self, subject: Subject, opens: bool, passing: bool = False) -> str:
        """The words for the one who is directed, "" where the text names nobody.

        `passing`: the one named here (鼓励居民…) is not whom the next sentence addresses.
        """
        if subject.who is Who.NAMED and passing:
            return subject.words
        if subject.who is Who.NAMED:
            self._current = self._mentioned = subject.words
            return subject.words
        if subject.who is Who.PRONOUN:
            return self._mentioned or self._current
        if subject.who is Who.THING and not subject.passive:
            return ""
        return self.inherited if opens else self._current

    def mention(self, sentence: str) -> None:
        """A sentence that directs nobody may still name the one whom "they" in the next one means."""
        told, _ = actors_zh.vocative(sentence) if self._language == "zh" else actors_en.greeting(sentence)
        if told and (self._letter or self._language == "zh"):
            self._greet(told)
            return
        named = opening_actor(sentence, self._language)
        if named and "QQ" not in named:
            self._mentioned = named

    def _greet(self, told: str) -> None:
        self._current = self._mentioned = told
        if self._letter and not self.inherited:
            self.inherited = told

    def head(self, heading: str) -> None:
        """A noun heading that is nothing but an actor ("A. Desk officers") addresses all that hangs on it."""
        named = actors_zh.whole_actor(heading) if self._language == "zh" else actors_en.whole_actor(heading)
        if named:
            self.inherited = self._current = self._mentioned = named
            self.headed = True

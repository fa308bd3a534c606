"""A query's tree in words, so that a reader sees what was understood; and a part of it as a query again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from archive.search.lexing import QUOTES
from archive.search.tree import And, FieldBetween, FieldIs, InTitle, Leaf, Near, Node, Not, Or, Phrase, Prefix, Word


def in_words(tree: Node | None) -> str:
    """What a tree asks for; "" when it asks for nothing."""
    return _part(tree) if tree is not None else ""


def _part(node: Node, *, inner: bool = False) -> str:
    match node:
        case And(parts):
            return _joined([_part(part, inner=True) for part in parts], _("and"), inner)
        case Or(parts):
            return _joined([_part(part, inner=True) for part in parts], _("or"), inner)
        case Not(part):
            return _("not %(part)s") % {"part": _part(part, inner=True)}
        case _:
            return leaf_in_words(node)


def _joined(parts: list[str], word: str, inner: bool) -> str:
    joined = f" {word} ".join(parts)
    return f"({joined})" if inner else joined


def leaf_in_words(leaf: Leaf) -> str:
    match leaf:
        case Word(text):
            return _("the word “%(text)s”") % {"text": text}
        case Phrase(text):
            return _("exactly “%(text)s”") % {"text": text}
        case Prefix(text):
            return _("a word that begins with “%(text)s”") % {"text": text}
        case Near(text, slop):
            return _("“%(text)s” with at most %(slop)s other words between") % {"text": text, "slop": slop}
        case InTitle(body):
            return _("%(words)s in the title") % {"words": leaf_in_words(body)}
        case FieldIs(name, value):
            return _("%(name)s: %(value)s") % {"name": field_in_words(name), "value": value}
        case FieldBetween():
            return _range(leaf)


def field_in_words(field: str) -> str:
    """A field of the query language, in the reader's language; these are the words of `lexing.named` too."""
    words = {
        "title": _("title"),
        "source": _("source"),
        "theme": _("theme"),
        "actor": _("actor"),
        "modality": _("modality"),
        "kind": _("kind"),
        "year": _("year"),
        "lang": _("language"),
        "number": _("document number"),
        "date": _("date"),
    }
    return words[field]


def _range(leaf: FieldBetween) -> str:
    given = {"name": field_in_words(leaf.name), "low": leaf.low, "high": leaf.high}
    if leaf.low is None:
        return _("%(name)s until %(high)s") % given
    if leaf.high is None:
        return _("%(name)s from %(low)s") % given
    if leaf.low == leaf.high:
        return _("%(name)s: %(value)s") % {**given, "value": leaf.low}
    return _("%(name)s from %(low)s to %(high)s") % given


def as_typed(leaf: Leaf) -> str:
    """A leaf as a query of its own, which is understood as that leaf."""
    match leaf:
        case Word(text):
            return text
        case Phrase(text):
            return _quoted(text)
        case Prefix(text):
            return f"{text}*"
        case Near(text, slop):
            return f"{_quoted(text)}~{slop}"
        case InTitle(body):
            return f"title:{as_typed(body)}"
        case FieldIs(name, value, whole=whole):
            return f"{name}:{_quoted(value) if whole else value}"
        case FieldBetween(name, low, high):
            return f"{name}:{low}" if low == high else f"{name}:{low or ''}..{high or ''}"


def _quoted(text: str) -> str:
    """In marks that do not stand in the text itself."""
    opening = next((mark for mark, other in QUOTES.items() if mark not in text and other not in text), '"')
    return f"{opening}{text}{QUOTES[opening]}"

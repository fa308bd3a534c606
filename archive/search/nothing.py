"""Why nothing was found, and how to go on. Asked only when there is no result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from haystack import connections

from archive.search.asking import Asking
from archive.search.conditions import resolved
from archive.search.grouping import results_found
from archive.search.keeping import KnowsWords
from archive.search.lexing import FIELDS, QUOTES
from archive.search.page import Alone, Nothing
from archive.search.spelling import CANDIDATES, similar
from archive.search.tokens import tokens
from archive.search.tree import And, Leaf, Node, Not, Or, Phrase, Word, joined, leaves
from archive.search.understanding import understood
from archive.search.wording import as_typed, in_words, leaf_in_words
from archive.spans import Span

PARTS = 12
"""Parts of a query that are looked for by themselves."""
SUGGESTED = 3
"""Words that are offered for one that occurs nowhere."""
MISSPELT = 3
"""Parts of a query for which others are looked for."""
SHORTEST = 3
"""Letters of a word that can be misspelt."""
LONGEST = 40
"""Letters of a word that may be two."""
QUOTED = "".join({*QUOTES.keys(), *QUOTES.values()})


def nothing(asking: Asking, typed: Node | None) -> Nothing:
    """`typed` is the tree before names became slugs and variants were added, which readers do not know."""
    understood = _understood(typed) if typed is not None else None
    counted = [(leaf, _alone(asking, leaf)) for leaf in islice(leaves(understood, wanted=True), PARTS)]
    missing = [leaf for leaf, part in counted if not part.count and isinstance(leaf, Word | Phrase)]
    return Nothing(
        in_words(understood),
        tuple(part for _leaf, part in counted) if len(counted) > 1 else (),
        _suggestions(asking, missing[:MISSPELT]),
        results_found(asking.unfiltered()) if asking.filters else None,
    )


def _understood(tree: Node) -> Node | None:
    """What of a tree was searched for: conditions that name nothing in the archive were left out."""
    match tree:
        case And(parts) | Or(parts):
            return joined(type(tree), tuple(kept for part in parts if (kept := _understood(part)) is not None))
        case Not(part):
            kept = _understood(part)
            return None if kept is None else Not(kept)
        case _:
            return tree if resolved(tree)[0] is not None else None


def _alone(asking: Asking, leaf: Leaf) -> Alone:
    q = as_typed(leaf)
    return Alone(leaf_in_words(leaf), q, _found(asking, q))


def _suggestions(asking: Asking, missing: Sequence[Word | Phrase]) -> tuple[str, ...]:
    """Queries with a word that is spelt otherwise, as far as they find something."""
    q = asking.params.q
    found: list[str] = []
    best = q
    for leaf in reversed(missing):
        others = _fields_like(leaf.text) if _is_field(q, leaf) else _respelt(leaf)
        found += [_replaced(q, leaf.span, other) for other in others]
        best = _replaced(best, leaf.span, others[0]) if others else best
    candidates = dict.fromkeys([best, *found]) if best != q else {}
    return tuple(one for one in candidates if _found(asking, one))[:SUGGESTED]


def _is_field(q: str, leaf: Word | Phrase) -> bool:
    """Whether a word was typed as the name of a field that there is not."""
    return q[leaf.span.end : leaf.span.end + 1] in (":", "：")


def _fields_like(name: str) -> list[str]:
    return similar(name.lower(), sorted(FIELDS), SUGGESTED)


def _respelt(leaf: Word | Phrase) -> list[str]:
    """The leaf's words, one of those that the index does not know replaced by one that it does."""
    backend: KnowsWords = connections["default"].get_backend()
    for token in tokens(leaf.text):
        if token.han or len(token.text) < SHORTEST:
            continue
        known = backend.words(token.text[0], CANDIDATES)
        if token.text not in known:
            others = [*similar(token.text, known, SUGGESTED), *_parted(token.text, frozenset(known), backend)]
            return [leaf.text[: token.start] + word + leaf.text[token.end :] for word in others]
    return []


def _parted(word: str, known: frozenset[str], backend: KnowsWords) -> Iterator[str]:
    """Two words that may have been written together: massline → mass line."""
    for cut in range(SHORTEST, min(len(word), LONGEST) - SHORTEST + 1):
        second = word[cut:]
        if word[:cut] in known and backend.words(second, 1) == [second]:
            yield f"{word[:cut]} {second}"


def _replaced(q: str, span: Span, words: str) -> str:
    """The query with other words at a leaf's place, inside the quotes that stand there."""
    typed = span.of(q)
    inner = typed.strip(QUOTED)
    start = typed.index(inner) if inner else 0
    return q[: span.start] + typed[:start] + words + typed[start + len(inner) :] + q[span.end :]


def _found(asking: Asking, q: str) -> int:
    """How many results the page of another query has, with the same filters and variants."""
    tree = understood(q, asking.params.variants).tree
    return results_found(asking.alone(tree)) if tree is not None else 0

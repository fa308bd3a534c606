"""What is the same on many pages, written once for each language."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library, Node, NodeList
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()


class Once(Node):
    """What stands in the tag, for each language and the values that were given. It has no blocks for others to fill."""

    child_nodelists = ()

    def __init__(self, inner: NodeList, given: dict[str, FilterExpression]) -> None:
        self._inner = inner
        self._given = given
        self._written: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = {name: value.resolve(context) for name, value in self._given.items()}
        key = (get_language(), *values.values())
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = self._write(context, values)
        return written

    def _write(self, context: Context, values: dict[str, Any]) -> SafeString:
        """In a context of its own: nothing of the request, of the reader or of the rows gets in."""
        alone = Context(values)
        alone.template = context.template
        return self._inner.render(alone)


@register.tag
def once(parser: Parser, token: Token) -> Once:
    """`{% once here=name %}…{% endonce %}`: links and words that depend on the language and the named values alone.

    Each value must be one of a few, since what is written for it is kept until the process ends.
    """
    given = token_kwargs(token.split_contents()[1:], parser)
    inner = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(inner, given)

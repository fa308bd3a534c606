"""Chinese headings set with spaces between their characters (总　则, 通 知): searched as the words they are."""

from __future__ import annotations

import re

from archive.folding import HAN

INVISIBLE = "\u2060"  # folded to nothing
_CHINESE = re.compile(rf"[{HAN}]")
_SPACE = "[ \u00a0\u3000]"
_SPREAD = re.compile(
    rf"{_SPACE}(?<=[{HAN}].)(?<!\w[{HAN}].){_SPACE}*(?=[{HAN}](?:{_SPACE}+[{HAN}]){{0,24}}{_SPACE}*(?:\n|\Z))"
)
"""Space after a single character, where from there to the end of the line all characters, not too many, stand alone."""


def closed(text: str) -> str:
    """The text, as long as it was, with the spaces inside such headings as characters that folding leaves out."""
    if text.isascii() or not _CHINESE.search(text):
        return text
    return _SPREAD.sub(lambda spaces: INVISIBLE * len(spaces.group()), text)

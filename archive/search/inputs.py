"""What Haystack has no input class for."""

from __future__ import annotations

from haystack.inputs import BaseInput


class Near(BaseInput):
    """Words near each other, in any order, with at most `slop` other words between them."""

    input_type_name = "near"

    def __init__(self, words: str, slop: int) -> None:
        super().__init__(words, slop=slop)

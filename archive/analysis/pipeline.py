"""The stages of reading a text, in their order, each with a version.

A version is raised whenever its stage may give another result for the same text; documents whose rows were
made by an older version are then stale and can be read again.
"""

from __future__ import annotations

from archive.analysis.boilerplate import boilerplate
from archive.analysis.directives import directives
from archive.analysis.formulations import formulations
from archive.analysis.language import detect_language
from archive.analysis.metadata import metadata
from archive.analysis.outline import sections
from archive.analysis.themes import document_themes
from archive.analysis.vocabulary import LEXICON, Vocabulary
from archive.spans import Analysis

STAGES: tuple[tuple[str, int], ...] = (
    ("language", 1),
    ("boilerplate", 1),
    ("metadata", 1),
    ("sections", 1),
    ("directives", 1),
    ("formulations", 1),
    ("themes", 1),
)


def analyse(text: str, vocabulary: Vocabulary = LEXICON) -> Analysis:
    """Read one decoded text with the words of a vocabulary. Never raises, whatever the text; linear in its length."""
    language = detect_language(text)
    furniture = boilerplate(text, language)
    facts = metadata(text, language, furniture)
    outline = sections(text, language, furniture)
    orders = directives(text, language, furniture, outline, facts, vocabulary)
    phrases = formulations(text, language, furniture, facts, vocabulary)
    themes = document_themes(text, language, furniture, facts, outline, orders, vocabulary)
    return Analysis(
        language=language,
        metadata=facts,
        boilerplate=furniture,
        sections=outline,
        directives=orders,
        formulations=phrases,
        themes=themes,
        versions=STAGES,
        vocabulary=vocabulary.version,
    )

"""What the readers of files noted."""

from __future__ import annotations

from django import template

from archive.reader.notes import in_words

register = template.Library()
register.filter("in_words", in_words)

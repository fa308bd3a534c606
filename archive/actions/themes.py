"""The themes of a document, chosen by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from archive.actions.decisions import make
from archive.actions.documents import NotPossible
from archive.actions.readings import hints
from archive.actions.revisions import expect
from archive.models import Decision, Document, Theme


@transaction.atomic
def retag_document(
    *, document: Document, themes: Sequence[str], by: User | None, revision: int | None = None
) -> Decision:
    """Let the document have just these themes, given by their keys, the most central first.

    NotPossible for a theme that is unknown or retired; ChangedMeanwhile when the document is past `revision`.
    """
    document = expect(document, revision)
    after = known_themes(themes)
    before = list(document.documenttheme_set.order_by("rank").values_list("theme__key", flat=True))
    if after == before:
        raise NotPossible(_("The document has these themes already."))
    given = hints(document)
    return make(document, Decision.Layer.DOCUMENT, Decision.Verb.CHANGED, by, None, themes=[before, after], hints=given)


def known_themes(keys: Iterable[str]) -> list[str]:
    """The keys, each once, in their order; NotPossible if one is not of the vocabulary now."""
    keys = list(dict.fromkeys(keys))
    known = {theme.key: theme for theme in Theme.objects.filter(key__in=keys)}
    if unknown := [key for key in keys if key not in known]:
        raise NotPossible(_("There is no theme “%(key)s”. Choose themes of the list.") % {"key": unknown[0]})
    if retired := [known[key] for key in keys if known[key].retired]:
        raise NotPossible(_("The theme “%(theme)s” is retired. Choose another one.") % {"theme": retired[0]})
    return keys

"""What the admin calls the rows and their columns, in the language of the page.

The names are given here and not in the models, where each change of a word would be a migration. Names of rows are in
English those that Django makes of the names of classes, which permissions are called after.
"""

from __future__ import annotations

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ROWS: dict[str, tuple[Promise | str, Promise | str]] = {
    "actor": (_("actor"), _("actors")),
    "batch": (_("batch"), _("batches")),
    "decision": (_("decision"), _("decisions")),
    "document": (_("document"), _("documents")),
    "formulation": (_("formulation"), _("formulations")),
    "job": (_("job"), _("jobs")),
    "source": (_("source"), _("sources")),
    "theme": (_("theme"), _("themes")),
    "upload": (_("upload"), _("uploads")),
    "vocabularychange": (_("vocabulary change"), _("vocabulary changes")),
}
"""Model → what one of its rows is called, and several."""
COLUMNS: dict[str, Promise | str] = {
    "created_at": _("created at"),
    "discovered": _("discovered"),
    "document": _("document"),
    "documents": _("documents"),
    "ended_at": _("ended at"),
    "finished_at": _("finished at"),
    "found_at": _("found at"),
    "issued_on": _("issued on"),
    "issuer": _("issuer"),
    "key": _("key"),
    "kind": _("kind"),
    "language": _("language"),
    "layer": _("of what"),
    "made_at": _("made at"),
    "made_by": _("made by"),
    "media_type": _("media type"),
    "merged_into": _("merged into"),
    "name": _("name"),
    "name_en": _("name in English"),
    "name_zh": _("name in Chinese"),
    "order": pgettext_lazy("place in a list", "order"),
    "parent": _("parent"),
    "place": _("place"),
    "reason": _("reason"),
    "received_at": _("received at"),
    "received_by": _("received by"),
    "retired": _("retired"),
    "size": _("size"),
    "slug": _("name in addresses"),
    "state": _("state"),
    "text_en": _("words in English"),
    "text_zh": _("words in Chinese"),
    "themes": _("themes"),
    "title": _("title"),
    "undone_at": _("undone at"),
    "url": _("web address"),
    "verb": _("what was done"),
}
"""Field → what it is called, whichever model has it."""

for model_name, (one, several) in ROWS.items():
    options = apps.get_model("archive", model_name)._meta
    options.verbose_name, options.verbose_name_plural = one, several
    for field in (*options.fields, *options.many_to_many):
        if field.name in COLUMNS and not isinstance(field.verbose_name, Promise):
            field.verbose_name = COLUMNS[field.name]

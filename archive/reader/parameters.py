"""What the parameters of every list have in common: how they are read, and what is said of those that are left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.reader.fields import PageField, SharingFields, shown
from archive.reader.named import Named

FILTERS = (
    *("document", "theme", "source", "issuer", "found-at"),
    *("actor", "modality", "kind", "lang", "year", "from", "to"),
)
"""The parameters that narrow a list, in the order of their chips."""


class ReaderForm(forms.Form, metaclass=SharingFields):
    """The parameters of a list. `complaints` says what was left out, and why."""

    filters: tuple[str, ...] = FILTERS
    page = PageField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.left_out: list[str] = []
        self.full_clean()

    @property
    def complaints(self) -> list[str]:
        errors = [str(error) for errors in self.errors.values() for error in errors]
        return list(dict.fromkeys([*errors, *self.left_out]))

    def value(self, name: str, default: Any = None) -> Any:
        """The value of a field, the default where it is empty or was left out."""
        found = self.cleaned_data.get(name)
        return default if found in (None, "", ()) else found

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """What was understood of the filters and the order, whatever the page."""
        values = ((name, self.value(name)) for name in (*self.filters, "sort"))
        return tuple((name, named(value)) for name, value in values if value is not None)

    def _clean_fields(self) -> None:
        """As Django does it, but without a bound field for each of the many parameters that an address leaves out."""
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = field.clean(field.widget.value_from_datadict(self.data, self.files, name))
                if clean := getattr(self, f"clean_{name}", None):
                    self.cleaned_data[name] = clean()
            except forms.ValidationError as error:
                self.add_error(name, error)

    def known(self, name: str, rows: Named) -> tuple[Any, ...]:
        """The rows that the names stand for, in the order of the address; unknown names are complained of."""
        names = self.cleaned_data[name]
        if not names:
            return ()
        found = rows.called([one for one in names if "\x00" not in one])
        self.complain(name, (one for one in names if one not in found))
        return tuple(dict.fromkeys(found[one] for one in names if one in found))

    def allowed(self, name: str, values: Iterable[str]) -> tuple[str, ...]:
        """The names that are among the values; others are complained of."""
        names = self.cleaned_data[name]
        if not names:
            return ()
        values = set(values)
        self.complain(name, (one for one in names if one not in values))
        return tuple(one for one in names if one in values)

    def turn_years(self) -> None:
        """Years that run backwards are turned round, as in a query."""
        first, last = self.value("from"), self.value("to")
        if first and last and first > last:
            self.cleaned_data |= {"from": last, "to": first}
            told = _("The years ran backwards and were turned round: from %(first)s to %(last)s.")
            self.left_out.append(told % {"first": last, "last": first})

    def complain(self, name: str, unknown: Iterable[str]) -> None:
        message = _("There is no %(field)s “%(value)s” here; the filter was left out.")
        label = str(self.fields[name].label)
        self.left_out.extend(message % {"field": label, "value": shown(value)} for value in unknown)


def named(value: Any) -> str:
    """The value of a filter in a word: keys of rows, and all else as it stands."""
    if isinstance(value, tuple):
        return ",".join(map(named, value))
    return str(value.pk if isinstance(value, Model) else value)

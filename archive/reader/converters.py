"""What may stand in an address in the place of a number or a name."""

from django.urls.converters import IntConverter, StringConverter


class NumberConverter(IntConverter):
    """A row's number, without leading zeros: at most 18 digits, which every database can compare."""

    regex = "[1-9][0-9]{0,17}"


class NameConverter(StringConverter):
    """A slug in any script; no slash, and no control character that a database would refuse."""

    regex = r"[^/\x00-\x1f\x7f]+"


class DocumentEnding(StringConverter):
    """The format that a document is taken away in."""

    regex = r"txt|json|bib|ris|csl\.json|xml"


class DirectiveEnding(StringConverter):
    regex = r"json|bib|ris|csl\.json"


class ListEnding(StringConverter):
    """The format that a list of documents, directives or passages is taken away in."""

    regex = r"csv|json|atom|bib|ris|csl\.json"


class TableEnding(StringConverter):
    regex = "csv|json"

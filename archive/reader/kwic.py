"""A hit in its context as a row of a table, written without a template: the lines of a concordance are such rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.reader import landing
from archive.reader.bylines import dated, html_language
from archive.reader.paths import path_to
from archive.reader.rendering import filled, joined, marked
from archive.search.lines import About, Line

ROW = (
    '<tr><td class="before" lang="%(lang)s"><span>%(before)s</span></td>'
    '<td class="keyword" lang="%(lang)s"><a href="%(href)s"><mark>%(hit)s</mark></a></td>'
    '<td class="after" lang="%(lang)s">%(after)s</td>'
    '<td class="from"><a href="%(section)s" lang="%(lang)s">%(title)s</a> '
    '<span class="faint">%(known)s</span></td></tr>\n'
)


def table_rows(lines: Iterable[Line], q: str, chosen: landing.Asked) -> SafeString:
    """Each line with a link to its hit and one to its section."""
    return joined(
        filled(
            ROW,
            lang=html_language(line.document.language),
            before=marked(line.context.before),
            hit=marked(line.context.hit),
            after=marked(line.context.after),
            href=address(line, q, chosen),
            section=f"{path_to('document', line.document.number)}#s{line.path}",
            title=line.document.title,
            known=known(line.document),
        )
        for line in lines
    )


def known(document: About) -> SafeString:
    """When and by whom, or where it was found."""
    issued = document.issued_on
    when = dated(issued, document.issued_precision) if issued else _("undated")
    return joined([when, f" · {document.source}" if document.source else ""])


def address(line: Line, q: str, chosen: landing.Asked) -> str:
    """The address of a line's hit in its document."""
    return landing.address(path_to("document", line.document.number), q, line.span.start, line.path, chosen)

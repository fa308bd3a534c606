"""Meta tags of a page that shows a work: Highwire (`citation_*`) for Zotero and Google Scholar, and Dublin Core."""

from __future__ import annotations

from archive.interchange.works import ARCHIVE, Work

Tag = tuple[str, str]
PDF = "application/pdf"


def meta_tags(work: Work, original: str = "", media_type: str = "") -> tuple[Tag, ...]:
    """(name, content) of each tag that has something to say; `original` is the absolute address of the file."""
    tags = [*highwire(work), *dublin_core(work)]
    if original and media_type == PDF:
        tags.append(("citation_pdf_url", original))
    return tuple((name, content) for name, content in tags if content)


def highwire(work: Work) -> list[Tag]:
    """A whole document is a technical report, by which its number has a place; a part is in a book."""
    report = (
        [("citation_book_title", work.title)]
        if work.part
        else [
            ("citation_technical_report_institution", work.issuer or ARCHIVE),
            ("citation_technical_report_number", work.number),
        ]
    )
    return [
        ("citation_title", work.cited),
        ("citation_author", work.issuer),
        ("citation_publication_date", work.issued.replace("-", "/")),
        ("citation_language", work.language),
        *report,
        ("citation_keywords", "; ".join(work.themes)),
        ("citation_public_url", work.address),
        ("citation_fulltext_html_url", work.address),
    ]


def dublin_core(work: Work) -> list[Tag]:
    return [
        ("DC.title", work.cited),
        ("DC.creator", work.issuer),
        ("DC.publisher", ARCHIVE),
        ("DC.type", "Text"),
        ("DC.format", "text/html"),
        ("DC.language", work.language),
        ("DC.identifier", work.address),
        ("DC.source", work.found_at),
        *[("DC.subject", theme) for theme in work.themes],
        ("DC.description", "Machine translation" if work.is_machine_translated else ""),
        ("DCTERMS.issued", work.issued),
        ("DCTERMS.isPartOf", work.title if work.part else ""),
    ]

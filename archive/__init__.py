"""Massline, a searchable archive of documents about policing and mass work: the map of the house.

A circular's way: `formats` (bytes → text) → `analysis` (text → spans) → `actions` (spans → rows, the one write door)
→ outbox → `search.indexer` → a reader's question through `search` (the one search door) → `reader` (pages, with
`reader.rendering` as the one HTML door).

Imports go downwards only; the contracts in `pyproject.toml` are checked by the tests:

    urls
    management                          commands, without logic
    curation                            the administrators' side
    reader                              pages; drafts are shown with the same rendering
    interchange                         citations and files for other programs; pages show citations, so it lies below
    actions                             everything that writes
    search_indexes, search              everything that finds
    models | analysis | formats         rows | reading | bytes → text (the last two are plain Python)
    parallels                           passages that two texts share, and the signatures by which they find each other
    folding, spans, durable             one form to compare texts in; Span and the frozen results; what reaches the disk

Where to start for a change:

    a marker, cue word, phrase or actor that is missed   analysis/lexicon/
    a file format                                        formats/
    a search operator                                    search/query.py
    a page                                               reader/, templates/
    a citation style, a download, a feed                 interchange/, then reader/downloads.py, reader/list_files.py
    what administrators can do                           actions/, then curation/
    a word of the interface in Chinese                   locale/, with `make messages`
    a setting                                            settings.py
"""

"""What leaves the archive: records, citations, and the formats that other programs read.

`records` (rows → plain frozen records) and `works` (what a citation says) come first; then one module per format, each
a pure function from records to text or bytes. Nothing here knows of requests: the reader's pages show citations and
meta tags too, so this layer lies below `reader`, which makes the responses.
"""

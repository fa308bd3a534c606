"""The codec: what ordinary Whoosh (searchers, matchers, sorting by columns) sees of array segments.

Writing goes through `writer`; this side only reads.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.fields import FieldType
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.query.spans import Span
from whoosh.reading import TermInfo, TermNotFound

from archive.search.arrays.columns import KeywordColumn
from archive.search.arrays.reading import SegmentData, opened
from archive.search.arrays.segment import ArraySegment
from archive.search.arrays.texts import LENGTH_OF, Postings


class ArrayCodec(base.Codec):
    """Reads array segments for Whoosh."""

    def terms_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(_data(storage, segment))

    def per_document_reader(self, storage: FileStorage, segment: ArraySegment) -> ArrayRows:
        return ArrayRows(_data(storage, segment), segment)

    def per_document_writer(self, storage: FileStorage, segment: ArraySegment) -> NoReturn:
        raise NotImplementedError("array segments are written by ArrayWriter")

    field_writer = per_document_writer

    def new_segment(self, storage: FileStorage, indexname: str) -> NoReturn:
        raise NotImplementedError("array segments are written by ArrayWriter")


def _data(storage: FileStorage, segment: ArraySegment) -> SegmentData:
    """The arrays of a segment; a storage may have them open already, whatever has become of the file."""
    held: SegmentData | None = getattr(storage, "data", {}).get(segment.segment_id())
    return held or opened(Path(storage.folder), segment)


class ArrayTerms(base.TermsReader):
    """The dictionary and the postings of a segment."""

    def __init__(self, data: SegmentData) -> None:
        self.data = data
        self._texts = data.names("text")
        self._fields = sorted([*self._texts, *data.names("keywords")])

    def _field(self, name: str) -> Postings | KeywordColumn:
        return self.data.text(name) if name in self._texts else self.data.keywords(name)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term[0] in self._fields and self._field(term[0]).words.number(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        return self._fields

    def cursor(self, fieldname: str, fieldobj: FieldType) -> ArrayCursor:
        return ArrayCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, word) for name in self._fields for word in self._field(name).words)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name in self._fields[bisect_left(self._fields, fieldname) :]:
            words = self._field(name).words
            first = bisect_left(words, prefix) if name == fieldname else 0
            yield from ((name, words[number]) for number in range(first, len(words)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def _postings(self, fieldname: str, tbytes: bytes) -> tuple[list[int], list[float], slice]:
        """Rows, frequencies and places of a term."""
        number = self._field(fieldname).words.number(tbytes) if fieldname in self._fields else -1
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}")
        field = self._field(fieldname)
        at = field.range(number, number + 1)
        docs = field.docs[at].tolist()
        if fieldname in self._texts:
            text = self.data.text(fieldname)
            return docs, text.freqs[at].astype(float).tolist(), text.place_range(number, number + 1)
        return docs, [1.0] * len(docs), slice(0, 0)

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        docs, freqs, _ = self._postings(fieldname, tbytes)
        # lengths serve as bounds only: shortest and longest that there can be
        return TermInfo(sum(freqs), len(docs), 1, 106374, max(freqs), docs[0], docs[-1])

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        return sum(self._postings(fieldname, tbytes)[1]) if (fieldname, tbytes) in self else 0.0

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        return len(self._postings(fieldname, tbytes)[0]) if (fieldname, tbytes) in self else 0

    def matcher(self, fieldname: str, tbytes: bytes, format_: Format, scorer: Any = None) -> ArrayMatcher:
        docs, freqs, places = self._postings(fieldname, tbytes)
        values = None
        if fieldname in self._texts:
            values = Positions(self.data, self.data.text(fieldname), docs, freqs, places)
        term, info = (fieldname, tbytes), self.term_info(fieldname, tbytes)
        return ArrayMatcher(docs, freqs, values, format_, scorer=scorer, term=term, terminfo=info)


class Positions:
    """The positions of a term's postings, decoded where they are asked for."""

    def __init__(self, data: SegmentData, text: Postings, docs: list[int], freqs: list[float], places: slice) -> None:
        self._starts = data.starts
        self._places = text.places
        self._docs = docs
        self._ends = [places.start]
        for freq in freqs:
            self._ends.append(self._ends[-1] + int(freq))

    def __len__(self) -> int:
        return len(self._docs)

    def __getitem__(self, index: int) -> bytes:
        places = self._places[self._ends[index] : self._ends[index + 1]]
        return bytes(places - self._starts[self._docs[index]])


class ArrayMatcher(ListMatcher):
    """Leads Whoosh's own queries through the postings of a term."""

    _i: int

    def skip_to(self, id: int) -> None:
        self._i = bisect_left(self._ids, id, self._i)

    def spans(self) -> list[Span]:
        return [Span(position) for position in self.value_as("positions")]

    def copy(self) -> ArrayMatcher:
        return ArrayMatcher(
            self._ids,
            self._weights,
            self._values,
            self._format,
            self._scorer,
            self._i,
            term=self._term,
            terminfo=self._terminfo,
        )


class ArrayCursor(base.FieldCursor):
    """Walks through the dictionary of a field, for fuzzy and range queries."""

    def __init__(self, terms: ArrayTerms, name: str, field: FieldType) -> None:
        self._terms = terms
        self._name = name
        self._field = field
        self._words = [word for of, word in terms.terms_from(name, b"") if of == name]
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        wanted = string if isinstance(string, bytes) else self._field.to_bytes(string)
        self._at = bisect_left(self._words, wanted)
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        found: str | None = self._field.from_bytes(self._words[self._at]) if self.is_valid() else None
        return found

    def term_info(self) -> TermInfo:
        return self._terms.term_info(self._name, self._words[self._at])

    def is_valid(self) -> bool:
        return self._at < len(self._words)


class ArrayRows(base.PerDocumentReader):
    """Lengths, columns and deletions of a segment. Nothing is stored beside them."""

    def __init__(self, data: SegmentData, segment: ArraySegment) -> None:
        self._data = data
        self._segment = segment

    def doc_count(self) -> int:
        return self._data.rows - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._data.rows

    def has_deletions(self) -> bool:
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in self._data.names("number") or fieldname in self._data.names("bytes")

    def column_reader(self, fieldname: str, column: Any) -> ArrayColumn:
        if fieldname in self._data.names("number"):
            return ArrayColumn(self._data.rows, self._data.numbers(fieldname).item)
        sortable = self._data.sortable(fieldname)
        return ArrayColumn(self._data.rows, lambda row: sortable.words[int(sortable.codes[row])])

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        if fieldname not in self._data.names("text"):
            return default
        return int(LENGTH_OF[self._data.text(fieldname).lengths[docnum]]) or default

    def field_length(self, fieldname: str) -> int:
        return len(self._data.text(fieldname).places) if fieldname in self._data.names("text") else 0

    def min_field_length(self, fieldname: str) -> int:
        return int(LENGTH_OF[self._data.text(fieldname).lengths.min(initial=255)])

    def max_field_length(self, fieldname: str) -> int:
        return int(LENGTH_OF[self._data.text(fieldname).lengths.max(initial=0)])

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {}


class ArrayColumn(ColumnReader):
    """A column by row. For ordinary Whoosh only."""

    def __init__(self, rows: int, get: Callable[[int], Any]) -> None:
        self._doccount = rows
        self._get = get
        self._reverse = False

    def __getitem__(self, docnum: int) -> Any:
        return self._get(docnum)

    def sort_key(self, docnum: int) -> Any:
        return -self[docnum] if self._reverse else self[docnum]

    def set_reverse(self) -> None:
        self._reverse = True

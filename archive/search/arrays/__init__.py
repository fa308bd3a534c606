"""Array postings: an index of Whoosh whose postings are NumPy arrays, read in place and evaluated whole.

It is an index of Whoosh: directory, tables of contents and generations, write lock, schema, segments, deletions and
query classes are Whoosh's, and an ordinary `whoosh.index.open_dir(folder).searcher()` finds the same rows with the same
scores. What differs is the codec: how a segment is stored, written and asked.

The rooms: `fields` (what a schema may have), `collecting` (texts of rows → postings), `segments` and `writer` (rows →
segments → commit; `building`: on several cores), `searcher` (a commit, open for reading), `queries` (what Whoosh has no
query class for), `evaluation` (query → rows of a segment), `codec` (the ordinary way of reading).

The folder

    _MAIN_7.toc          the newest commit: pickled schema, segments, rows deleted in each; replaced atomically
    MAIN_<id>.arrays     a segment, written once and brought to the disk before a table of contents names it
    MAIN_WRITELOCK       held by the one writer

A reader opens the newest table of contents and maps its segments. A commit removes segments that it has merged; one
that is mapped stays readable, and an opening that meets a removed file begins anew with the newer table of contents.
A killed writer leaves files that no table of contents names; the next commit removes them.

A segment

    "MLARRAY1"                            magic
    array, array, …                       raw, little-endian, each at a multiple of 8 bytes
    {"arrays": …, "facts": …}             JSON: name → type, offset, length, CRC-32; number of rows, kinds of fields
    offset, length, CRC-32, "MLARRAY1"    of the directory; 28 bytes

    starts                                rows + 1 numbers: where each row begins among the places of the segment
    <text>/words, letters                 the dictionary in order: ends of the words, their bytes
    <text>/ends, docs, freqs              word i stands in docs[ends[i - 1]:ends[i]], as often as freqs says
    <text>/place_ends, places             and at places[place_ends[i - 1]:place_ends[i]]
    <text>/lengths                        by row: the number of its words, as Whoosh's byte
    <keywords>/words, letters, ends, docs       as above
    <keywords>/codes, combinations, members     by row a code; combination c has the words
                                                members[combinations[c - 1]:combinations[c]]
    <number>/values                       by row
    <bytes>/words, letters, codes         by row the number of its string in the dictionary, so codes sort as strings do

A place is a position in the whole segment: `starts[row] + position`, alike for all text fields of a row. A sequence of
terms, of one field or of several, is therefore an intersection of rising arrays that have been shifted, whatever the
rows. As words are in order, the postings of all words with one beginning are one slice. Numbers are stored in the
smallest type that holds them; rows and places have 32 bits, so a segment ends at nearly 2³¹ places.
"""

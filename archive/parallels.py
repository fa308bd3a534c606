"""Passages that two texts share, and fingerprints by which texts that share much find each other.

Texts are compared by their skeletons: letters, digits and characters alone, folded (`archive.folding`), so that copies
of a circular from two web sites are the same whatever their spaces, punctuation, width, case and script. Places are
places of the text itself.

Fingerprints are MinHash signatures over the shingles of the skeleton, cut into bands (Broder 1997; Leskovec, Rajaraman
and Ullman, Mining of Massive Datasets, chapter 3). With 42 bands of 3 rows two texts of likeness 0.5 have a band in
common with a chance of 0.996, of 0.3 with 0.68, of 0.1 with 0.04.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from archive.folding import fold
from archive.spans import Span

METHOD = 2
"""Counted up when the same text gets another fingerprint: stored ones are then made anew."""
BANDS, ROWS = 42, 3
SHINGLE_HAN, SHINGLE = 5, 12
"""Characters of a shingle, in Chinese and in other texts."""
LEAST_HAN, LEAST = 12, 30
"""Characters that two texts must have in common at a stretch to share a passage: about six words."""
FINER = 3
"""Inside a passage a stretch this many times shorter counts as common too."""
NEAR = 2
"""Stretches belong to one passage when what differs between them is at most this many times the least stretch."""
TRIED = 8
"""Places at which a stretch that occurs often is tried; so no repetition makes the work more than linear."""
FIRST_HAN = 0x2E80

Codes = npt.NDArray[np.uint32]
Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What is compared of a text: code points, and the place of each in the text."""

    codes: Codes
    places: Places

    @property
    def is_han(self) -> bool:
        return bool(2 * np.count_nonzero(self.codes >= FIRST_HAN) > len(self.codes))

    @property
    def begins(self) -> npt.NDArray[np.bool_]:
        """Where a word begins: after anything that is not compared; each Chinese character is one."""
        han = self.codes >= FIRST_HAN
        inside = (np.diff(self.places) <= 1) & ~han[1:] & ~han[:-1]
        return np.concatenate([[True], ~inside, [True]])[: len(self.codes) + 1]

    def span(self, start: int, length: int) -> Span:
        """Where a stretch (not empty) of the skeleton stands in the text."""
        return Span(int(self.places[start]), int(self.places[start + length - 1]) + 1)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """`wording` is the SHA-256 of the skeleton: texts with the same one differ in nothing that counts.

    `signature` holds the least hashes, 32 bits each; it is empty for a text without letters.
    """

    wording: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of two texts. `pieces` are the pairs of spans in it that read the same, in order and apart."""

    left: Span
    right: Span
    pieces: tuple[tuple[Span, Span], ...]

    @property
    def is_exact(self) -> bool:
        return len(self.pieces) == 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The passages in the order of the left text, and the share (0 to 1) of each text that stands in the other too."""

    passages: tuple[Passage, ...]
    left_share: float
    right_share: float


@dataclass(frozen=True, slots=True)
class Run:
    """`length` code points that are the same in both skeletons, from `left` and from `right` on."""

    left: int
    right: int
    length: int


def skeleton(text: str, without: Iterable[Span] = ()) -> Skeleton:
    """The skeleton of a text, leaving out the spans that are not the document's own."""
    folded = fold(text)
    codes = np.frombuffer(folded.text.encode("utf-32-le"), dtype="<u4").astype(np.uint32)
    kinds, kind_of = np.unique(codes, return_inverse=True)
    counts = np.array([chr(code).isalnum() for code in kinds.tolist()], dtype=bool)
    kept = np.flatnonzero(counts[kind_of]) if len(codes) else np.zeros(0, dtype=np.int64)
    places = kept if folded.same_places else np.array([folded.origin(at, at + 1)[0] for at in kept.tolist()], np.int64)
    own = np.ones(len(text) + 1, dtype=bool)
    for span in without:
        own[span.start : span.end] = False
    inside = own[places.astype(np.int64)]
    return Skeleton(codes[kept][inside], places.astype(np.int64)[inside])


def fingerprint(text: str, without: Iterable[Span] = ()) -> Fingerprint:
    """The fingerprint of a text, of `METHOD`. Linear; a text of 250,000 characters takes about half a second."""
    bare = skeleton(text, without)
    wording = hashlib.sha256(bare.codes.astype("<u4").tobytes()).hexdigest()
    if not len(bare.codes):
        return Fingerprint(wording, b"")
    shingles = np.unique(_hashes(bare.codes, min(len(bare.codes), SHINGLE_HAN if bare.is_han else SHINGLE)))
    factors, terms = _numbers(2 * BANDS * ROWS).reshape(2, -1)
    least = [
        int((shingles * (factor | np.uint64(1)) + term).min() >> np.uint64(32))
        for factor, term in zip(factors, terms, strict=True)
    ]
    return Fingerprint(wording, np.array(least, dtype="<u4").tobytes())


def bands(signature: bytes) -> list[int]:
    """A key of 63 bits for each band of a signature; texts with a key in common are worth comparing."""
    if not signature:
        return []
    rows = np.frombuffer(signature, dtype="<u4").astype(np.uint64).reshape(BANDS, ROWS)
    keys = _numbers(BANDS)
    for row in range(ROWS):
        keys = _mixed(keys ^ rows[:, row])
    return [int(key) for key in keys >> np.uint64(1)]


def likeness(one: bytes, other: bytes) -> float:
    """The estimated share, 0 to 1, of the shingles of two texts that both have; the error is about 0.04."""
    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, dtype="<u4") == np.frombuffer(other, dtype="<u4")))


def compared(
    left: str, right: str, *, left_without: Iterable[Span] = (), right_without: Iterable[Span] = ()
) -> Comparison:
    """What two texts have in common, exactly or nearly. About linear, whatever the texts repeat."""
    one, other = skeleton(left, left_without), skeleton(right, right_without)
    least = LEAST_HAN if one.is_han else LEAST
    runs = list(_of_words(one, other, _filled(one.codes, other.codes, _runs(one.codes, other.codes, least), least)))
    passages = tuple(_passage(one, other, members) for members in _together(runs, NEAR * least))
    return Comparison(
        passages,
        _share((Span(run.left, run.left + run.length) for run in runs), len(one.codes)),
        _share((Span(run.right, run.right + run.length) for run in runs), len(other.codes)),
    )


def _runs(left: Codes, right: Codes, least: int) -> Iterator[Run]:
    """Stretches of at least `least` that both have, in the order of the left and apart there; the longest first.

    Of several places on the right that a stretch could be at, the one that goes on from the stretch before is taken,
    unless another has more than twice as much in common.
    """
    if min(len(left), len(right)) < least:
        return
    wanted, held = _hashes(left, least), _hashes(right, least)
    order = np.argsort(held, kind="stable")
    low, high = (np.searchsorted(held[order], wanted, side) for side in ("left", "right"))
    seeds = np.flatnonzero(high > low)
    start, shift, at = 0, 0, 0
    while (at := at + int(np.searchsorted(seeds[at:], start))) < len(seeds):
        seed = int(seeds[at])
        run = _longest(left, right, seed, order[low[seed] : high[seed]], seed + shift, start)
        if run.length < least:  # two stretches with the same hash by accident
            start = seed + 1
            continue
        yield run
        start, shift = run.left + run.length, run.right - run.left


def _longest(left: Codes, right: Codes, seed: int, places: Places, expected: int, start: int) -> Run:
    """The best run through a seed, which begins on the left not before `start`."""
    middle = int(np.searchsorted(places, expected))
    tried = places[max(0, middle - TRIED // 2) : middle + TRIED // 2].tolist()
    found = [Run(seed, place, _common(left[seed:], right[place:])) for place in tried]
    best = max(found, key=lambda run: _worth(run, abs(run.right - expected)))
    back = _common(left[start : best.left][::-1], right[: best.right][::-1])
    return Run(best.left - back, best.right - back, best.length + back)


def _worth(run: Run, away: int) -> tuple[int, int]:
    return run.length * (2 if away <= LEAST else 1), -away


def _common(one: Codes, other: Codes) -> int:
    """How many leading code points are the same."""
    limit, done, size = min(len(one), len(other)), 0, 64
    while done < limit:
        end = min(done + size, limit)
        differ = one[done:end] != other[done:end]
        first = int(differ.argmax())
        if differ[first]:
            return done + first
        done, size = end, 2 * size
    return limit


def _filled(left: Codes, right: Codes, runs: Iterable[Run], least: int) -> Iterator[Run]:
    """The runs, and the shorter ones between two that are near enough to belong to one passage."""
    before: Run | None = None
    for run in runs:
        if before and _is_near(before, run, 10 * least):
            from_left, from_right = before.left + before.length, before.right + before.length
            for finer in _runs(left[from_left : run.left], right[from_right : run.right], max(2, least // FINER)):
                yield Run(from_left + finer.left, from_right + finer.right, finer.length)
        yield run
        before = run


def _of_words(left: Skeleton, right: Skeleton, runs: Iterable[Run]) -> Iterator[Run]:
    """The runs without the parts of words at their ends."""
    begins_left, begins_right = left.begins, right.begins
    for run in runs:
        cuts = np.flatnonzero(
            begins_left[run.left : run.left + run.length + 1] & begins_right[run.right : run.right + run.length + 1]
        )
        if len(cuts) > 1:
            first, last = int(cuts[0]), int(cuts[-1])
            yield Run(run.left + first, run.right + first, last - first)


def _is_near(one: Run, other: Run, limit: int) -> bool:
    """Whether the other run follows within so many code points on both sides."""
    return other.left - one.left - one.length <= limit and 0 <= other.right - one.right - one.length <= limit


def _together(runs: Sequence[Run], limit: int) -> Iterator[list[Run]]:
    """The runs that make up a passage each."""
    members: list[Run] = []
    for run in runs:
        if members and not _is_near(members[-1], run, limit):
            yield members
            members = []
        members.append(run)
    if members:
        yield members


def _passage(left: Skeleton, right: Skeleton, runs: Sequence[Run]) -> Passage:
    pieces = tuple((left.span(run.left, run.length), right.span(run.right, run.length)) for run in runs)
    (first_left, first_right), (last_left, last_right) = pieces[0], pieces[-1]
    return Passage(Span(first_left.start, last_left.end), Span(first_right.start, last_right.end), pieces)


def _share(spans: Iterable[Span], length: int) -> float:
    covered = np.zeros(length, dtype=bool)
    for span in spans:
        covered[span.start : span.end] = True
    return float(covered.mean()) if length else 0.0


def _hashes(codes: Codes, width: int) -> Hashes:
    """A hash of 64 bits for each stretch of `width` code points."""
    count = len(codes) - width + 1
    found = np.zeros(count, dtype=np.uint64)
    for at in range(width):
        found = found * np.uint64(0x100000001B3) + codes[at : at + count]
    return _mixed(found)


def _numbers(count: int) -> Hashes:
    """Fixed numbers that look random: SplitMix64 from nought (Steele, Lea and Flood 2014)."""
    return _mixed(np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))


def _mixed(numbers: Hashes) -> Hashes:
    """Each number so changed that every bit depends on every other: the end of SplitMix64."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))

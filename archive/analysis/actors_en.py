"""Who is directed, from the words of an English clause."""

from __future__ import annotations

import re

from archive.analysis.modality import NOBODY, Subject, Who, pattern, words

_COMMA = re.compile(r"[,，]")
_WORD = re.compile(r"[\w'’&/-]+")
_LY = re.compile(r"\w+ly$")
_PARTICIPLE = re.compile(r"\w+(?:ed|ing)$|concerned|responsible|involved|alone")
_LETTERS = re.compile(r"(?!Q+$)[A-Z]{3,6}s?")
_LOOK_BACK = 320


def _list(key: str) -> frozenset[str]:
    return words("en", "actor_words", key)


def is_actor(phrase: str) -> bool:
    """Whether a noun phrase names somebody who can be told to act: its head noun decides."""
    return _actor_end(_WORD.findall(phrase)) is not None


def subject_before(before: str) -> Subject:
    """The subject of a clause from the words before its modal verb."""
    segments = [each.strip() for each in _COMMA.split(_main_part(before[-_LOOK_BACK:]))]
    while segments and not segments[-1]:
        segments.pop()
    if not segments:
        return NOBODY
    last = _trim(segments[-1])
    subject = _subject(last)
    if subject.who is Who.NAMED:
        return Subject(Who.NAMED, _with_partners(segments[:-1], segments[-1], subject.words))
    if subject.who in (Who.WE, Who.NONE, Who.PRONOUN):
        return _from_adverbial(segments[:-1], subject)
    return _listed(segments) or _parted(segments, subject)


def _main_part(before: str) -> str:
    """What stands after a dash, a colon or the "that" of a report."""
    cut = max(before.rfind(mark) for mark in (":", "：", "—", "–", " - "))
    before = before[cut + 1 :]
    reports = [
        each for each in pattern("en", "actor_words", "report_that").finditer(before) if carries(before[: each.start()])
    ]
    return before[reports[-1].end() :] if reports else before


def carries(before: str) -> bool:
    """ "requires that", "it is clear that": what is said stands in the clause that follows."""
    last = _WORD.findall(before[-40:])
    return bool(last) and last[-1].lower() in words("en", "modality", "that_carriers")


def _trim(segment: str) -> str:
    """Without conjunctions before and adverbs behind."""
    tokens = segment.split()
    while tokens and (tokens[0].lower() in _list("conjunctions") or _LY.match(tokens[0].lower())):
        tokens.pop(0)
    while len(tokens) > 1 and (tokens[-1].lower() in _list("adverbs") or _adverb(tokens[-1])):
        tokens.pop()
    return " ".join(tokens)


def _adverb(token: str) -> bool:
    return bool(_LY.match(token.lower())) and token.lower() not in words("en", "imperatives", "ly_not_adverbs")


def _subject(phrase: str) -> Subject:
    lower = phrase.lower()
    modal = pattern("en", "actor_words", "modal_inside").search(phrase)
    if modal and modal.start():
        return _subject(phrase[: modal.start()].rstrip())
    tokens = _WORD.findall(lower)
    if not tokens:
        return NOBODY
    if tokens[-1] in _list("we"):
        return Subject(Who.WE)
    if lower in _list("pronouns") or lower == "you":
        return Subject(Who.PRONOUN)
    if lower in _list("things"):
        return Subject(Who.THING)
    if tokens[0] in _list("starters"):
        tail = _tail_actor(phrase)
        return Subject(Who.NAMED, tail) if tail else Subject(Who.THING)
    if tokens[0] == "whoever" and len(tokens) <= 8:
        return Subject(Who.NAMED, phrase)
    if pattern("en", "actor_words", "things_said").match(lower):
        return Subject(Who.THING)
    words_here = _WORD.findall(phrase)
    end = _actor_end(words_here)
    if end is None:
        return Subject(Who.THING)
    return Subject(Who.NAMED, _cut(phrase, words_here, end))


def _actor_end(tokens: list[str]) -> int | None:
    """How many words the noun phrase has, None where its head is nobody; a relative clause does not count in."""
    lower = [token.lower() for token in tokens]
    if not lower or len(lower) > 60:
        return None
    stop = next((i for i, token in enumerate(lower) if i and token in _list("prepositions")), len(lower))
    doing = next((i for i in range(1, stop) if lower[i].endswith("ing") and _names_people(lower[i - 1])), None)
    if doing is not None and doing + 1 < stop and lower[doing + 1] in _list("determiners"):
        return doing
    head = next((i for i in range(stop - 1, -1, -1) if not _PARTICIPLE.match(lower[i])), stop - 1)
    if _acronym(tokens, stop - 1):
        return stop
    for last in dict.fromkeys((stop - 1, head)):
        if _names_people(lower[last]) or " ".join(lower[max(0, last - 1) : last + 1]) in _list("phrases"):
            return _phrase_end(lower, stop)
    return None


def _acronym(tokens: list[str], last: int) -> bool:
    """ "The MPD": a body known by its letters, in a text that is not all capitals."""
    name = tokens[last]
    before = tokens[last - 1] if last else ""
    return (
        bool(_LETTERS.fullmatch(name))
        and before.lower() in ("the", "each", "every", "of", "and", "or")
        and not before.isupper()
        and name.lower() not in _list("not_bodies")
    )


def _names_people(word: str) -> bool:
    """A head noun of the lexicon, or one formed like "dispatcher", "conductor", "typist", "watchman"."""
    word = word.rsplit("-", 1)[-1]
    if word in _list("heads"):
        return True
    return word not in _list("not_agents") and bool(pattern("en", "actor_words", "agent_suffix").match(word))


def _phrase_end(lower: list[str], stop: int) -> int:
    """A short relative clause belongs to "the unit that made the mistake", not to "any member who …"."""
    relative = next((i for i in range(stop, len(lower)) if lower[i] in ("who", "which", "that", "whom")), len(lower))
    needed = lower[0] in ("the", "those") and 0 < len(lower) - relative <= 5
    return len(lower) if needed else relative


def _cut(phrase: str, tokens: list[str], count: int) -> str:
    """The first `count` words of the phrase as written."""
    if count >= len(tokens):
        return phrase
    at = 0
    for token in tokens[:count]:
        at = phrase.index(token, at) + len(token)
    return phrase[:at]


def _tail_actor(phrase: str) -> str:
    """An actor at the end of an adverbial that lost its comma ("Under the new situation police stations")."""
    match = pattern("en", "actor_words", "tail").search(phrase)
    return match["np"] if match and is_actor(match["np"]) else ""


def _with_partners(segments: list[str], last: str, own: str) -> str:
    """ "Courts, prosecutors and police": partners stand between commas before the last one."""
    joined = last.lower().startswith(("and ", "or ", "as well as ")) or re.search(r"\b(?:and|or)\b", last)
    if not segments or not joined or not _partner(segments[-1]):
        return own
    first = len(segments)
    while first and _partner(segments[first - 1]):
        first -= 1
    if first == len(segments):
        return own
    return ", ".join([*segments[first:], last])


def _listed(segments: list[str]) -> Subject | None:
    """ "Hotels, inns and bath houses": where the last of a row is no known actor, the first may be."""
    row = re.search(r"\b(?:and|or)\b", segments[-1]) and len(segments[-1].split()) <= 6
    if not row or len(segments) < 2 or not is_actor(segments[-2]) or not _partner(segments[-2]):
        return None
    return Subject(Who.NAMED, _with_partners(segments[:-1], segments[-1], ""))


def _partner(segment: str) -> bool:
    tokens = segment.lower().split()
    return (
        0 < len(tokens) <= 8
        and tokens[0] not in _list("starters")
        and (is_actor(segment) or len(tokens) <= 2)
        and not _LY.match(tokens[0])
    )


def _from_adverbial(segments: list[str], subject: Subject) -> Subject:
    """ "As visitors, we should …", "the next time our police visit, we should …"."""
    for segment in reversed(segments[-3:]):
        match = pattern("en", "actor_words", "as_actor").search(segment)
        phrase = (match["np"] or match["np2"]).strip() if match else ""
        if phrase and is_actor(phrase):
            return Subject(Who.NAMED, phrase)
    return subject


def _parted(segments: list[str], subject: Subject) -> Subject:
    """A parenthesis between commas parts the subject from its verb: "Stations, on request, must …"."""
    for segment in reversed(segments[:-1]):
        first = segment.split(None, 1)[0].lower() if segment else ""
        if first and first not in _list("starters") and _opens_parenthesis(segments[-1]):
            found = _subject(_trim(segment))
            if found.who is Who.NAMED:
                return found
    return subject


def _opens_parenthesis(segment: str) -> bool:
    tokens = segment.lower().split()
    return bool(tokens) and (tokens[0] in _list("starters") or bool(_PARTICIPLE.match(tokens[0])))


def actor_phrase(text: str) -> str:
    """The noun phrase as an actor's name, "" where its head is nobody."""
    phrase = _trim(text.strip(" ,，"))
    found = _subject(phrase)
    return found.words if found.who is Who.NAMED else ""


def by_phrase(after: str) -> str:
    """ "… shall be answered by the duty officer within a day" → "the duty officer"."""
    for match in pattern("en", "actor_words", "by").finditer(after[:_LOOK_BACK]):
        phrase = _trim(match["np"])
        if is_actor(phrase) and phrase.split()[0].lower() not in _list("starters"):
            return phrase
    return ""


def vocative(segment: str) -> str:
    """A short address before an imperative: "Comrades, …"."""
    tokens = segment.split()
    short = 0 < len(tokens) <= 8 and tokens[0].lower() not in _list("starters") | _list("conjunctions")
    return segment.strip() if short and is_actor(segment) else ""


def whole_actor(heading: str) -> str:
    """A heading that names an actor and says nothing else, "" otherwise."""
    phrase = heading.strip(" .:：\t")
    tokens = _WORD.findall(phrase.lower())
    if not 0 < len(tokens) <= 6 or "," in phrase or not is_actor(phrase):
        return ""
    head = tokens[tokens.index("of") - 1] if "of" in tokens[1:] else tokens[-1]
    return "" if head in _list("weak_heads") else phrase


def opening_actor(sentence: str) -> str:
    """The actor that a sentence starts with, cut before its verb, "" where there is none."""
    tokens = list(_WORD.finditer(sentence[:120]))
    if not tokens or tokens[0].group().lower() in _list("starters"):
        return ""
    for count in range(min(len(tokens), 8), 0, -1):
        phrase = sentence[tokens[0].start() : tokens[count - 1].end()]
        if tokens[count - 1].group().lower() in _list("heads") and "," not in phrase and is_actor(phrase):
            return phrase
    return ""


def greeting(sentence: str) -> tuple[str, int]:
    """A greeting that is a sentence by itself ("Dear residents:") and where it ends; ("", 0) otherwise."""
    match = pattern("en", "actor_words", "greeting").match(sentence)
    return (match["np"].strip(), match.end()) if match and is_actor(match["np"]) else ("", 0)


def acting_thing(before: str) -> str:
    """A window, a vehicle, a hotline: a thing that acts for its staff, "" for any other subject."""
    phrase = _trim(_COMMA.split(_main_part(before[-_LOOK_BACK:]))[-1])
    tokens = _WORD.findall(phrase.lower())
    return phrase if tokens and tokens[-1] in _list("semi") and tokens[0] not in _list("starters") else ""

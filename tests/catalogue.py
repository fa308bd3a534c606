"""The Chinese catalogue of the interface: `make messages` brings it up to date with the code.

Strings are taken out by Babel, from templates after Django has turned them into calls of gettext, so that nobody needs
GNU gettext. What is translated stays; what is new comes in empty, for a person to fill in; what is no longer in the
code goes. The compiled file is committed beside it, since the archive runs without tools.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from babel.messages import Catalog, Message  # noqa: E402
from babel.messages.extract import DEFAULT_KEYWORDS, extract  # noqa: E402
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402
from django.utils.translation.template import templatize  # noqa: E402

FILE = ROOT / "archive" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADERS = [
    ("Language", "zh_Hans"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]
CALLS = {f"{name}_lazy": numbers for name, numbers in DEFAULT_KEYWORDS.items() if "gettext" in name}
# Search and formats are plain Python: what they say are templates, which the pages translate.
KEYWORDS = DEFAULT_KEYWORDS | CALLS | {"warn": None, "QueryWarning": None, "phrase": None}
HEADER = "# The interface of Massline in simplified Chinese; `make messages` keeps it in step with the code."
WIDTH = 110


class Plain(Catalog):
    """A catalogue whose header names no times and no tools, so that it says the same whoever makes it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:  # type: ignore[override]
        return HEADERS


def in_code() -> Catalog:
    """Every string of the code that is marked for translation, without translations."""
    found = Plain(locale="zh_Hans", header_comment=HEADER, fuzzy=False)
    for path, source in [*python_sources(), *template_sources()]:
        place = str(path.relative_to(ROOT))
        for _line, words, comments, context in extract(
            "python", io.BytesIO(source.encode()), KEYWORDS, ["Translators"]
        ):
            # Line numbers would make every change of a template a change of the catalogue.
            found.add(words, locations=[(place, None)], auto_comments=comments, context=context)
    return found


def python_sources() -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / "archive").rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_text(encoding="utf-8")


def template_sources() -> Iterator[tuple[Path, str]]:
    """The calls of gettext that a template stands for; inside brackets, since its indentation means nothing."""
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".xml", ".txt", ".svg"):
            yield path, f"(\n{templatize(path.read_text(encoding='utf-8'))}\n)"


def translated() -> Catalog:
    """The catalogue as it is committed; an empty one before there is any."""
    if not FILE.exists():
        return Catalog(locale="zh_Hans")
    with FILE.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def merged(code: Catalog, known: Catalog) -> Catalog:
    """The strings of the code with the translations that are known."""
    for message in code:
        same = known.get(message.id, message.context) if message.id else None
        if same:
            message.string = same.string
    return code


def is_empty(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return not all(strings)


def compiled(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def written(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalogue, width=WIDTH, sort_by_file=True, ignore_obsolete=True, omit_header=False)
    return file.getvalue()


def main() -> None:
    catalogue = merged(in_code(), translated())
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_bytes(written(catalogue))
    FILE.with_suffix(".mo").write_bytes(compiled(catalogue))
    empty = [message for message in catalogue if message.id and is_empty(message)]
    print(f"{len(catalogue)} strings in {FILE.relative_to(ROOT)}; {len(empty)} wait for a translation")
    for message in empty:
        print(f"  {message.id!r}  ({', '.join(place for place, _ in message.locations)})")


if __name__ == "__main__":
    main()

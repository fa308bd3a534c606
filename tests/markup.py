"""A strict reader of HTML pieces for tests: what text they hold, which tags, and whether they nest well."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"input", "br", "meta", "link"}


class Pieces(HTMLParser):
    """Reads a piece of HTML; `mistakes` names every tag that is closed wrongly or left open."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.mistakes: list[str] = []
        self.strange: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.mistakes.extend(f"left open: {tag}" for tag in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "a" and "a" in self._open:
            self.mistakes.append("a link in a link")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.mistakes.append(f"closed wrongly: {tag}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def ids(self) -> list[str | None]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]

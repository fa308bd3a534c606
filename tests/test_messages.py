"""The Chinese interface is whole: every string of the code is translated, and the compiled catalogue says the same."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache

import pytest
from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests import catalogue
from tests import page_rows as rows
from tests.page_rows import Page

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ 0#]*(?:\.?\d+)*[sdifg%]|\{\w*\}|</?\w+|href=\"[^\"]*\"")
UPDATE = "run `make messages` and translate what it names"


@cache
def committed() -> Catalog:
    return catalogue.translated()


def strings(words: object) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)  # type: ignore[arg-type]


def key(message: Message) -> tuple[object, object]:
    context: object = message.context
    return strings(message.id), context.decode() if isinstance(context, bytes) else context


def test_every_string_of_the_code_is_in_the_catalogue_and_no_other():
    code, known = ({key(one) for one in one_catalogue} for one_catalogue in (catalogue.in_code(), committed()))
    assert sorted(map(str, code - known)) == [], UPDATE
    assert sorted(map(str, known - code)) == [], UPDATE


def test_nothing_waits_for_a_translation_or_is_uncertain():
    messages = [message for message in committed() if message.id]
    assert len(messages) > 400
    assert [message.id for message in messages if catalogue.is_empty(message)] == [], UPDATE
    assert [message.id for message in messages if message.fuzzy] == []


def test_the_compiled_file_says_the_same():
    file = catalogue.FILE.with_suffix(".mo")
    assert file.read_bytes() == catalogue.compiled(catalogue.merged(catalogue.in_code(), committed())), UPDATE
    compiled = read_mo(io.BytesIO(file.read_bytes()))
    assert {key(one): strings(one.string) for one in compiled if one.id} == {
        key(one): strings(one.string) for one in committed() if one.id
    }


def test_what_is_filled_in_and_marked_up_is_the_same_in_both_languages():
    wrong = []
    for message in committed():
        if not message.id:
            continue
        wanted = Counter(PLACEHOLDER.findall(strings(message.id)[-1]))
        wrong += [(message.id, one) for one in strings(message.string) if Counter(PLACEHOLDER.findall(one)) != wanted]
    assert wrong == []


def test_english_and_chinese_do_not_mix():
    """A translation of words that holds no Han character was forgotten."""
    han, words = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]{2}")
    with_words = [one for one in committed() if one.id and words.search(PLACEHOLDER.sub(" ", strings(one.id)[-1]))]
    assert [one.id for one in with_words if not han.search("".join(strings(one.string)))] == []


@pytest.mark.parametrize(
    ("template", "strings_in_it"),
    [
        ('{% load i18n %}<p>{% translate "A word" %}', ["A word"]),
        ("<a title=\"{% translate 'It’s here' %}\">", ["It’s here"]),
        ("{% blocktranslate trimmed %}\n  Two\n  lines\n{% endblocktranslate %}", ["Two lines"]),
        ("{% blocktranslate count n=x %}{{ n }} hit{% plural %}{{ n }} hits{% endblocktranslate %}", ["%(n)s hit"]),
        ("  {% if x %}\n      {% translate 'deep' %}\n  {% endif %}\n{% translate 'flat' %}", ["deep", "flat"]),
        ('{{ x|default:_("none") }}', ["none"]),
    ],
)
def test_strings_are_taken_out_of_templates(tmp_path, monkeypatch, template: str, strings_in_it: list[str]):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(template)
    monkeypatch.setattr(catalogue, "ROOT", tmp_path)
    assert [strings(one.id)[0] for one in catalogue.in_code() if one.id] == strings_in_it


def test_django_speaks_it():
    with translation.override("zh-hans"):
        assert gettext("Documents") == "文件"
        assert ngettext("%(n)s document", "%(n)s documents", 3) % {"n": 3} == "3个文件"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/documents/", "/directives/", "/themes/visits/", "/about/", "/search/?q=round"]
)
def test_a_chinese_page_holds_no_english_but_names_and_texts(client: Client, address: str):
    """Whatever is not marked as English, and is no quotation, has few Latin letters."""
    rows.document(**rows.dated(2009))
    html = Page(client.get(address, headers={"Accept-Language": "zh-CN"})).html
    without_english = re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', " ", html, flags=re.DOTALL)
    words = re.sub(r"<(script|style|svg|code|head)\b.*?</\1>|<[^>]*>", " ", without_english, flags=re.DOTALL)
    known = {"Massline", "English", "OR", "NOT", "Cookie", "and", "CSV", "JSON", "Atom", "BibTeX", "RIS"}
    assert [word for word in re.findall(r"[A-Za-z]{3,}", words) if word not in known] == []

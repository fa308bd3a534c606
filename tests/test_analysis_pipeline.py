"""The pipeline as a whole: languages, versions, the record, the command, and any text."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.analysis import lexicon
from archive.analysis.export import explain, record
from archive.analysis.language import detect_language
from archive.analysis.pipeline import STAGES, analyse
from archive.spans import Analysis

TEXT = """Lamp Paper - Notices - Notice on lamps

Notice on lamps

First, stations must mend the lamps. They have been dark for a year. People fall.

Second, community police should visit every household. Nobody did so before. People waited.
"""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lamp is lit.", "en"),
        ("灯亮了。", "zh"),
        ("灯亮了，路也平了。GPS works.", "zh"),
        ('The word 灯 means "lamp" in the old book of the harbour.', "en"),
        ("燈亮了，碼頭也亮了。", "zh"),
        ("12 34", "en"),
        ("", "en"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_the_record_has_the_form_of_the_labels() -> None:
    found = record("lamps.txt", TEXT, analyse(TEXT))
    assert found["file"] == "lamps.txt"
    assert (found["title"], found["site"], found["category"]) == ("Notice on lamps", "Lamp Paper", "Notices")
    assert found["boilerplate"] == [[0, 38], [40, 55]]
    start = TEXT.index("First,")
    assert found["sections"][0] == {
        "start": start,
        "level": 1,
        "kind": "heading",
        "marker": "First,",
        "heading": "stations must mend the lamps",
    }
    assert [item["modality"] for item in found["directives"]] == ["obligation", "recommendation"]
    assert set(found) == {
        *("file", "title", "site", "category", "language", "boilerplate", "sections"),
        *("directives", "formulations", "themes"),
    }
    assert json.loads(json.dumps(found)) == found


def test_versions_name_every_stage() -> None:
    assert analyse("A lamp.").versions == STAGES
    assert all(version >= 1 for _, version in STAGES)
    assert len({name for name, _ in STAGES}) == len(STAGES)


def test_explain_follows_the_text_and_names_the_rules() -> None:
    lines = list(explain(TEXT, analyse(TEXT)))
    assert lines[0].startswith("language en; stages language/")
    assert "title: Notice on lamps · breadcrumb 0.95" in lines
    places = [int(line[1:].split(":")[0]) for line in lines if line.startswith("[")]
    assert places == sorted(places)
    assert any("section 1 level 1 heading 'First,' · ordinal-opens" in line for line in lines)


def test_the_command_writes_a_file_for_each_document(tmp_path: Path) -> None:
    (tmp_path / "lamps.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "灯.txt").write_text("一、灯要亮。\n二、路要平。\n", encoding="gb18030")
    out = tmp_path / "out"
    call_command("analyse", str(tmp_path / "lamps.txt"), str(tmp_path / "灯.txt"), out=out)
    assert json.loads((out / "lamps.txt.json").read_text(encoding="utf-8"))["title"] == "Notice on lamps"
    lamps = json.loads((out / "灯.txt.json").read_text(encoding="utf-8"))
    assert [section["marker"] for section in lamps["sections"]] == ["一、", "二、"]


def test_the_command_prints_json_lines_or_explains(tmp_path: Path) -> None:
    (tmp_path / "lamps.txt").write_text(TEXT, encoding="utf-8")
    stdout = StringIO()
    call_command("analyse", str(tmp_path / "lamps.txt"), stdout=stdout)
    assert json.loads(stdout.getvalue())["file"] == "lamps.txt"
    stdout = StringIO()
    call_command("analyse", str(tmp_path / "lamps.txt"), explain=True, stdout=stdout)
    assert "section 2 level 1" in stdout.getvalue()


def test_the_command_reports_what_it_cannot_read_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "lamps.txt").write_text(TEXT, encoding="utf-8")
    stdout, stderr = StringIO(), StringIO()
    names = [str(tmp_path / name) for name in ("missing.txt", "empty.txt", "lamps.txt")]
    with pytest.raises(CommandError, match="2 of 3 files could not be read"):
        call_command("analyse", *names, stdout=stdout, stderr=stderr)
    assert json.loads(stdout.getvalue())["file"] == "lamps.txt"
    assert "missing.txt" in stderr.getvalue() and "empty.txt" in stderr.getvalue()


def test_the_lexicon_is_read_once_and_says_what_is_missing() -> None:
    assert lexicon.load("en", "markers") is lexicon.load("en", "markers")
    with pytest.raises(FileNotFoundError, match="no lexicon zh/no-such-list"):
        lexicon.load("zh", "no-such-list")


PIECES = [
    *(
        "First, ",
        "1. ",
        "(2) ",
        "一、",
        "（二）",
        "第三条 ",
        "二是",
        "The third is ",
        "must ",
        "应当",
        "不得",
        "should ",
    ),
    *(
        "stations ",
        "派出所",
        "“灯亮路平”",
        '"big lamp" ',
        "mass line ",
        "群众路线",
        "\n",
        "\n\n",
        ". ",
        "。",
        "；",
        "; ",
        ":",
    ),
    *(
        "Home > ",
        "To all stations:",
        "抄送：",
        "- 4 -",
        "附件：",
        "2013年4月9日",
        "\r\n",
        "\u3000",
        "“",
        '"',
        "（",
        ")",
    ),
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=80).map("".join) | st.text(max_size=150)


@settings(max_examples=100, deadline=None)
@given(SOUP)
def test_any_text_is_read_without_an_error_and_in_order(text: str) -> None:
    found = analyse(text)
    for spans in (
        [item.span for item in found.boilerplate],
        [section.span for section in found.sections],
        [directive.span for directive in found.directives],
        [item.span for item in found.formulations],
    ):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert [span.start for span in spans] == sorted(span.start for span in spans)
    assert_covered(text, found)
    json.dumps(record("soup.txt", text, found))
    assert list(explain(text, found))


def assert_covered(text: str, found: Analysis) -> None:
    """Front matter and the sections' own spans, one after the other, are the text."""
    assert "".join(span.of(text) for span, _ in found.parts(len(text))) == text


def test_reading_the_same_text_twice_gives_the_same() -> None:
    assert analyse(TEXT) == analyse(TEXT)


@pytest.mark.parametrize(
    "unit", ["1. (a) First, 一、（一）", "First, ", "（", "1.1", "“", "A - ", "a > ", "第", ". ", "\n", "x\n"]
)
def test_long_runs_of_one_thing_are_read(unit: str) -> None:
    text = unit * (3000 // len(unit))
    assert_covered(text, analyse(text))

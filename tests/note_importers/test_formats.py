"""Files of notes as other programs write them, in our own words."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.imported_note import FoundNotes
from reader.note_importers.registry import read
from reader.problem import Problem


def of(content: Any, name: str = "notes") -> FoundNotes:
    if not isinstance(content, bytes):
        content = (content if isinstance(content, str) else json.dumps(content)).encode()
    return read(content, name)


def hypothesis(**more: Any) -> dict[str, Any]:
    return {
        "id": "abc",
        "created": "2024-03-01T10:00:00.123456+00:00",
        "updated": "2024-03-02T10:00:00+00:00",
        "uri": "https://example.org/quiet",
        "text": "A *note*",
        "tags": ["sleep", "ward"],
        "document": {"title": ["Quiet Rooms"]},
        "target": [
            {
                "source": "https://example.org/quiet",
                "selector": [
                    {"type": "RangeSelector"},
                    {"type": "TextPositionSelector", "start": 3, "end": 9},
                    {
                        "type": "TextQuoteSelector",
                        "exact": "closed at ten",
                        "prefix": "Doors were ",
                        "suffix": ". No",
                    },
                ],
            }
        ],
    } | more


@pytest.mark.parametrize("wrap", [lambda a: {"total": len(a), "rows": a}, lambda a: a,
                                  lambda a: {"export_date": "2024", "annotations": a}])  # fmt: skip
def test_hypothesis(wrap: Any) -> None:
    answer = hypothesis(id="reply", references=["abc"], target=[{"source": "x"}], text="Yes.")
    page = hypothesis(id="page", target=[{"source": "x"}], text="On it all", document={})
    broken = hypothesis(id="bad", target="nothing")
    hidden = hypothesis(id="gone", hidden=True)
    found = of(wrap([hypothesis(), answer, page, broken, hidden, 7]))
    assert (found.format_name, len(found.notes), found.unread) == ("Hypothesis", 3, 2)
    first, second, third = found.notes
    assert (first.exact, first.prefix, first.suffix) == ("closed at ten", "Doors were ", ". No")
    assert (first.note, first.tags, first.motivation) == (
        "A *note*",
        ("sleep", "ward"),
        "commenting",
    )
    assert first.created == "2024-03-01T10:00:00+00:00"
    assert (first.source.title, first.source.address) == (
        "Quiet Rooms",
        "https://example.org/quiet",
    )
    assert (second.exact, second.note) == ("closed at ten", "Yes.")
    assert (third.exact, third.source.title) == ("", "")


def test_hypothesis_of_an_article_with_a_doi() -> None:
    told = {"title": ["X"], "link": [{"href": "doi:10.1000/ABC.1"}, {"href": "https://x.org"}]}
    (note,) = of([hypothesis(document=told)]).notes
    assert note.source.doi == "10.1000/abc.1"


def test_readwise_in_its_own_columns_and_in_ours() -> None:
    ours = (
        '\ufeff"Highlight","Title","Author","URL","Note","Location","Date","Tags","Id","Colour"\r\n'
        '"\'=closed, at ""ten""","Quiet Rooms","A. Writer","https://doi.org/10.1000/q","Ask\nwhy","5",'
        '"2024-03-01T10:00:00+00:00","sleep, ward","id1","green"\r\n'
    )
    (note,) = of(ours).notes
    assert note.exact == '=closed, at "ten"'
    assert (note.note, note.tags, note.colour, note.key) == (
        "Ask\nwhy",
        ("sleep", "ward"),
        "green",
        "id1",
    )
    assert note.source.doi == "10.1000/q"
    theirs = (
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
        "Highlighted at,Document tags\n"
        "closed at ten,Quiet Rooms,A. Writer,,,purple,,page,5,2024-03-01 10:00:00+00:00,\n"
        "\n,,,,,,,,,,\nshort\n"
    )
    found = of(theirs)
    assert (found.format_name, found.unread) == ("Readwise", 0)
    first, second = found.notes
    assert (first.colour, first.created) == ("violet", "2024-03-01T10:00:00+00:00")
    assert second.exact == "short"
    tabs = "Text\tTitle\tNote\nclosed at ten\tQuiet Rooms\t\n"
    assert of(tabs).notes[0].source.title == "Quiet Rooms"


def test_w3c_of_others_and_readium(tmp_path: Any) -> None:
    readium: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationSet",
        "about": {"dc:identifier": ["urn:isbn:1", "doi:10.1000/q"], "dc:title": "Quiet Rooms",
                  "dc:creator": ["A. Writer"]},
        "items": [
            {
                "type": "Annotation",
                "id": "urn:uuid:1",
                "created": "2024-03-01T10:00:00Z",
                "body": {"type": "TextualBody", "value": "Why?", "color": "#ff0000",
                         "highlight": "underline"},
                "target": {
                    "source": "text/ch1.xhtml",
                    "selector": [
                        {"type": "FragmentSelector", "refinedBy": {
                            "type": "TextQuoteSelector", "exact": "closed at ten"}},
                    ],
                },
            },
            {"type": "Annotation", "target": "https://example.org/q", "motivation": "bookmarking",
             "body": [{"type": "TextualBody", "value": "sleep", "purpose": "tagging"}, "A body"]},
            {"type": "Annotation"},
        ],
    }  # fmt: skip
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("annotations.json", json.dumps(readium))
    for found in (of(readium), of(packed.getvalue())):
        assert (len(found.notes), found.unread) == (2, 1)
        first, second = found.notes
        assert (first.exact, first.note, first.colour, first.style) == (
            "closed at ten",
            "Why?",
            "pink",
            "underline",
        )
        assert (first.source.doi, first.source.title) == ("10.1000/q", "Quiet Rooms")
        assert (second.tags, second.note, second.motivation) == (
            ("sleep",),
            "A body",
            "bookmarking",
        )
    collection = {"type": "AnnotationCollection", "first": {"items": readium["items"][:1]}}
    assert len(of(collection).notes) == 1
    with pytest.raises(Problem, match="None of the notes"):
        of({"items": [{}]})


def test_calibre() -> None:
    mark = {
        "type": "highlight",
        "uuid": "u1",
        "timestamp": "2024-03-01T10:00:00.000Z",
        "highlighted_text": "closed at ten",
        "notes": "Why?",
        "style": {"kind": "color", "type": "builtin", "which": "green"},
    }
    viewer = {"version": 1, "type": "calibre_highlights", "highlights": [
        mark, mark | {"removed": True}, mark | {"highlighted_text": "", "notes": ""}]}  # fmt: skip
    found = of(viewer)
    assert (found.format_name, len(found.notes), found.unread) == ("calibre", 1, 1)
    assert (found.notes[0].colour, found.notes[0].key) == ("green", "u1")
    library = {"version": 1, "type": "calibre_annotation_collection", "annotations": [
        {"book_id": 1, "title": "Quiet Rooms", "authors": "A. Writer",
         "annotation": mark | {"style": {"kind": "decoration", "which": "wavy"}}},
        {"title": "Quiet Rooms", "annotation": {"type": "bookmark", "title": "Here"}},
        {"title": "Quiet Rooms", "annotation": {"type": "last-read"}}]}  # fmt: skip
    first, second = of(library).notes
    assert (first.source.title, first.source.author, first.style) == (
        "Quiet Rooms",
        "A. Writer",
        "underline",
    )
    assert (second.exact, second.note) == ("", "Here")


def test_koreader() -> None:
    book = {
        "title": "Quiet Rooms",
        "author": "A. Writer",
        "file": "/mnt/books\\quiet.epub",
        "entries": [
            {"page": 3, "time": 1709287200, "text": "closed at ten", "note": "Why?",
             "drawer": "underscore", "color": "red", "sort": "highlight"},
            {"page": 4, "text": "Page 4", "sort": "bookmark"},
            {"page": 5},
        ],
    }  # fmt: skip
    for whole in (book, {"documents": [book, {"title": "None"}, 3]}):
        found = of(whole)
        assert (found.format_name, len(found.notes), found.unread) == ("KOReader", 1, 1)
        (note,) = found.notes
        assert (note.created, note.style, note.colour) == (
            "2024-03-01T10:00:00+00:00",
            "underline",
            "pink",
        )
        assert (note.source.title, note.source.file_name) == ("Quiet Rooms", "quiet.epub")


STARTS = ("Highlight,Title\n", "==========\n", "<p>“", "# A\n> ")
CLIPPINGS = """\ufeffQuiet Rooms (Writer, A. (Ed.))
- Your Highlight on page 3 | Location 120-124 | Added on Friday, March 1, 2024 10:00:00 PM

closed at ten
==========
Quiet Rooms (Writer, A. (Ed.))
- Your Note on page 3 | Location 124 | Added on Friday, 1 March 2024 22:01:00

Why?
==========
Quiet Rooms (Writer, A. (Ed.))
- Your Bookmark on page 9 | Location 300 | Added on Friday, 1 March 2024 22:01:00


==========
Leise Zimmer
- Ihre Notiz bei Position 7 | Hinzugefügt am Freitag, 1. März 2024 10:00:00

Allein
==========
Leise Zimmer
- Ihre Markierung bei Position 8-9 | Hinzugefügt am Freitag, 1. März 2024 10:00:00

 <You have reached the clipping limit for this item>
==========
Broken
==========
"""


@pytest.mark.parametrize("line", ["\n", "\r\n"])
def test_clippings(line: str) -> None:
    found = of(CLIPPINGS.replace("\n", line))
    assert (found.format_name, len(found.notes), found.unread) == ("Kindle", 2, 2)
    first, second = found.notes
    assert (first.exact, first.note) == ("closed at ten", "Why?")
    assert first.created == "2024-03-01T22:00:00+00:00"
    assert (first.source.title, first.source.author) == ("Quiet Rooms", "Writer, A. (Ed.)")
    assert (second.exact, second.note, second.source.title) == ("", "Allein", "Leise Zimmer")


def test_zotero() -> None:
    item = quote(
        json.dumps([{"uris": ["u"], "itemData": {"title": "Quiet Rooms", "DOI": "10.1000/q"}}])
    )
    mark = quote(json.dumps({"annotationKey": "K1", "color": "#5fb236",
                             "citationItem": {"uris": ["u"]}}))  # fmt: skip
    page = (
        f'<div data-citation-items="{item}"><h1>Annotations<br/>(3/4/2024, 10:11)</h1>'
        f'<p><span class="highlight" data-annotation="{mark}">“closed at ten”</span> '
        '<span class="citation">(<span>Writer, 2024, p. 3 (a)</span>)</span> Why?</p>'
        "<p>“No visitor came” (Writer, 2024)</p><p>Nothing quoted</p></div>"
    )
    found = of(page)
    assert (found.format_name, found.unread) == ("Zotero", 0)
    first, second, sticky = found.notes
    assert (sticky.exact, sticky.note) == ("", "Nothing quoted")
    assert (first.exact, first.note, first.colour, first.key) == (
        "closed at ten",
        "Why?",
        "green",
        "K1",
    )
    assert (first.source.title, first.source.doi) == ("Quiet Rooms", "10.1000/q")
    assert (second.exact, second.note, second.source.title) == (
        "No visitor came",
        "",
        "Quiet Rooms",
    )
    two = quote(json.dumps([{"uris": ["u"], "itemData": {"title": "A"}},
                            {"uris": ["v"], "itemData": {"title": "B"}}, 3]))  # fmt: skip
    named = of(f'<h2>Of This</h2><div data-citation-items="{two}"><p>"closed at ten"</p></div>')
    assert named.notes[0].source.title == "Of This"
    odd = of('<p data-citation="%7B">x</p><p><span data-annotation="3">“a”</span></p>')
    assert [one.exact for one in odd.notes] == ["", "a"]
    assert of("<p>“closed”</p>").notes[0].source.title == ""


def test_what_is_no_file_of_notes_is_said_so() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("a.txt", "words")
    for content, said in (
        (b"words", "no file of notes"),
        (b"", "no file of notes"),
        (b"{", "is damaged"),
        (b"[" * 100_000, "is damaged"),
        (b'{"a": 1}', "holds no notes"),
        (b"PK\x03\x04 and no more", "is damaged"),
        (packed.getvalue(), "holds no notes"),
        (b"<html><p>words</p></html>", "no file of notes"),
    ):
        with pytest.raises(Problem, match=said):
            of(content)


def test_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("annotations.json", "[" + " " * 5000 + "]")
    monkeypatch.setattr("reader.note_importers.registry.LARGEST_BYTES", 1000)
    with pytest.raises(Problem, match="too large"):
        of(packed.getvalue())
    with pytest.raises(Problem, match="too large"):
        of(b"x" * 2000)


def test_other_encodings_are_read() -> None:
    table = 'Highlight,Title\n"größer","Räume"\n'
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        assert of(table.encode(encoding)).notes[0].exact == "größer"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    "annotations rows items entries highlights target selector type uri id body "
                    "text documents title document annotation highlighted_text references".split()
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=25,
    )
)
def test_any_json_is_read_or_refused_in_a_sentence(whole: Any) -> None:
    with suppress(Problem):
        of(whole)


@given(st.text(max_size=300), st.sampled_from(STARTS))
def test_any_text_is_read_or_refused_in_a_sentence(text: str, before: str) -> None:
    with suppress(Problem):
        of(before + text)

"""Every room that speaks of formats speaks of those in the table, and of no others."""

from __future__ import annotations

import configparser
import re
from importlib import import_module
from pathlib import Path

import pytest

from reader.formats import (
    ARCHIVE_SUFFIXES,
    BY_NAME,
    BY_SUFFIX,
    FORMATS,
    KINDS,
    MEDIA_TYPES,
    SUFFIXES,
    WORKS,
    Format,
    file_patterns,
    is_outdated,
    of_kind,
)
from reader.importers.common.companions import BESIDE
from reader.importers.other_kinds import KINDS as OTHER_KINDS
from reader.model.document import WHOLE
from reader.paths import Paths, resources, seeds
from reader.services.import_queue import found_in, may_have_companions
from reader.store.library import Library
from reader.ui.search.filter_menu import KINDS as MENU
from tests.store.samples import a_document

ROOT = Path(__file__).resolve().parent.parent
IDS = [one.name for one in FORMATS]


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_an_importer_states_the_name_and_version_of_the_table(one: Format) -> None:
    module = import_module(one.module)
    assert one.importer == module.IMPORTER
    assert callable(module.read)


def test_every_importer_is_in_the_table() -> None:
    stated = re.compile(r'^IMPORTER = "([^"]+)"', re.MULTILINE)
    found = [
        said
        for path in (ROOT / "reader" / "importers").rglob("*.py")
        for said in stated.findall(path.read_text("utf-8"))
    ]
    assert sorted(found) == sorted(one.importer for one in FORMATS)


def test_names_and_suffixes_are_told_once() -> None:
    assert len(BY_NAME) == len(FORMATS)
    assert len(SUFFIXES) == sum(len(one.suffixes) for one in FORMATS)
    assert all(BY_SUFFIX[suffix].name in BY_NAME for suffix in SUFFIXES)


def test_what_is_read_is_not_among_what_is_refused_by_its_name() -> None:
    refused = {suffix for kind in OTHER_KINDS for suffix in kind.suffixes}
    assert not refused & set(SUFFIXES)


def test_the_open_dialog_shows_every_suffix() -> None:
    shown = [pattern.removeprefix("*") for pattern in file_patterns().split()]
    assert shown == [*SUFFIXES, *ARCHIVE_SUFFIXES]


def test_every_suffix_is_found_in_a_folder(tmp_path: Path) -> None:
    for suffix in SUFFIXES:
        (tmp_path / f"a{suffix.upper()}").touch()
        (tmp_path / f"b{suffix}").touch()
    (tmp_path / "c.jpg").touch()
    found = found_in([tmp_path])
    assert len(found.files) == 2 * len(SUFFIXES)
    assert found.passed_over == ("c.jpg",)


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_companions_are_looked_for_by_the_table(one: Format) -> None:
    for suffix in one.suffixes:
        assert may_have_companions(Path(f"a{suffix.upper()}")) is one.has_companions
    assert not may_have_companions(Path("a.other"))


def test_the_desktop_entry_claims_every_media_type() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(resources() / "desktop" / "offprint.desktop", "utf-8")
    claimed = entry["Desktop Entry"]["MimeType"].rstrip(";").split(";")
    assert claimed == [*MEDIA_TYPES, "x-scheme-handler/offprint"]


def test_the_guide_lists_the_formats() -> None:
    guide = (seeds() / "guide.md").read_text("utf-8")
    listed = re.search(r"Offprint reads (.+?) and ([^;.]+);", guide)
    assert listed is not None
    assert [*listed[1].split(", "), listed[2]] == [one.title for one in FORMATS]


def test_every_kind_is_known_to_the_library_and_finds_its_formats(paths: Paths) -> None:
    library = Library(paths)
    ids = {}
    for one in FORMATS:
        document = a_document(one.name.encode(), importer=one.importer, doi="", figures=())
        library.add(document, one.name.encode(), {})
        ids[one.name] = document.id
    for word in KINDS:
        found = library.catalog.documents_labelled("kind", word)
        assert found is not None
        if word not in WORKS:
            assert found == {ids[one.name] for one in of_kind(word)}
    assert library.catalog.documents_labelled("kind", "film") is None
    library.close()


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_a_format_is_a_kind_by_its_name_and_by_its_group(one: Format) -> None:
    assert one.kinds[0] == one.name
    assert one in of_kind(one.name)
    assert set(one.kinds) <= set(KINDS)


def test_a_kind_offered_is_of_a_work_or_of_a_format() -> None:
    assert all(of_kind(word) or word in WORKS for word in KINDS)


def test_the_menu_offers_the_works_and_the_groups() -> None:
    groups = {one.kinds[-1] for one in FORMATS}
    assert {f"kind:{word}" for word in (*WORKS, *groups)} == set(MENU)


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_older_rules_are_outdated_and_newer_ones_are_not(one: Format) -> None:
    for more in ("", WHOLE, BESIDE, BESIDE + WHOLE):
        assert not is_outdated(one.importer + more)
        assert is_outdated(f"{one.name}/{one.version - 1}{more}")
        assert not is_outdated(f"{one.name}/{one.version + 1}{more}")


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_a_document_is_a_web_page_by_the_table(one: Format) -> None:
    document = a_document(b"Words.", importer=one.importer)
    assert document.is_web_page is ("web" in one.kinds)


@pytest.mark.parametrize("importer", ["", "text 1", "scroll/1", "text/", "text/new", "+whole"])
def test_what_names_no_rules_of_ours_is_not_outdated(importer: str) -> None:
    assert not is_outdated(importer)

"""Pictures beside a file are gathered before it is read, and found again later."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from reader.paths import Paths
from reader.problem import Problem
from reader.services.companion_files import KEPT, MOST_PICTURES, gather, names_kept
from reader.services.staging import ReadResult, checked
from reader.store.library import Library
from reader.workers import tasks
from tests.importers.html.test_mhtml import PIXEL

PAGE = (
    "<html><head><title>On fever</title></head><body><h1>On fever</h1><p>Give 5 mg once a day, and "
    "wait for what it does.</p><figure><img src='{}' alt='A curve'><figcaption>Figure 1. A curve."
    "</figcaption></figure></body></html>"
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "page one_files"
    folder.mkdir()
    (folder / "fig 1.png").write_bytes(PIXEL)
    path = tmp_path / "page one.html"
    path.write_text(PAGE.format("./page%20one_files/fig%201.png"), encoding="utf-8")
    return path


def take_in(path: Path, paths: Paths) -> tuple[ReadResult, str]:
    staging = str(paths.staging)
    folder = gather(str(path), str(paths.data), staging)
    result = tasks.read(str(path), staging, None, False, folder)
    (outcome,) = tasks.keep(str(paths.data), result)
    assert isinstance(outcome, str)
    assert list(paths.staging.iterdir()) == []
    return result, outcome


def figures(paths: Paths, document_id: str) -> list[str]:
    with closing(Library(paths)) as library:
        document = library.document(document_id)
        for figure in document.figures:
            if figure.asset:
                assert library.asset(document_id, figure.asset) == PIXEL
        return [figure.asset for figure in document.figures]


def test_a_saved_page_has_its_pictures_also_when_they_are_gone_later(
    page: Path, paths: Paths
) -> None:
    result, outcome = take_in(page, paths)
    assert outcome == "added"
    (asset,) = figures(paths, result.document_id)
    assert asset.endswith(".png")
    (page.parent / "page one_files" / "fig 1.png").unlink()
    again, outcome = take_in(page, paths)
    assert (again.document_id, outcome) == (result.document_id, "known")
    assert figures(paths, result.document_id) == [asset]
    with closing(Library(paths)) as library:
        assert library.verify() == []
        moved = library.original(result.document_id)
    folder = gather(str(moved), str(paths.data), str(paths.staging))
    with checked(
        tasks.read(str(moved), str(paths.staging), None, True, folder), paths.staging
    ) as taken:
        assert taken.document.figures[0].asset == asset
        assert taken.document.importer.endswith("+beside+whole")


def test_pictures_that_come_later_make_another_edition(page: Path, paths: Paths) -> None:
    picture = page.parent / "page one_files" / "fig 1.png"
    picture.rename(page.parent / "away.png")
    result, outcome = take_in(page, paths)
    assert (outcome, figures(paths, result.document_id)) == ("added", [""])
    (page.parent / "away.png").rename(picture)
    assert take_in(page, paths)[1] == "updated"
    assert figures(paths, result.document_id) != [""]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Fever\n\n![A curve](pictures/f.png)\n\nGive 5 mg.\n"),
        ("a.md", "# Fever\n\n![A curve][f]\n\nGive 5 mg.\n\n[f]: <pictures/f.png>\n"),
        (
            "a.xml",
            "<article dtd-version='1'><body><fig><graphic xlink:href='pictures/f.tif'"
            " xmlns:xlink='http://www.w3.org/1999/xlink'/></fig><p>Give 5 mg.</p></body></article>",
        ),
        (
            "a.nxml",
            "<article><body><fig><graphic xlink:href='pictures/f'"
            " xmlns:xlink='http://www.w3.org/1999/xlink'/></fig><p>Give 5 mg.</p></body></article>",
        ),
        (
            "a.htm",
            "<html><body><p>Give 5 mg, and wait.</p><img srcset='pictures/f.png 2x' "
            "src='pictures/f.png' alt='A curve'></body></html>",
        ),
    ],
)
def test_other_files_have_theirs_too(name: str, text: str, tmp_path: Path, paths: Paths) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "f.png").write_bytes(PIXEL)
    (tmp_path / name).write_text(text, encoding="utf-8")
    result, _ = take_in(tmp_path / name, paths)
    assert figures(paths, result.document_id) != [""]


@pytest.mark.parametrize(
    "address",
    [
        "../secret.png",
        "x/../../secret.png",
        "/etc/passwd.png",
        "file:///etc/passwd.png",
        "C:\\secret.png",
        "%2e%2e/secret.png",
        "link.png",
        "folder/secret.png",
        "https://x.example/secret.png",
        "..",
        "notes.txt",
    ],
)
def test_nothing_outside_its_folder_is_gathered(address: str, tmp_path: Path, paths: Paths) -> None:
    (tmp_path / "secret.png").write_bytes(PIXEL)
    home = tmp_path / "home"
    home.mkdir()
    (home / "notes.txt").write_bytes(PIXEL)
    (home / "link.png").symlink_to(tmp_path / "secret.png")
    (home / "folder").symlink_to(tmp_path, target_is_directory=True)
    (home / "a.html").write_text(PAGE.format(address), encoding="utf-8")
    assert gather(str(home / "a.html"), str(paths.data), str(paths.staging)) == ""


def test_no_more_is_gathered_than_a_page_may_have(tmp_path: Path, paths: Paths) -> None:
    names = [f"{number}.png" for number in range(MOST_PICTURES + 3)]
    for name in names:
        (tmp_path / name).write_bytes(PIXEL)
    pictures = "".join(f"<img src='{name}'>" for name in names)
    (tmp_path / "a.html").write_text(f"<p>{pictures}</p>", encoding="utf-8")
    folder = Path(gather(str(tmp_path / "a.html"), str(paths.data), str(paths.staging)))
    assert len(list((folder / "beside").iterdir())) == MOST_PICTURES + 1


def test_what_cannot_be_read_has_no_pictures_and_leaves_nothing(
    page: Path, tmp_path: Path, paths: Paths
) -> None:
    assert gather(str(tmp_path / "none.html"), str(paths.data), str(paths.staging)) == ""
    assert gather(str(tmp_path / "a.pdf"), str(paths.data), str(paths.staging)) == ""
    folder = gather(str(page), str(paths.data), str(paths.staging))
    assert folder
    page.unlink()
    with pytest.raises(Problem, match="no file"):
        tasks.read(str(page), str(paths.staging), None, False, folder)
    assert list(paths.staging.iterdir()) == []


def test_a_file_of_another_kind_than_its_name_says_is_read_without(
    page: Path, paths: Paths
) -> None:
    page.write_bytes(b"{\\rtf1\\ansi Give 5 mg. \\par <img src='page one_files/fig 1.png'>}")
    result, _ = take_in(page, paths)
    assert figures(paths, result.document_id) == []


def test_pictures_that_no_figure_shows_leave_the_reading_as_it_is(
    tmp_path: Path, paths: Paths
) -> None:
    (tmp_path / "f.png").write_bytes(b"no picture")
    (tmp_path / "a.html").write_text(PAGE.format("f.png"), encoding="utf-8")
    result, _ = take_in(tmp_path / "a.html", paths)
    assert figures(paths, result.document_id) == [""]


@pytest.mark.parametrize(
    "said",
    [
        "[]",
        "{",
        '{"a.png": 1}',
        '{"a.png": "../x.png"}',
        '{"../a.png": "0123456789abcdef.png"}',
        json.dumps({f"{n}.png": "0123456789abcdef.png" for n in range(MOST_PICTURES + 1)}),
    ],
)
def test_a_list_of_pictures_that_we_do_not_write_is_none(said: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        names_kept(said.encode())


def test_a_reading_that_lies_about_its_pictures_is_not_taken_in(page: Path, paths: Paths) -> None:
    staging = str(paths.staging)
    for lie in ("link", "missing"):
        folder = gather(str(page), str(paths.data), staging)
        result = tasks.read(str(page), staging, None, False, folder)
        assets = Path(result.folder) / "assets"
        said = names_kept((assets / KEPT).read_bytes()) | {"b.png": "0" * 16 + ".png"}
        (assets / KEPT).write_text(json.dumps(said))
        if lie == "link":
            (assets / ("0" * 16 + ".png")).symlink_to(page)
        (problem,) = tasks.keep(str(paths.data), result)
        assert "not sound" in str(problem)

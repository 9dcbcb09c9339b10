"""Pages drawn in a process of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.model.pdf.pdf_annotation import id_of
from reader.model.pdf.tile import Tile
from reader.problem import Locked, Problem
from reader.store.durable_files import create_file
from reader.workers.page_renderer import draw
from reader.workers.pool import Workers
from tests.importers.pdf_samples import Sheet, Text, locked_pdf, pdf
from tests.printed import two_columns, with_picture

WHOLE = Tile(1, 595, 842, 0, 0, 595, 842)
DARK = Tile(1, 595, 842, 0, 0, 595, 842, 0, "#1A1C1F", "#D8D5CE", dark=True)


def pixel(pixels: bytes, tile: Tile, x: int, y: int) -> tuple[int, int, int]:
    """Red, green and blue."""
    at = 4 * (y * tile.size[0] + x)
    blue, green, red, _ = pixels[at : at + 4]
    return red, green, blue


def darkest(pixels: bytes) -> int:
    return min(pixels[1::4])


def test_a_page_is_black_on_white(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    pixels = draw(str(path), WHOLE)
    assert len(pixels) == 4 * 595 * 842
    assert pixel(pixels, WHOLE, 5, 5) == (255, 255, 255)
    assert darkest(pixels) < 60


def test_a_tile_is_that_part_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    whole = draw(str(path), WHOLE)
    part = Tile(1, 595, 842, 60, 130, 160, 180)
    pixels = draw(str(path), part)
    rows = [whole[4 * (595 * y + 60) : 4 * (595 * y + 160)] for y in range(130, 180)]
    assert pixels == b"".join(rows)
    assert darkest(pixels) < 60


def test_a_turned_page_has_its_top_at_the_right(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    turned = Tile(1, 842, 595, 0, 0, 842, 595, turn=1)
    pixels = draw(str(path), turned)
    heading = [pixel(pixels, turned, x, y)[0] for x in range(755, 780) for y in range(60, 250)]
    foot = [pixel(pixels, turned, x, y)[0] for x in range(60, 90) for y in range(60, 250)]
    assert min(heading) < 60
    assert min(foot) == 255


def test_dark_pages_keep_their_pictures(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(with_picture())
    pixels = draw(str(path), DARK)
    assert pixel(pixels, DARK, 5, 5) == (0x1A, 0x1C, 0x1F)
    assert pixel(pixels, DARK, 100, 742) == (255, 0, 0)
    assert max(pixels[0 : 4 * 595 * 200 : 4]) > 150  # the words above


def test_a_scan_of_the_whole_page_becomes_dark(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(with_picture(800))
    red, green, blue = pixel(draw(str(path), DARK), DARK, 300, 400)
    assert red == 0xD8
    assert green < 0x60
    assert blue < 0x60


def test_a_picture_in_a_form_is_found_where_it_is(tmp_path: Path) -> None:
    form = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 200 200] /Matrix [1 0 0 1 0 0] "
        "/Resources << /XObject << /P 101 0 R >> >> /Length 31 >>\nstream\n"
        "q 100 0 0 100 0 0 cm /P Do Q   \nendstream"
    )
    picture = with_picture().split(b"100 0 obj\n")[1].split(b"\nendobj")[0].decode("latin-1")
    extra = "/Resources << /XObject << /F 100 0 R >> >>"
    sheet = Sheet(extra=extra, drawn="q 1 0 0 1 300 400 cm /F Do Q")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([sheet], objects=[form, picture]))
    assert pixel(draw(str(path), DARK), DARK, 350, 842 - 450) == (255, 0, 0)


def test_sepia_paper_tints_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(with_picture())
    sepia = Tile(1, 595, 842, 0, 0, 595, 842, 0, "#F8F1E3", "#3A2E22")
    pixels = draw(str(path), sepia)
    assert pixel(pixels, sepia, 5, 5) == (0xF8, 0xF1, 0xE3)
    assert pixel(pixels, sepia, 100, 742) == (0xF8, 0, 0)


def test_a_file_that_cannot_be_drawn_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(Problem, match="damaged"):
        draw(str(path), WHOLE)
    path = tmp_path / "b.pdf"
    path.write_bytes(two_columns())
    with pytest.raises(Problem, match="This page is damaged"):
        draw(str(path), Tile(9, 595, 842, 0, 0, 595, 842))
    with pytest.raises(Problem, match="not enough memory"):
        draw(str(path), Tile(1, 60_000, 60_000, 0, 0, 60_000, 60_000))


def test_a_locked_file_wants_its_password(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(locked_pdf("Nobody slept.", "Eule"))
    with pytest.raises(Locked):
        draw(str(path), WHOLE)
    assert darkest(draw(str(path), WHOLE, "Eule")) < 60


def test_pages_that_were_drawn_long_ago_are_let_go(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([Sheet() for _ in range(9)]))
    small = [Tile(number, 60, 84, 0, 0, 60, 84) for number in (*range(1, 10), 1)]
    assert len({draw(str(path), tile) for tile in small}) == 1


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.close()


def test_the_drawing_process_is_confined(
    workers: Workers, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(two_columns())
    assert workers.submit("draw", draw, str(path), WHOLE).result() == draw(str(path), WHOLE)
    assert workers.submit("draw", draw, str(path), DARK).result() == draw(str(path), DARK)
    with pytest.raises(Problem, match="cannot be drawn"):
        workers.submit("draw", create_file, tmp_path / "b").result()
    assert " in refuse" in caplog.text
    caplog.clear()


def test_what_is_filled_in_is_drawn(tmp_path: Path) -> None:
    def page(value: str) -> bytes:
        field = (
            f"<< /Type /Annot /Subtype /Widget /F 4 /FT /Tx /T (name) /V ({value}) "
            "/Rect [100 690 300 710] /DA (/Helv 12 Tf 0 g) /P 10 0 R >>"
        )
        path = tmp_path / f"{value or 'empty'}.pdf"
        path.write_bytes(
            pdf(
                [Sheet(extra="/Annots [100 0 R]")],
                catalogue="/AcroForm << /Fields [100 0 R] /DA (/Helv 12 Tf 0 g) "
                "/DR << /Font << /Helv 3 0 R >> >> >>",
                objects=[field],
            )
        )
        return draw(str(path), WHOLE)

    assert darkest(page("")) == 255
    assert darkest(page("Jane Doe")) < 60


def test_a_mark_that_was_taken_in_is_not_drawn(tmp_path: Path) -> None:
    mark = "/Type /Annot /Subtype /Highlight /Rect [60 695 200 712] /C [0 1 0] /NM (k1)"
    mark += " /QuadPoints [60 712 200 712 60 695 200 695]"
    path = tmp_path / "marked.pdf"
    path.write_bytes(
        pdf([Sheet([Text(60, 700, "Nobody slept well.")], extra=f"/Annots [<< {mark} >>]")])
    )
    bare = tmp_path / "bare.pdf"
    bare.write_bytes(pdf([Sheet([Text(60, 700, "Nobody slept well.")])]))
    tile = Tile(1, 300, 400, 0, 0, 300, 400)
    document_id = "d" * 64
    without = draw(str(bare), tile)
    taken_in = frozenset((id_of(document_id, "k1"),))
    marked = draw(str(path), tile, None, document_id)
    assert marked != without
    assert draw(str(path), tile, None, document_id, taken_in) == without
    # It is shown again when the note is gone.
    assert draw(str(path), tile, None, document_id) == marked

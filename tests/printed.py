"""PDF files for tests of the printed pages: two columns, a contents page, a picture, a scan."""

from __future__ import annotations

from tests.importers.pdf_samples import Sheet, Text, column, pdf

LEFT = (
    "Quiet rooms were tried on one ward|for a winter. Nobody on the ward|was told which room would"
    "|be quiet, and nobody asked. Doors|were closed at ten by the nurse."
)
RIGHT = (
    "Sleep was better in quiet rooms.|The dose of the drug was 0.5 mg|and stayed so until the end"
    "|of the winter. No harm was seen in|any room, quiet or not."
)
SECOND = "The second page says that doors|matter more than curtains do."
LABELS = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 1 >>] >>"

# Two pixels by two, red, for a place of 100 by 100 points.
_PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB "
    "/BitsPerComponent 8 /Filter /ASCIIHexDecode /Length 25 >>\nstream\n"
    "FF0000FF0000FF0000FF0000>\nendstream"
)


def two_columns() -> bytes:
    """Three pages, "i", "1" and "2": two columns, a paragraph, and nothing."""
    first = [
        Text(60, 760, "A Trial of Quiet Rooms", 18, "bold"),
        *column(60, 700, LEFT, 10, 13),
        *column(320, 700, RIGHT, 10, 13),
    ]
    return pdf([Sheet(first), Sheet(column(60, 700, SECOND, 10, 13)), Sheet()], catalogue=LABELS)


def with_picture(side_pt: int = 100) -> bytes:
    """A page with words above a red picture of that side."""
    extra = "/Resources << /Font << /F1 3 0 R >> /XObject << /P 100 0 R >> >>"
    drawn = f"q {side_pt} 0 0 {side_pt} 50 50 cm /P Do Q"
    sheet = Sheet([Text(60, 700, "Above the picture.")], extra=extra, drawn=drawn)
    return pdf([sheet], objects=[_PICTURE])

"""What parts the end of a line from the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.pdf.read import read
from tests.importers.pdf.test_structure import article
from tests.importers.pdf_samples import Sheet, column, pdf

STAY = (
    "non-|inferior", "self-|harm", "p-|values", "IL-|6", "10-|20 mg", "n-|tridecanal",
    "anti-|NMDA", "COVID-|19", "5-|fold", "follow-|up", "well-|known", "beta-|blocker",
    "re-|evaluation", "state-of-the-|art", "X-|ray", "CYP2D6-|mediated", "long-|term",
)  # fmt: skip
JOIN = (
    "treat-|ment", "inflamma-|tion", "pan-|creas", "antibi-|otics", "anti-|biotics", "mid-|azolam",
    "out-|comes", "with-|out", "treatment-resis-|tant",
)  # fmt: skip


@pytest.mark.parametrize("broken", STAY)
def test_the_hyphen_of_a_word_stays(tmp_path: Path, broken: str) -> None:
    document = article(tmp_path, column(50, 700, f"We saw {broken} there and went on")).document
    assert broken.replace("|", "") in document.text


@pytest.mark.parametrize("broken", JOIN)
def test_a_word_that_a_line_end_broke_is_one_word(tmp_path: Path, broken: str) -> None:
    document = article(tmp_path, column(50, 700, f"We saw {broken} there and went on")).document
    assert broken.replace("-|", "") in document.text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("whole inflammation here|and inflam-|mation there", "and inflammation there"),
        ("drug-naive whole here|and drug-|naive there", "and drug-naive there"),
        ("both mismatch and|mis-match and mis-match, mis-|match there", "mis-match there"),
        ("seen in Cross-\u00ad|sectional studies", "Cross-sectional studies"),
        ("the dose is 0.|5 mg each day", "0.5 mg each"),
        ("the ratio 1:|2.5 was kept", "ratio 1:2.5 was"),
        ("it was 1,|000 units of it", "1,000 units"),
        ("on days 1,|250 mg was given", "days 1, 250 mg"),
        ("there were 12|5 mg tablets", "12 5 mg"),
        ("of group 2.|5 mg was given to all", "group 2.\n5 mg"),
        ("on Day 1:|5 mg was given to all", "Day 1:\n5 mg"),
        ("on pages 12–|15 of it", "pages 12–15 of"),
        ("a change of -|3 mmHg was seen", "of -3 mmHg"),
        ("it was from 10 -|20 mg of it", "10 - 20 mg"),
        ("in mg/|kg of weight", "mg/kg"),
        ("see https://a.example/|Then we went", "https://a.example/ Then"),
    ],
)
def test_the_end_of_a_line(tmp_path: Path, lines: str, text: str) -> None:
    assert text in article(tmp_path, column(50, 700, lines)).document.text


def test_a_sign_beyond_the_first_plane_leaves_line_ends_as_they_are(tmp_path: Path) -> None:
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 101 0 R >>"
    table = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> "
        "endcodespacerange 1 beginbfchar <41> <D835DC00> endbfchar endcmap"
    )
    sheet = Sheet(
        column(50, 700, "The treat-|ment of non-|inferior groups goes on"),
        fonts="/F4 100 0 R",
        drawn="BT /F4 10 Tf 1 0 0 1 50 400 Tm (A) Tj ET",
    )
    stream = f"<< /Length {len(table)} >>\nstream\n{table}\nendstream"
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([sheet], objects=[font, stream]))
    document = read(path).document
    assert "The treatment of non-inferior groups goes on" in document.text
    assert "\U0001d400" in document.text
    assert not document.warnings

"""Drug labels keep their warnings, sections, tables, lists and notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.common.companions import Companions
from reader.importers.registry import importer_for
from reader.importers.spl.read import read
from reader.model.document import Document
from reader.problem import Problem
from tests.importers.html.test_mhtml import PIXEL

HEAD = """<?xml version="1.0" encoding="UTF-8"?><document xmlns="urn:hl7-org:v3">
<title>Slowol<br/>tablets 10<sup>9</sup></title><effectiveTime value="20240305"/>
<languageCode code="en-US"/><author><assignedEntity><representedOrganization><name>Makers Ltd</name>
</representedOrganization></assignedEntity></author><component><structuredBody>"""
TAIL = "</structuredBody></component></document>"


def section(title: str, text: str, code: str = "", more: str = "", name: str = "") -> str:
    said = f"<title>{title}</title>" if title else ""
    return (
        f'<component><section ID="{name}"><id root="r"/>{code}{said}<text>{text}</text>{more}'
        "</section></component>"
    )


BOXED = '<code code="34066-1" displayName="BOXED WARNING SECTION"/>'
LABEL = (
    HEAD
    + section(
        "", '<paragraph><content styleCode="bold">Stop</content> if it bleeds.</paragraph>', BOXED
    )
    + section(
        "2 DOSES",
        "",
        "",
        "<excerpt><highlight><text><list><item>Start low (2.1)</item></list></text></highlight>"
        "</excerpt>"
        + section(
            "2.1 In adults",
            'Give <linkHtml href="#s9">as said</linkHtml>.<paragraph><caption>Note</caption>'
            'Two a day<footnote ID="f1">With food.</footnote>.<footnoteRef IDREF="f1"/></paragraph>'
            '<list listType="ordered" styleCode="LittleAlpha"><caption>Steps</caption><item>One'
            "<list><item>Inner</item></list></item><item><caption>x)</caption>Two"
            "<paragraph>more</paragraph></item></list>"
            "<table><caption>Table 1</caption><thead><tr><th>Age</th><th>Dose</th></tr></thead>"
            "<tfoot><tr><td>*</td><td>Or less</td></tr></tfoot><tbody><tr><td>Adult</td><td>"
            "<paragraph>5 mg</paragraph><paragraph>10 mg</paragraph></td></tr></tbody></table>"
            '<renderMultiMedia referencedObject="m1"><caption>How it acts</caption>'
            "</renderMultiMedia>",
            name="s2.1",
        ),
    )
    + section(
        "Package",
        "",
        "",
        '<component><observationMedia ID="m1"><text>A curve</text><value mediaType="image/png">'
        '<reference value="p.png"/></value></observationMedia></component>'
        "<subject><manufacturedProduct><manufacturedProduct><name>Slowol</name><formCode "
        'displayName="TABLET"/><ingredient><quantity><numerator value="5" unit="mg"/><denominator '
        'value="1" unit="1"/></quantity><ingredientSubstance><name>slow acid</name>'
        "</ingredientSubstance></ingredient></manufacturedProduct></manufacturedProduct></subject>",
        name="s9",
    )
    + TAIL
)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "label.xml"
    path.write_text(LABEL, encoding="utf-8")
    return importer_for(path, path.read_bytes()[:4096])(path).document


def test_the_label_says_what_it_is(document: Document) -> None:
    assert document.title == "Slowol tablets 10⁹"
    assert (document.authors, document.publication.published) == (("Makers Ltd",), "2024-03-05")
    assert (document.language, document.importer) == ("en", "spl/1")
    assert document.left_out == ()


def test_sections_have_their_numbers_and_the_warning_its_heading(document: Document) -> None:
    assert [(s.level, s.number, s.title, s.kind) for s in document.sections] == [
        (1, None, "Highlights of prescribing information", "body"),
        (1, None, "Boxed warning", "box"),
        (1, "2", "DOSES", "body"),
        (2, "2.1", "In adults", "body"),
        (1, None, "Package", "body"),
    ]


def test_blocks_stand_apart(document: Document) -> None:
    said = [(b.kind, b.depth, b.label, b.span.cut(document.text)) for b in document.blocks]
    assert ("paragraph", 0, "", "Stop if it bleeds.") in said
    assert ("paragraph", 0, "", "Note Two a day1.1") in said
    assert ("note", 0, "1", "With food.") in said
    assert ("list_item", 0, "a.", "One") in said
    assert ("list_item", 1, "•", "Inner") in said
    assert ("list_item", 0, "x)", "Two") in said
    assert ("list_item", 0, "", "more") in said
    assert ("paragraph", 0, "", "Slowol, tablet") in said
    assert ("list_item", 0, "•", "slow acid 5 mg in 1") in said
    assert ("table", 0, "", "Table 1\nAge\tDose\nAdult\t5 mg\n10 mg\n*\tOr less") in said
    (figure,) = document.figures
    assert (figure.asset, figure.alternative) == ("", "A curve")


def test_links_and_notes_lead_to_their_places(document: Document) -> None:
    targets = {m.span.cut(document.text): m.target for m in document.marks if m.target}
    assert document.text[int(targets["as said"][1:]) :].startswith("Package")
    assert document.text[int(targets["1"][1:]) :].startswith("With food.")


def test_pictures_come_from_beside_the_file(tmp_path: Path) -> None:
    path = tmp_path / "label.xml"
    path.write_text(LABEL, encoding="utf-8")
    reading = read(path, Companions(lambda name: PIXEL if name == "p.png" else None))
    assert list(reading.assets) == [reading.document.figures[0].asset]


def test_what_was_struck_out_of_a_label_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "label.xml"
    path.write_text(
        HEAD + section("", 'Now <content emphasis="deleted">5 mg </content>10 mg.') + TAIL,
        encoding="utf-8",
    )
    document = read(path).document
    assert "Now 10 mg." in document.text
    assert [(one.reason, one.words) for one in document.left_out] == [("deleted text", "5 mg")]


def test_a_label_without_words_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "label.xml"
    path.write_text('<document xmlns="urn:hl7-org:v3"/>')
    with pytest.raises(Problem, match=r"“label\.xml” holds no text"):
        read(path)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.abbreviations import defined_in, listed, normal, read, written

REUPTAKE = "selective serotonin reuptake inhibitors"
FACTOR = "brain-derived neurotrophic factor"


EGFR = "eGFR", "estimated glomerular filtration rate"


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The N-methyl-D-aspartate (NMDA) receptor", "NMDA", "N-methyl-D-aspartate"),
        (f"of {REUPTAKE}  (SSRIs)", "SSRIs", REUPTAKE),
        (f"We used BDNF ({FACTOR}).", "BDNF", FACTOR),
        ("a target of rapamycin (TOR; see below)", "TOR", "target of rapamycin"),
        ("α-amino-3-hydroxy acid [AMPA]", "", ""),
        ("an α-amino-methyl-propionic acid (AMPA)", "AMPA", "α-amino-methyl-propionic acid"),
        ("Food. World Health Organization (WHO)", "WHO", "World Health Organization"),
        ("given (n = 5) and (see Table 2) (IV) (2019)", "", ""),
        ("a word (A) or a very long word indeed (LONGERTHANTEN)", "", ""),
        ("nothing of it (XYZ)", "", ""),
        ("XYZ (nothing of it)", "", ""),
        ("(NMDA) first", "", ""),
        ("MS MS (MS)", "", ""),
        ("many of all the red and blue pens (MS)", "", ""),
        ("word (some)", "", ""),
        ("of protein 53 (p53)", "p53", "protein 53"),
        ("the eGFR (estimated glomerular filtration rate)", *EGFR),
        ("the WHO (the World Health Organization)", "WHO", "World Health Organization"),
        ("a COPD (chronic obstructive lung disease)", "", ""),
        ("FISH (Figure 9; in situ)", "", ""),
        ("they differed in signal (Fig 3)", "", ""),
        ("as fixed in situ here (Table 2A)", "", ""),
        ("given on days 7 (day 7)", "", ""),
        ("sort [of} the things left (SOTL)", "", ""),
        ("see www.some.org text (WSOT)", "", ""),
        ("of the figure in situ hybrid (FISH)", "", ""),
        ("it is of the same sort (OTSS)", "", ""),
        ("a full-length cBIN1 (FL)", "", ""),
        ("the manifests (MANIFEST)", "", ""),
        ("a “Uniform Resource Identifiers” (URIs)", "URIs", "Uniform Resource Identifiers"),
        ("a “Uniform Resource Identifier (URI)", "URI", "Uniform Resource Identifier"),
        ("the letters I and J (II)", "", ""),
        ("one Word (Wo)", "", ""),
        ("İstanbul Modern Art Museum (IMAM)", "", ""),
        ("a b c (ABC)", "", ""),
        ("PTSD (post-traumatic stress disorder, say)", "PTSD", "post-traumatic stress disorder"),
    ],
)
def test_definitions_both_ways(text: str, short: str, long: str) -> None:
    found = defined_in(text)
    assert [(one.short, one.long) for one in found] == ([(short, long)] if short else [])
    assert all(one.span.cut(text) == one.long for one in found)


def test_each_definition_counts() -> None:
    text = "In multiple sclerosis (MS). In mitral stenosis (MS)."
    assert [one.long for one in defined_in(text)] == ["multiple sclerosis", "mitral stenosis"]


@given(st.text(alphabet="aB1 ()[].,;-α\n", max_size=80))
def test_any_text_at_all(text: str) -> None:
    for one in defined_in(text):
        assert one.span.cut(text) == one.long
        assert len(one.long) > len(one.short)


def test_forms_on_a_line_and_back() -> None:
    found = defined_in(
        "multiple\u00a0sclerosis (MS) and multiple sclerosis (MS), AF (atrial fibrillation)"
    )
    assert list(read(written(found))) == [
        ("MS", "multiple sclerosis"),
        ("AF", "atrial fibrillation"),
    ]
    assert list(read("")) == []
    assert list(read(listed("PE\tpulmonary embolism; pulmonary oedema"))) == [
        ("PE", "pulmonary embolism"),
        ("PE", "pulmonary oedema"),
    ]


def test_a_form_as_it_is_compared() -> None:
    assert normal("N-Methyl-D aspartate_x") == ("n", "methyl", "d", "aspartate", "x")

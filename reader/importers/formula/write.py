"""Formulas of any format on their way into the text: one linear reading, and their MathML kept."""

from __future__ import annotations

import copy
import re

from lxml import etree

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import Element, tag_of
from reader.importers.formula.mathml import runs_of
from reader.importers.formula.tex import bare_tex, normal_tex

LONGEST_TEX = 20_000
LONGEST_MATHML = 200_000
_UNKNOWN_COMMAND = re.compile(r"\\[A-Za-z]+")
_ANNOTATIONS = ("annotation", "annotation-xml")


def write_mathml(writer: DocumentBuilder, math: Element) -> None:
    """Add a formula's linear reading to the open block, and keep its MathML.

    Annotations (the TeX that it was made from) are neither read nor kept.
    """
    with writer.formula(_kept(math)):
        for text, kinds in runs_of(math):
            for kind in kinds:
                writer.open_mark(kind)
            writer.add(text)
            for _ in kinds:
                writer.close_mark()


def write_tex(writer: DocumentBuilder, untrusted_tex: str) -> None:
    """Add the linear reading of TeX; what is no TeX that we know is added as it stands.

    Of a whole TeX document, as some articles have for each formula, only the formula counts.
    """
    math = mathml_of_tex(untrusted_tex)
    if math is not None:
        write_mathml(writer, math)
        return
    with writer.mark("code"):
        writer.add(bare_tex(untrusted_tex))


def mathml_of_tex(untrusted_tex: str) -> Element | None:
    """The formula as MathML; None when a command in it is not known or it is damaged."""
    if len(untrusted_tex) > LONGEST_TEX:
        return None
    tex = normal_tex(untrusted_tex)
    if not tex.strip():
        return None
    # Imported here: most documents hold no TeX.
    from latex2mathml.converter import convert

    try:
        made: str = convert(tex)
        math: Element = etree.fromstring(made.encode(), etree.XMLParser(resolve_entities=False))
    except Exception:  # noqa: BLE001 - a converter of another project raises what it likes
        return None
    # An unknown command comes out as it is, without an error.
    said = "".join(map(str, math.itertext()))
    return None if _UNKNOWN_COMMAND.search(said) else math


def _kept(math: Element) -> str:
    if any(tag_of(e) in _ANNOTATIONS for e in math.iter()):
        math = copy.deepcopy(math)
        for note in [e for e in math.iter() if tag_of(e) in _ANNOTATIONS]:
            parent = note.getparent()
            if parent is not None:
                parent.remove(note)
    source = etree.tostring(math, encoding="unicode", with_tail=False)
    return source if len(source) <= LONGEST_MATHML else ""

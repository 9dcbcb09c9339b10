"""Formulas of any format on their way into the text: one linear reading, and their MathML kept."""

from __future__ import annotations

import re

from lxml import etree

from reader.importers.html_tree import Element
from reader.importers.mathml import runs_of
from reader.importers.writer import Writer

_UNKNOWN_COMMAND = re.compile(r"\\[A-Za-z]+")
LONGEST_TEX = 20_000


def write_mathml(writer: Writer, math: Element) -> None:
    """Adds a formula's linear reading to the open block, and keeps its MathML."""
    source = etree.tostring(math, encoding="unicode", with_tail=False)
    with writer.formula(source):
        for text, kinds in runs_of(math):
            for kind in kinds:
                writer.open_mark(kind)
            writer.add(text)
            for _ in kinds:
                writer.close_mark()


def write_tex(writer: Writer, untrusted_tex: str) -> None:
    """Adds the linear reading of TeX; what is no TeX that we know is added as it stands."""
    math = mathml_of_tex(untrusted_tex)
    if math is None:
        writer.add(untrusted_tex)
    else:
        write_mathml(writer, math)


def mathml_of_tex(untrusted_tex: str) -> Element | None:
    """The formula as MathML; None when a command in it is not known or it is damaged."""
    if len(untrusted_tex) > LONGEST_TEX:
        return None
    # Imported here: most documents hold no TeX.
    from latex2mathml.converter import convert

    try:
        made: str = convert(untrusted_tex)
        math: Element = etree.fromstring(made.encode(), etree.XMLParser(resolve_entities=False))
    except Exception:  # noqa: BLE001 - a converter of another project raises what it likes
        return None
    # An unknown command comes out as it is, without an error.
    said = "".join(map(str, math.itertext()))
    return None if _UNKNOWN_COMMAND.search(said) else math

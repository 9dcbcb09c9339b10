"""Small documents of words that are easily confused, and questions about them."""

from __future__ import annotations

from random import Random

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document

WORDS = (
    "NMDA nmda NMDAs MS ms SSRI SSRIs ssri US us U.S. IT it WHO who the of and in "
    "TNF-α TNF-alpha TNFα β-blocker beta-blockers betablocker 5-HT2A 5HT2A CO₂ CO2 co2 mg/kg "
    "0.5 0.5mg 5 10⁵ IL-6 il6 COVID-19 N-methyl-D-aspartate aspartate anti-depressive "
    "antidepressive ketamine Ketamines KETAMINE anxiety anxieties anxious receptor receptors "
    "café cafe naïve ﬁbrosis patient’s patients O’Brien e.g. dose doses dosing ------ 氯胺酮"
).split()
ASKED = (
    "NMDA nmda MS ms SSRI ssri ssris US us IT it the of TNF-α tnf-alpha TNFα β-blocker "
    "beta-blocker betablockers 5-HT2A 5ht2a CO2 co2 mg/kg 0.5 5 IL-6 il6 covid-19 "
    "n-methyl-d-aspartate aspartate antidepressive anti-depressive ketamine anxiety anxious "
    "receptor cafe naive fibrosis patient obrien dose dosing zebra 氯胺酮 U.S."
).split()
PATTERNS = "nm* k?tamine *depress* dos* anti-d* s* ?? 5* be*r".split()
MISSPELT = "ketamin~ anxeity~ nmad~ recepter~1 beta-bloker~ dsoe~".split()
FILTERS = (
    'collection:"first ones"',
    "-tagged:odd",
    "tagged:odd OR from:2020",
    "kind:none",
    "to:2019",
)
AUTHORS = ("Ada Berg", "Jo O’Brien", "M. van der Berg")


def nowhere(document_id: str) -> Document:
    """Reads no document, for when the index must hold them all."""
    raise AssertionError(document_id)


def filed(field: str, name: str) -> set[str] | None:
    """A library's answer to which of the documents d0, d1, … it files under a name."""
    numbers = {("collection", "first ones"): range(5), ("tagged", "odd"): range(1, 99, 2)}
    wanted = numbers.get((field, name))
    return {f"d{number}" for number in wanted} if wanted is not None else None


def a_document(chance: Random, name: str) -> Document:
    """A document of some sections, lists, a table, references, of words glued to their numbers."""
    writer = DocumentBuilder()
    printed = chance.random() < 0.4
    title = " ".join(chance.choices(WORDS, k=3))
    if printed:
        writer.begin("title")
        writer.add(title)
    for _ in range(chance.randrange(4)):
        if chance.random() < 0.8:
            writer.begin_heading(chance.choice((1, 1, 2)))
            writer.add(" ".join(chance.choices(WORDS, k=2)))
        for _ in range(chance.randrange(3)):
            writer.begin(chance.choice(("paragraph", "list_item")))
            _add_words(writer, chance)
        if chance.random() < 0.2:
            writer.begin_table()
            for cell in range(3):
                writer.begin_cell(cell // 2, cell % 2)
                writer.add(chance.choice(WORDS))
    if chance.random() < 0.5:
        if chance.random() < 0.7:
            writer.begin_heading(1, kind="references" if chance.random() < 0.7 else "body")
            writer.add("Read more")
        for _ in range(2):
            writer.begin("reference")
            _add_words(writer, chance)
    return writer.build(
        id=name,
        title=title if printed or chance.random() < 0.9 else "",
        authors=tuple(chance.sample(AUTHORS, chance.randrange(3))),
        published=chance.choice(("", "2019", "2020-05", "2021-05-06")),
    )


def _add_words(writer: DocumentBuilder, chance: Random) -> None:
    for word in chance.choices(WORDS, k=chance.randrange(12)):
        if chance.random() < 0.1:
            with writer.mark("reference_mark", "1"):
                writer.add("1")
        writer.add(word)
        if chance.random() < 0.1:
            with writer.mark("reference_mark", "2"):
                writer.add("2")
        if chance.random() < 0.05:
            with writer.mark("sup"):
                writer.add("3")
        writer.add(chance.choice((" ", " ", " ", ", ", "; ", " " + "." * 300 + " ")))


def a_question(chance: Random) -> str:
    """A query of any form that we offer."""
    parts = [_part(chance) for _ in range(chance.choice((1, 1, 2, 2, 3, 4)))]
    if chance.random() < 0.15:
        parts.append(chance.choice(("in:title", "in:references", "in:text")))
    if chance.random() < 0.1:
        parts.append(chance.choice(("year:2019..2020", "year:2021", "year:..2020", "year:0..2000")))
    if chance.random() < 0.1:
        parts.append(chance.choice(FILTERS))
    return " ".join(parts)


def _part(chance: Random, depth: int = 0) -> str:
    def word() -> str:
        return chance.choice(ASKED)

    def phrase() -> str:
        return (
            '"' + " ".join(chance.choices((*ASKED, "the", "nmd*"), k=chance.randrange(1, 4))) + '"'
        )

    def some() -> str:
        return chance.choice((word, word, phrase))()

    form = chance.randrange(16)
    if form == 0:
        return f"-{some()}"
    if form == 1:
        return f"{some()} OR {some()}"
    if form == 2:
        return f"{some()} AND {some()} OR {some()}"
    if form == 3:
        return phrase()
    if form == 4:
        return f"{some()} NEAR/{chance.randrange(6)} {some()}"
    if form == 5:
        return f'"{word()} {word()} {word()}"~{chance.randrange(5)}'
    if form == 6:
        return chance.choice(PATTERNS)
    if form == 7:
        return chance.choice(MISSPELT)
    if form == 8:
        return f"title:{some()}"
    if form == 9:
        return chance.choice(("author:berg", 'author:"van der Berg"', "author:obrien"))
    if form == 10 and depth < 2:
        return f"({_part(chance, depth + 1)} {_part(chance, depth + 1)})"
    if form == 11 and depth < 2:
        return f"NOT ({_part(chance, depth + 1)} OR {some()})"
    return word()

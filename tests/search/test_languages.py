"""Words are found in the forms of their document's language, and German ones inside compounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.search import Query
from reader.search.index import Index
from reader.search.languages import bits_of, language_of, languages_of, stem_in
from reader.search.searcher import Finder
from tests.search.samples import nowhere

TEXTS = {
    "de": "Die Entzündungen der Niere sind nicht selten und werden mit den Ärzten besprochen. "
    "Das Kopfschmerzmittel ist für die Schmerzen, weiter nichts, und nicht für den Patienten.",
    "fr": "Les maladies du cœur et des poumons sont dans les hôpitaux. L’anxiété n’est pas une "
    "maladie pour qui est infecté, et l'étude le dit avec des chiffres.",
    "es": "Las infecciones de los pulmones son más graves que el dolor y se tratan por la noche "
    "en el hospital con las inflamaciones.",
    "it": "Le malattie della pelle non sono gravi e il medico le cura con una crema che non costa "
    "nulla. L’infezione è nell’orecchio.",
    "nl": "De ziekten van het hart zijn niet altijd ernstig en worden met een middel behandeld "
    "voor het te laat is.",
    "pt": "As doenças do coração não são raras e os médicos tratam as infecções com uma dose que "
    "não é cara para os hospitais.",
    "en": "The inflammation of the kidney is not rare and the patients with an infection know it. "
    "An arbeiter and a gift of weiter, and the headache.",
}


def a_document(name: str, text: str, language: str = "") -> Document:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add(text)
    return writer.build(id=name, title="", language=language)


@pytest.fixture
def finder(tmp_path: Path) -> Finder:
    index = Index(tmp_path)
    for name, text in TEXTS.items():
        index.add([a_document(name, text)])
    return Finder(tmp_path, nowhere)


def found(finder: Finder, text: str) -> list[str]:
    hits = finder.find(Query(text)).hits
    return sorted(hit.span.cut(TEXTS[hit.document_id]) for hit in hits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Entzündung", ["Entzündungen"]),
        ("arzt", ["Ärzten"]),
        ("maladie", ["maladie", "maladies"]),
        ("hôpital", ["hospital", "hôpitaux"][1:]),
        ("anxiété", ["anxiété"]),
        ("l'étude", ["étude"]),
        ("infectée", ["infecté"]),
        ("infección", ["infecciones"]),
        ("inflamación", ["inflamaciones"]),
        ("malattia", ["malattie"]),
        ("infezioni", ["infezione"]),
        ("ziekte", ["ziekten"]),
        ("doença", ["doenças"]),
        ("infecção", ["infecções"]),
        ('"Entzündung"', []),
        ("Schmerz", ["Kopfschmerzmittel", "Schmerzen"]),
        ("Mittel", ["Kopfschmerzmittel"]),
        ("Kopfschmerz", ["Kopfschmerzmittel"]),
        ("eiter", []),
        ("Patient", ["Patienten", "patients"]),
    ],
)
def test_words_in_the_forms_of_their_language(
    finder: Finder, text: str, expected: list[str]
) -> None:
    assert found(finder, text) == expected


def test_the_languages_are_those_of_what_is_there(tmp_path: Path) -> None:
    index = Index(tmp_path)
    index.add([a_document("de", TEXTS["de"]), a_document("en", "Nierem in english")])
    finder = Finder(tmp_path, nowhere)
    for merged in (False, True):
        assert [hit.document_id for hit in finder.find(Query("Nieren")).hits] == ["de"], merged
        index.merge()
    index.add([a_document("more", "ketamine")])
    index.remove(["de"])
    # No document is in German any more, in the segment as it lies and in the merged one.
    for _ in range(2):
        assert finder.find(Query("Nieren")).hits == ()
        index.merge()


def test_what_a_text_is_written_in() -> None:
    for name, text in TEXTS.items():
        assert language_of(text, "en") == ("" if name == "en" else name)
    assert language_of("Ketamin", "de-AT") == "de"
    assert language_of("Ketamin", "sv") == language_of("") == ""


def test_languages_as_bits() -> None:
    assert bits_of("") == 0
    assert languages_of(bits_of("de") | bits_of("pt")) == ("de", "pt")
    assert languages_of(0) == ()


def test_stems_without_accents() -> None:
    for language, one, other in (
        ("fr", "anxietes", "anxiete"),
        ("es", "enfermedades", "enfermedad"),
        ("it", "gravita", "gravita"),
        ("pt", "pressoes", "pressao"),
    ):
        assert stem_in(language, one) == stem_in(language, other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("schmerz", "schmerztherapie kopfschmerzen schmerzhafte bauchschmerzmittel"),
        ("schifffahrt", "donaudampfschifffahrt"),
        ("leber", "leberzellen fettleber"),
        ("behandlung", "schmerzbehandlung behandlungen behandlungsdauer"),
        ("entzündungen", "lungenentzundung entzundungen"),
    ],
)
def test_compounds(tmp_path: Path, text: str, words: str) -> None:
    """Also in a document of another language, as a word that is cited."""
    wrong = "weiter verschmerzt scherz erlebern xleber xyzleber leberxy schmerzxyz schmerzkopfnie"
    Index(tmp_path).add([a_document("d", f"The words are of a list: {words} {wrong}")])
    hits = Finder(tmp_path, nowhere).find(Query(text)).hits
    known = {hit.span.cut(f"The words are of a list: {words} {wrong}") for hit in hits}
    # "hafte" is no word of its own.
    assert known == set(words.split()) - {"schmerzhafte"}


def test_points_set_thousands_off_where_decimals_have_a_comma(tmp_path: Path) -> None:
    texts = {
        "de": "Die Patienten werden mit 1.000 Einheiten und nicht mit 2000 für die Nacht versorgt.",
        "en": "The odds ratio was 1.000 and the platelets of the patients were 3,000.",
    }
    Index(tmp_path).add(a_document(name, text) for name, text in texts.items())
    finder = Finder(tmp_path, nowhere)

    def ids(text: str) -> list[str]:
        return sorted(hit.document_id for hit in finder.find(Query(text)).hits)

    assert ids("2.000") == ["de"]
    # Who writes 1.000 may mean either; that it stands there as it is written decides.
    assert ids("1.000") == ["de", "en"]
    # In which language a word stands is told of the word, not of each of its places.
    assert ids("1000") == ["de", "en"]
    answer = finder.find(Query("3.000"))
    assert [hit.document_id for hit in answer.hits] == ["en"]
    assert [one.name for one in answer.expansions] == ["3.000 = 3000"]
    assert ids("3.00") == []
    assert [hit.total for hit in (finder.find(Query("3.000", without=("3.000 = 3000",))),)] == [0]
    # That a German text has the number says nothing of how it stands in the others.
    Index(tmp_path).add(
        [a_document("fr", "Les maladies du cœur et des poumons sont 3 000 pour qui")]
    )
    assert ids("3.000") == ["en", "fr"]


def test_in_english_a_point_is_a_decimal_point(tmp_path: Path) -> None:
    Index(tmp_path).add([a_document("en", "The odds ratio was 1.000 in that one.")])
    finder = Finder(tmp_path, nowhere)
    assert finder.find(Query("1000")).total == 0
    assert finder.find(Query("1.000")).total == 1


def test_a_power_is_found_as_it_is_typed_without_raised_digits(tmp_path: Path) -> None:
    Index(tmp_path).add([a_document("en", "The platelets were 150 × 10⁹/L, not 106 of them.")])
    finder = Finder(tmp_path, nowhere)
    for text, cut in (("109/L", "10⁹/L"), ("109", "10⁹"), ("10⁹/L", "10⁹/L"), ("10^9", "10⁹")):
        (hit,) = finder.find(Query(text)).hits
        assert hit.span.cut("The platelets were 150 × 10⁹/L, not 106 of them.") == cut
    assert finder.find(Query("10⁶")).total == 0

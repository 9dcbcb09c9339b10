"""Bytes are read as the characters that somebody meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.importers.common.encoding import decode
from reader.problem import Problem

TEXT = "Dosis: 5 µg/kg – „ruhig“, naïve Größen, café; ≥ 2"
WESTERN = "Dosis: 5 µg/kg – „ruhig“, naïve Größen, café"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_its_mark_or_without(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_known_by_its_zeros(encoding: str) -> None:
    assert decode(WESTERN.encode(encoding)).text == WESTERN


def test_windows_text_is_read() -> None:
    assert decode(WESTERN.encode("cp1252")).text == WESTERN


def test_a_declaration_is_believed_when_the_bytes_are_not_utf8() -> None:
    russian = "Мышление и речь"
    assert decode(russian.encode("koi8-r"), "koi8-r").text == russian
    assert decode(WESTERN.encode("cp1252"), "iso-8859-1").text == WESTERN
    assert decode(WESTERN.encode("cp1252"), "no-such-encoding").text == WESTERN


def test_a_mixture_is_read_run_by_run() -> None:
    mixed = "größer, naïve und café – ".encode() * 3 + "Größe\n".encode("cp1252")
    decoded = decode(mixed)
    assert decoded.text.endswith("Größe\n")
    assert decoded.text.startswith("größer, naïve")
    assert decoded.warnings


def test_another_alphabet_is_guessed_from_a_sample() -> None:
    text = "Это обычный русский текст о лечении тревоги и сна у взрослых людей. " * 20
    assert decode(text.encode("cp1251")).text == text


@pytest.mark.parametrize(
    "content",
    [b"\x7fELF" + bytes(200), b"\x89PNG\r\n" + bytes(80), b"%PDF-1.7 ...", bytes(range(256)) * 4],
)
def test_what_is_no_text_is_a_problem(content: bytes) -> None:
    with pytest.raises(Problem):
        decode(content)


def test_broken_utf16_is_read_as_far_as_it_goes() -> None:
    decoded = decode(b"\xff\xfe" + "ok".encode("utf-16-le") + b"\x00")
    assert decoded.text.startswith("ok")
    assert decoded.warnings


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_a_problem(content: bytes) -> None:
    try:
        assert isinstance(decode(content).text, str)
    except Problem as problem:
        assert problem.sentence.endswith(".")


SIGNS = {
    "fr": "Le patient âgé reçoit 5 mg/kg : où l’été, naïve, Noël, garçon, forêt. 5 µg/kg, 38 °C.",
    "de": "Größe über 5 mm; für Übelkeit und Fieber. Äußere Öffnung; die Säure. 10 µg, 38 °C.",
    "es": "¿Cuánto? El niño tiene fiebre; la dosis máxima es 5 µg. Añadir 10 ml según evolución.",
    "pt": "A dose não é necessária; coração, ações, avó, pêssego.",
    "signs": "dose ± 2 mg, 5 µg, 38 °C, £5",
}


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("language", sorted(SIGNS))
def test_western_text_of_any_system_is_read(language: str, encoding: str) -> None:
    text = SIGNS[language].replace("’", "'")
    if (language, encoding) == ("signs", "mac_roman"):
        # Three signs say too little: then it is Windows' encoding, which nearly all files have.
        text = "Ça va, l'été à Orléans : dose ± 2 mg, 5 µg"
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", ["Give 5 µg/kg.", "38 °C ± 2", "½ tablet, £5, § 3"])
def test_a_sign_among_latin_letters_is_no_chinese(text: str) -> None:
    assert decode(text.encode("cp1252")).text == text

"""Bytes that do not say what letters they mean are read as what somebody wrote."""

from __future__ import annotations

import pytest

from reader.importers.common.encoding import decode

SHORT = {
    "ru": "Доза 5 мг в сутки, не более десяти",
    "uk": "Доза 5 мг на добу, не більше",
    "el": "Δόση 5 mg την ημέρα",
    "he": "מינון 5 מג ליום",
    "ar": "الجرعة 5 ملغ يوميا",
    "zh": "成人剂量为每次五毫克,每日两次",
    "tw": "成人劑量為每次五毫克,每日兩次",
    "ja": "投与量は5mgです。一日二回まで。",
    "ko": "성인 용량은 5mg입니다",
    "pl": "Dawka 5 mg na dobę, nie więcej niż dziesięć",
    "cs": "Podávejte nejvýše pět miligramů denně, při těhotenství méně",
    "hu": "Az adag naponta kétszer 5 mg, terhesség alatt nem adható, de fertőzésre igen",
    "hr": "Doza je 5 mg dva puta na dan, ne smije se koristiti tijekom trudnoće",
    "tr": "Günde iki kez 5 mg; şişlik ya da ağrı olursa doktora başvurun",
    "lt": "Dozė yra 5 mg du kartus per parą. Nevartoti nėštumo metu.",
    "fr": "La dose est de 5 mg deux fois par jour, réservée à l'adulte",
    "es": "La afección renal: 5 mg dos veces al día, niños de 5 años",
    "de": "Für Übergewichtige gelten höhere Dosen: größer als 5 mg",
    "sv": "Dosen är 5 mg två gånger dagligen, får inte användas",
    "ca": "La sèpsia és una afecció; la dosi és de 5 mg dues vegades al dia",
    "is": "Skammturinn er 5 mg tvisvar á dag, má ekki nota á meðgöngu",
    "en": "Dose 5 µg ± 2 at 38 °C",
}
ENCODINGS = {
    "ru": ("koi8-r", "cp1251", "iso8859-5", "cp866"),
    "uk": ("koi8-u", "cp1251"),
    "el": ("cp1253", "iso8859-7"),
    "he": ("cp1255", "iso8859-8"),
    "ar": ("cp1256", "iso8859-6"),
    "zh": ("gbk", "gb18030"),
    "tw": ("big5",),
    "ja": ("shift_jis", "euc_jp", "iso2022_jp"),
    "ko": ("euc_kr",),
    "pl": ("cp1250", "iso8859-2", "cp852"),
    "cs": ("cp1250", "iso8859-2"),
    "hu": ("cp1250", "iso8859-2"),
    "hr": ("cp1250", "iso8859-2"),
    "tr": ("cp1254",),
    "lt": ("cp1257",),
    "fr": ("cp1252", "mac_roman"),
    "es": ("cp1252", "mac_roman"),
    "de": ("cp1252", "cp850"),
    "sv": ("cp1252",),
    "ca": ("cp1252",),
    "is": ("cp1252",),
    "en": ("cp1252",),
}


@pytest.mark.parametrize(
    ("language", "encoding"), [(key, one) for key, every in ENCODINGS.items() for one in every]
)
def test_a_sentence_is_read_in_the_letters_of_its_language(language: str, encoding: str) -> None:
    assert decode(SHORT[language].encode(encoding)).text == SHORT[language]


def test_what_was_guessed_is_said_with_the_way_out() -> None:
    (warning,) = decode(SHORT["pl"].encode("cp1250")).warnings
    assert "Windows-1250" in warning
    assert "UTF-8" in warning


def test_what_windows_wrote_in_the_west_is_no_guess_to_speak_of() -> None:
    assert decode(SHORT["fr"].encode("cp1252")).warnings == ()


def test_letters_that_the_language_does_not_have_are_no_proof_of_it() -> None:
    # Catalan looks like Hungarian by its frequent letters, but "č" is none of Hungarian's.
    assert decode(SHORT["ca"].encode("cp1252")).encoding == "cp1252"

"""What in a note looks as if it named a patient, and what only seems to."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import Annotation
from reader.model.patient_signs import (
    MOST_SIGNS,
    flagged,
    is_insurance_number,
    is_nhs_number,
    is_social_security_number,
    own_words,
    patient_signs,
    warning,
)
from reader.model.span import Span
from tests.exporters.test_formats import a_note
from tests.model.samples import an_article


def seen(text: str) -> list[tuple[str, str]]:
    return [(sign.kind, sign.span.cut(text)) for sign in patient_signs(text)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("call 943 476 5919.", "health number", "943 476 5919"),
        ("9434765919", "health number", "9434765919"),
        ("chi 0101501234", "health number", "0101501234"),
        ("H&C 3200000074", "health number", "3200000074"),
        ("KVNR A123456780", "health number", "A123456780"),
        ("NHS no. 943-476-5919", "record number", "NHS no. 943-476-5919"),
        ("her ssn no is 123456789", "record number", "ssn no is 123456789"),
        ("see 123-45-6789", "social security number", "123-45-6789"),
        ("see 123 45 6789", "social security number", "123 45 6789"),
        ("MRN: A-123456", "record number", "MRN: A-123456"),
        ("mrn#4455667, left", "record number", "mrn#4455667"),
        ("hospital number 1234567", "record number", "hospital number 1234567"),
        ("Patient ID: 99887.", "record number", "Patient ID: 99887"),
        ("Pat.-Nr. 445566", "record number", "Pat.-Nr. 445566"),
        ("Fallnummer 1234567", "record number", "Fallnummer 1234567"),
        ("DOB 12/03/1956", "birth date", "DOB 12/03/1956"),
        ("d.o.b.: 12.3.56", "birth date", "d.o.b.: 12.3.56"),
        ("born 12 March 1956", "birth date", "born 12 March 1956"),
        ("born on March 3rd, 1956", "birth date", "born on March 3rd, 1956"),
        ("geb. 12.03.1956", "birth date", "geb. 12.03.1956"),
        ("geboren am 12. März 1956", "birth date", "geboren am 12. März 1956"),
        ("date of birth is 1956-03-12", "birth date", "date of birth is 1956-03-12"),
        ("née le 3 mars 1956", "birth date", "née le 3 mars 1956"),
        ("Meier *12.03.1956", "birth date", "*12.03.1956"),
        ("as Mr Smith said", "name", "Mr Smith"),
        ("Mr. J. R. O’Brien-Jones declined", "name", "Mr. J. R. O’Brien-Jones"),
        ("mrs Lee", "name", "mrs Lee"),
        ("Herr Müller nimmt", "name", "Herr Müller"),
        ("Frau Özdemir", "name", "Frau Özdemir"),
        ("Sra. García", "name", "Sra. García"),
        ("patient's name: Smith", "name", "patient's name: Smith"),
        ("Patient: John Smith has", "name", "Patient: John Smith"),
        ("Patient – John Smith", "name", "Patient – John Smith"),
        ("PATIENT: J SMITH", "name", "PATIENT: J SMITH"),
        ("asked patient J. Smith", "name", "patient J. Smith"),
        ("Pt John Smith", "name", "Pt John Smith"),
        ("pt: Smith, John", "name", "pt: Smith, John"),
        ("pt. J. Smith, 45M", "name", "J. Smith, 45M"),
        ("Name: John Smith", "name", "Name: John Smith"),
        ("read it\nNAME: SMITH JOHN", "name", "NAME: SMITH JOHN"),
        ("full name: Ann O’Brien-Jones", "name", "name: Ann O’Brien-Jones"),
        ("Surname: Smith", "name", "Surname: Smith"),
        ("Nachname: Müller", "name", "Nachname: Müller"),
        ("last name (maiden): Jones", "name", "last name (maiden): Jones"),
        ("SMITH, John (Mr)", "name", "SMITH, John (Mr)"),
        ("told April Jones, 77F, yesterday", "name", "April Jones, 77F"),
        ("J. R. Smith (45 yo)", "name", "J. R. Smith (45 yo"),
        ("Anna Müller, 45 Jahre", "name", "Anna Müller, 45 Jahre"),
        ("John Smith aged 45 years", "name", "John Smith aged 45 years"),
        ("K. O’Brien, M 81", "name", "K. O’Brien, M 81"),
        ("John Smith, 45 M", "name", "John Smith, 45 M"),
        ("DOB 12/3/56", "birth date", "DOB 12/3/56"),
        ("Hosp no. 123456", "record number", "Hosp no. 123456"),
        ("Hospital No: 123456", "record number", "Hospital No: 123456"),
        ("unit no 123456", "record number", "unit no 123456"),
    ],
)
def test_what_names_a_patient_is_seen_where_it_stands(text: str, kind: str, words: str) -> None:
    assert seen(text) == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Give 5 mg twice daily.",
        "943 476 5918",  # the check digit is wrong
        "843 476 5914",  # never given out
        "999 999 9999",
        "1,943 476 5919",
        "PMID 31978945, doi:10.1056/NEJMoa2001017",
        "ISBN 978-3-16-148410-0",
        "000-12-3456 666-12-3456 912-34-5678 123-00-4567 123-45-0000",
        "tel. 0049-123-45-6789",
        "A123456781",
        "mrn 123",
        "patient numbers 2019",
        "hospital no 12.5",
        "hospital no 2000%",
        "DOB 1956",
        "children born after 1 January 2010",
        "born in 1956",
        "* 12.03.2020 read again",
        "Miss rate",
        "Frau Doktor",
        "Mr President",
        "mr smith",
        "MR angiography, MS Excel, 5 ms Later",
        "Herr der Ringe",
        "Dr Smith",
        "The Frau",
        "Sr.No",
        "Patient: Blood Pressure 120",
        "Patient Health Questionnaire, Patient Reported Outcomes",
        "patient education: see page 3",
        "Name: Clinical Trial",
        "Drug name: Aspirin Protect",
        "Pt Should Not, PT TEP",
        "Vitamin D, 50 years; Hepatitis B, 45 years; Beta Blocker 5 y.o.",
        "Phase II, 45 years",
        "Geneva, Switzerland, 20 years",
        "Smith J, Jones K. 2019; Lancet 45 M",
        "Table S1F, Asialo GM1, Type A, M1 receptor",
    ],
)
def test_what_stands_in_notes_on_articles_is_not_taken_for_one(text: str) -> None:
    assert seen(text) == []


def test_all_is_seen_in_its_order_and_nothing_twice() -> None:
    text = "MRN no 943 476 5919, Mr Smith, DOB 1/2/1950"
    assert [kind for kind, _ in seen(text)] == ["record number", "name", "birth date"]
    assert len(patient_signs("Mr Smith. " * 100)) == MOST_SIGNS


def test_numbers_are_checked_by_their_rules() -> None:
    assert is_nhs_number("943 476 5919")
    assert not is_nhs_number("943 476 591")
    assert not is_nhs_number("943 476 5915")
    assert is_social_security_number("123456789")
    assert not is_social_security_number("12345678")
    assert is_insurance_number("A123456780")
    assert not is_insurance_number("B123456780")


@pytest.mark.parametrize(
    "piece", ["A'", "A ", "Patient: ", "Ab ", "SMITH, ", "Name: A ", "A-", "12 "]
)
def test_a_long_text_is_looked_through_once(piece: str) -> None:
    # By the square of its length, this would take minutes.
    assert len(patient_signs(piece * 30_000 + "1")) <= MOST_SIGNS


@given(st.text(), st.integers(0, 10**10 - 1), st.text())
def test_what_is_said_is_in_the_text_and_never_overlaps(
    before: str, number: int, after: str
) -> None:
    text = f"{before} {number:010d} {after}"
    signs = patient_signs(text)
    for sign, following in pairwise(signs):
        assert sign.span.end <= following.span.start
    assert all(sign.span.cut(text) for sign in signs)


def noted(note: str, *tags: str) -> Annotation:
    article = an_article()
    return replace(a_note(article, Span(0, 8)), note=note, tags=tags)


def test_only_a_persons_own_words_are_looked_at() -> None:
    quoted = noted("read")
    quote = replace(quoted.target.quote, exact="Mr Smith, MRN 123456")
    quoted = replace(quoted, target=replace(quoted.target, quote=quote))
    assert flagged([quoted]) == []
    assert own_words(noted("a", "b", "c")) == "a\nb\nc"
    [found] = flagged([quoted, noted("", "Mr  Smith"), noted("plain")])
    assert found.signs == (("name", "Mr Smith"),)


def test_one_sentence_says_what_was_seen() -> None:
    assert warning([]) == ""
    one = flagged([noted("Mr Smith, Mr Smith again")])
    assert warning(one) == "1 note looks as if it names a patient: “Mr Smith” (name)."
    several = flagged([noted("Mr Smith, Ms Lee"), noted("Herr Meier"), noted("Frau Kurz")])
    assert warning(several) == (
        "3 notes look as if they name a patient: “Mr Smith” (name), “Ms Lee” (name), "
        "“Herr Meier” (name) and 1 more."
    )

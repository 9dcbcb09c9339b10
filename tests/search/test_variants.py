from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.paths import resources
from reader.search.everyday import other_names
from reader.search.variants import canonical, variants, without_umlauts
from reader.search.word_forms import key_of

PAIRS = """tumour tumor|behaviour behavior|colour color|labour labor|anaemia anemia
ischaemia ischemia|leukaemia leukemia|haemorrhage hemorrhage|haemoglobin hemoglobin
oedema edema|oesophagus esophagus|oestrogen estrogen|foetal fetal|paediatric pediatric
orthopaedic orthopedic|diarrhoea diarrhea|dyspnoea dyspnea|apnoea apnea
gynaecology gynecology|caecum cecum|faeces feces|anaesthesia anesthesia
aetiology etiology|coeliac celiac|leucocyte leukocyte|sulphate sulfate
randomised randomized|hospitalisation hospitalization|analyse analyze
paralysed paralyzed|centre center|fibre fiber|millilitre milliliter|titre titer
goitre goiter|labelled labeled|travelling traveling|modelling modeling|fulfil fulfill
enrolment enrollment|defence defense|licence license|programme program|grey gray
catalogue catalog|ageing aging|judgement judgment|aluminium aluminum
homoeostasis homeostasis|hypoglycaemia hypoglycemia|septicaemia septicemia
gonadotrophin gonadotropin|naevus nevus|manoeuvre maneuver|lymphoedema lymphedema
paraesthesia paresthesia|dietitian dietician"""


@pytest.mark.parametrize("pair", PAIRS.replace("\n", "|").split("|"))
def test_each_spelling_gives_the_other(pair: str) -> None:
    british, american = pair.split()
    assert american in variants(british)
    assert british in variants(american)
    assert canonical(british) == canonical(american)


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("rise", ()),
        ("size", ()),
        ("hour", ()),
        ("four", ()),
        ("shoe", ()),
        ("dose", ()),
        ("ms", ()),
        ("inhaemed", ()),
    ],
)
def test_what_has_no_other_spelling(word: str, others: tuple[str, ...]) -> None:
    assert variants(word) == others


def test_two_places_of_a_word_are_both_spelled() -> None:
    assert "leukemia" in variants("leucaemia")
    assert "hemoglobinemia" in variants("haemoglobinaemia")


@given(st.text(max_size=20))
def test_any_word_has_few_variants(word: str) -> None:
    assert len(variants(word)) < 200
    assert word not in variants(word)


def test_umlauts_that_are_spelled_out() -> None:
    assert without_umlauts("sjoegren") == ("sjogren",)
    assert without_umlauts("sjogren") == ()


def test_our_tables_are_sound() -> None:
    spellings = (resources() / "spellings.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in spellings]
    assert len(rows) == len({tuple(row) for row in rows}) > 250
    assert all(len(row) == 3 and row[0] in ("in", "start", "end", "word") for row in rows)
    assert all(british != american for _, british, american in rows)
    everyday = (resources() / "everyday.tsv").read_text(encoding="utf-8").splitlines()
    names = [line.partition("\t") for line in everyday]
    assert len({one for one, _, _ in names}) == len(names) > 200
    assert all(one and clinical for one, _, clinical in names)


def test_names_of_the_same_thing() -> None:
    assert "myocardial infarction" in other_names(key_of("heart attacks"))
    assert "heart attack" in other_names(key_of("Myocardial Infarction"))
    assert list(other_names(key_of("zebra"))) == []

"""What the law calls the same and what it calls lost."""

from __future__ import annotations

import pytest

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from tests.conservation.counted import ANY, MARK, PICTURE, Container, Kind, Run
from tests.conservation.law import broken


def document(*paragraphs: str, label: str = "", left_out: str = "") -> Document:
    writer = DocumentBuilder()
    for words in paragraphs:
        writer.begin("list_item" if label else "paragraph", label=label)
        writer.add(words)
    if left_out:
        writer.leave_out("menu", left_out)
    return writer.build(id="a" * 64, title="The title", source="a.txt")


def container(words: str, kind: Kind = "words", label: str = "") -> Container:
    return Container((Run(words),), kind, label)


KEPT = [
    ("Give 5 mg.", "Give 5\u00a0mg."),
    ("−5 and 2–3", "-5 and 2‒3"),
    ("office", "oﬃce"),
    ("The title", "Something else"),
    ("Give 5 mg.", "Now: Give 5 mg. Then stop."),
    (f"x{ANY}y", "x\ufffdy"),
    (f"x{ANY}y", "x✓y"),
    (f"x{PICTURE}y", "xy"),
    (f"[29{MARK}–31]", "[29[30]–31]"),
    (f"[29{MARK}–31]", "[29–31]"),
]


@pytest.mark.parametrize(("shown", "said"), KEPT)
def test_it_is_kept(shown: str, said: str) -> None:
    assert broken([container(shown)], document(said)) == []


LOST = [
    ("−5 °C", "5 °C"),
    ("5 °C", "−5 °C"),
    ("2.5 mg", "25 mg"),
    ("do not give", "do give"),
    ("5 mg", "5 g"),
    ("50 mg", "150 mg"),
    ("1 1/2", "11/2"),
    ("150", "1 50"),
    ("5 to 10", "10 to 5"),
    (f"x{ANY}y", "xy"),
    ("≥ 5", "\ufffd 5"),
]


@pytest.mark.parametrize(("shown", "said"), LOST)
def test_it_is_lost(shown: str, said: str) -> None:
    assert broken([container(shown)], document(said)) != []


def test_what_is_shown_twice_is_said_twice() -> None:
    twice = [container("Give 1 mg."), container("Give 1 mg.")]
    assert broken(twice, document("Give 1 mg.", "Give 1 mg.")) == []
    assert broken(twice, document("Give 1 mg.", left_out="Give 1 mg.")) == []
    assert broken(twice, document("Give 1 mg.")) != []


BROKEN_LINES = [
    container("Give all of it 108", "line"),
    container("/L. Stop in pregnancy if pota-", "line"),
    container("ssium is over 267 µg 1010/L. Avoid it with heparin", "line"),
    container("105", "line"),
    container("/L.", "line"),
]


@pytest.mark.parametrize(
    ("first", "then", "is_kept"),
    [
        ("Stop in pregnancy if potassium is over 267 µg 1010/L. Avoid it", "105/L.", True),
        ("Stop in pregnancy if potassium is over 267 µg 1010/L. Avoid it", "105", False),
        ("Stop in pregnancy if potassium is over 267 µg 1010. Avoid it", "105/L.", False),
        ("Stop in pregnancy if pota is over 267 µg 1010/L. Avoid it", "105/L.", False),
    ],
)
def test_the_end_of_a_broken_word_keeps_its_line(first: str, then: str, is_kept: bool) -> None:
    said = document("Avoid", f"Give all of it 108/L. {first} with heparin {then}")
    assert (broken(BROKEN_LINES, said) == []) == is_kept


PARTED_LINES = [
    container("Weight acute Sepsis severe Stop at <28 mL/h.", "line"),
    container("a", "line"),
    container("Give it until the rate is ~229", "line"),
    container("mL/h.", "line"),
]


@pytest.mark.parametrize(
    ("first", "then", "is_kept"),
    [
        ("Stop at <28 mL/h.", "~229 mL/h.", True),
        ("Stop at <28 mL/h.", "~229", False),
        ("Stop at <28", "~229 mL/h.", False),
        ("Stop at 28 mL/h.", "~229 mL/h.", False),
    ],
)
def test_a_line_goes_on_where_the_one_above_it_ends(first: str, then: str, is_kept: bool) -> None:
    said = document(
        f"Weight acute {first}", "Sepsis severe", "a", f"Give it until the rate is {then}"
    )
    assert (broken(PARTED_LINES, said) == []) == is_kept


GLYPHS = container(f"k {ANY} {ANY} 0.23 0.03;", "line")


@pytest.mark.parametrize(
    ("said", "is_kept"),
    [("k = 0.23 ± 0.03;", True), ("k = 0.23 0.03;", False), ("k 0.23 0.03;", False)],
)
def test_glyphs_that_were_drawn_elsewhere_are_each_one_sign(said: str, is_kept: bool) -> None:
    assert (broken([GLYPHS], document(said)) == []) == is_kept


@pytest.mark.parametrize(
    ("said", "is_kept"),
    [("حَبيب habibi", True), ("حبيب habibi", False)],
)
def test_a_word_with_accents_is_one(said: str, is_kept: bool) -> None:
    line = container("habibi حَبيب", "line")
    assert (broken([line], document(said)) == []) == is_kept


PAGE_NUMBER_AND_ITEM = [
    container("Give heparin every day", "line"),
    container("1", "line"),
    container("1. Stop at >315 mmol/L.", "line"),
    container("Give 10 g", "line"),
    container("/L.", "line"),
]


def test_a_page_number_is_not_that_of_the_item_after_it() -> None:
    items = ("Give heparin every day", "1. Stop at >315 mmol/L.")
    assert broken(PAGE_NUMBER_AND_ITEM, document(*items, "Give 10 g/L.", left_out="1")) == []


@pytest.mark.parametrize(
    ("item", "dose", "number"),
    [
        ("1. Stop at", "Give 10 g/L.", "1"),
        ("1. Stop at 315 mmol/L.", "Give 10 g/L.", "1"),
        ("1. Stop at >315 mmol", "Give 10 g/L.", "1"),
        ("1. Stop at >315 mmol/L.", "Give 10 g", "1"),
        ("1. Stop at >315 mmol/L.", "Give 10 g/L.", ""),
        ("Stop at >315 mmol/L.", "Give 10 g/L.", "1"),
    ],
)
def test_a_loss_is_found_by_a_page_number_and_an_item(item: str, dose: str, number: str) -> None:
    said = document("Give heparin every day", item, dose, left_out=number)
    assert broken(PAGE_NUMBER_AND_ITEM, said) != []


def test_two_cells_are_not_one_number() -> None:
    assert broken([container("1.0"), container("0.5")], document("1.00.5")) != []


def test_a_line_may_lose_its_hyphen() -> None:
    lines = [container("treat-", "line"), container("ment with 5 mg", "line")]
    assert broken(lines, document("treatment with 5 mg")) == []
    assert broken(lines, document("treat-ment with 5 mg")) == []
    assert broken(lines, document("treatment with 5")) != []
    assert broken([container("treat-"), container("ment")], document("treatment")) != []


def test_a_label_may_stand_beside_its_own_words() -> None:
    said = document("Stop.", label="2.")
    assert broken([container("2. Stop.")], said) == []
    assert broken([container("Stop.", label="2.")], said) == []
    assert broken([container("Stop.", label="3.")], said) != []
    assert broken([container("3. Stop.")], said) != []
    assert broken([container("Stop.", label="2.")], document("2. Stop.")) == []


def test_words_without_a_number_leave_those_with_it_to_themselves() -> None:
    writer = DocumentBuilder()
    for words, label in (("Dosing", "4.1"), ("Dosing", "")):
        writer.begin("list_item", label=label)
        writer.add(words)
    made = writer.build(id="a" * 64, title="The title", source="a.txt")
    assert not broken([container("Dosing"), container("4.1 Dosing")], made)


def test_numbers_side_by_side_are_found_as_they_stand() -> None:
    made = document("1 13 4", "1 13 5", "11 3 4")
    assert not broken(map(container, ("1 13 4", "1 13 5", "11 3 4")), made)


def test_a_number_is_not_found_in_two_that_stand_side_by_side() -> None:
    made = document("All of it.", left_out="3 4 33 34")
    assert not broken(map(container, ("34", "3", "4", "33")), made)
    assert broken(map(container, ("34", "3", "4", "333")), made)


def test_a_formula_may_have_more_brackets_and_no_fewer_signs() -> None:
    formula = Container(tuple(Run(sign) for sign in ("a", "/", "(", "b", "c", ")")), "formula")
    assert broken([formula], document("a/(bc)")) == []
    assert broken([formula], document("(a)/(b c)")) == []
    assert broken([formula], document("abc")) != []
    assert broken([formula], document("a/bc")) != []


def test_raised_lowered_and_struck_are_marks() -> None:
    shown = [
        Container((Run("10"), Run("9", "sup"), Run(" H"), Run("2", "sub"), Run("5", struck=True)))
    ]
    writer = DocumentBuilder()
    writer.add("10")
    with writer.mark("sup"):
        writer.add("9")
    writer.add(" H")
    with writer.mark("sub"):
        writer.add("2")
    with writer.mark("strike"):
        writer.add("5")
    assert broken(shown, writer.build(id="a" * 64, title="", source="")) == []
    lines = broken(shown, document("109 H25"))
    assert lines == ["no longer raised or lowered: “9” of words “109 H25”"]
    assert broken([Container((Run("10"), Run("9", "sup")))], document("10⁹")) == []


def test_what_stands_for_a_picture_goes_with_a_menu() -> None:
    picture = container("Logo of it", "alternative")
    shown = [container("Home"), picture, container("About"), container("Give 5 mg.")]
    assert broken(shown, document("Give 5 mg.", left_out="Home About")) == []
    assert broken(shown, document("Home", "About", "Give 5 mg.")) != []


def test_what_the_importer_itself_could_not_account_for_is_broken() -> None:
    writer = DocumentBuilder()
    writer.add("Give")
    writer.leave_out("unaccounted", "5 mg")
    said = writer.build(id="a" * 64, title="", source="")
    assert broken([container("Give")], said) == ["unaccounted: 5 mg"]


@pytest.mark.parametrize("first", [0, 1])
def test_a_formula_has_its_own_place_before_that_of_a_longer_one(first: int) -> None:
    def formula(*signs: str) -> Container:
        return Container(tuple(map(Run, signs)), "formula")

    both = [formula("√", "√", "β"), formula("√", "(", "β", ")")]
    shown = [both[first], both[1 - first]]
    assert broken(shown, document("√(√β)", "√(β)")) == []
    assert broken([*shown, formula("√", "γ")], document("√(√β)", "√(β)"))

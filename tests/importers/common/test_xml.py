from __future__ import annotations

from pathlib import Path

import pytest

from reader.importers.common.xml import parse_xml
from reader.problem import Problem


def text(untrusted: str | bytes) -> str:
    given = untrusted.encode() if isinstance(untrusted, str) else untrusted
    return "".join(map(str, parse_xml(given, "a.xml").itertext()))


def refused(untrusted: str | bytes) -> str:
    with pytest.raises(Problem) as caught:
        text(untrusted)
    return caught.value.sentence


def test_named_characters_are_resolved_and_signs_stay() -> None:
    assert text("<p>&alpha;&nbsp;eGFR &lt; 30 &amp; &#233;&NotEqualTilde;</p>") == (
        "α\u00a0eGFR < 30 & é≂\u0338"
    )


def test_an_unknown_entity_refuses_the_file_and_never_drops_what_follows() -> None:
    assert "no XML in good order" in refused("<p>&unknown; eGFR &lt; 30</p>")


@pytest.mark.parametrize(
    ("untrusted", "read_as"),
    [
        (b"<p>one\x0b two\x00</p>", "one two"),
        (b"<p>R&D, A & B &lt; C<![CDATA[ x & y ]]> &</p>", "R&D, A & B < C x & y  &"),
    ],
)
def test_what_can_mean_one_thing_only_is_mended(untrusted: bytes, read_as: str) -> None:
    assert text(untrusted) == read_as


def test_bytes_that_are_no_text_are_not_guessed_at() -> None:
    assert "no XML" in refused("<p>caf\xe9 & 5 mg</p>".encode("cp1252"))


def test_comments_and_instructions_are_left_out() -> None:
    assert text("<?xml version='1.0'?><p>a<!-- b --><?c d?>e</p>") == "ae"


def test_the_document_type_is_left_out_with_all_that_it_defines() -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha"}">' for i in range(10))
    assert text(f"<!DOCTYPE p [{laughs}]><p>words</p>") == "words"
    assert "no XML" in refused(f"<!DOCTYPE p [{laughs}]><p>&l9;</p>")


def test_no_entity_from_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    outside = f'<!DOCTYPE p [<!ENTITY x SYSTEM "{secret.as_uri()}">]><p>&x;</p>'
    assert "no XML" in refused(outside)
    assert text(outside.encode("utf-16")) == "&x;"


def test_laughs_in_another_encoding_are_not_expanded() -> None:
    laughs = '<!DOCTYPE p [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><p>&b;</p>'
    assert text(laughs.encode("utf-16")) == "&b;"


@pytest.mark.parametrize(
    "untrusted", ["", "words", "<p>", "<p></q>", "<p a=1/>", "<p>&no;&</p>", "<a>" * 300]
)
def test_what_is_not_in_order_is_refused(untrusted: str) -> None:
    assert refused(untrusted) == "“a.xml” is damaged: it is no XML in good order."


def test_deep_nesting_is_refused_and_not_cut() -> None:
    assert "no XML" in refused("<a>" * 5000 + "words" + "</a>" * 5000)


def test_many_document_types_take_no_long_time() -> None:
    assert "no XML" in refused("<!DOCTYPE [" * 200_000)

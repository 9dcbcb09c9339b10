"""Tables of Lua are read as data; anything else in a file is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.note_importers.lua import parse


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("return {}", {}),
        ("-- we can read Lua syntax here!\nreturn { }\n", {}),
        ('return {["a"] = 1, b = -2.5; [3] = "x", "first", {"second"}}',
         {"a": 1, "b": -2.5, 3: "x", 1: "first", 2: {1: "second"}}),
        ("{true, false, nil}", {1: True, 2: False, 3: None}),
        ("{0x1F, 1e3, .5}", {1: 31, 2: 1000.0, 3: 0.5}),
        (r'"a\"b\\c\nd\
e\195\169"', 'a"b\\c\nd\neé'),
        ("'it''", None),
        ("'it\\'s'", "it's"),
        ("[[long\ntext]]", "long\ntext"),
        ("[==[\na]]b]==]", "a]]b"),
        ("--[[ a\ncomment ]] 7 --[==[ b ]==]", 7),
        ('{[ [[k]] ] = 1}', {"k": 1}),
    ],
)  # fmt: skip
def test_values(said: str, meant: object) -> None:
    if meant is None:
        with pytest.raises(ValueError, match=r"."):
            parse(said)
    else:
        assert parse(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "",
        "return",
        "return os.execute('x')",
        "return {} {}",
        "return {a = function() end}",
        "return {[{}] = 1}",
        "return {[1 = 2}",
        "return {[1] 2}",
        "return {1 2}",
        "return {a == 1}",
        "{" * 100,
        '"open',
        "x = 1",
    ],
)
def test_what_is_no_value_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(said)


@given(st.text(alphabet="{}[]=\"'\\,;-0a1.\n ", max_size=40))
def test_any_text_is_a_value_or_none(said: str) -> None:
    try:
        parse(said)
    except ValueError:
        return

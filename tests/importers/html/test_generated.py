"""Words that style sheets set before and after elements are read where they are printed."""

from __future__ import annotations

import pytest

from tests.importers.html_pages import article, lines


def styled(sheet: str, inner: str) -> list[str]:
    return lines(article(inner, f"<style>{sheet}</style>"))


@pytest.mark.parametrize(
    ("sheet", "inner", "words"),
    [
        (".n::before{content:'NOT '}", "Do <b class=n>give</b> it", "Do NOT give it"),
        (".n:before{content:'NOT'}", "Do <b class=n>give</b> it", "Do NOT give it"),
        ('b.x::after { content : " mg" }', "<b class=x>5</b> a day", "5 mg a day"),
        ("p::after{content:' at once.'}", "Stop <i>it</i>", "Stop it at once."),
        (".g:before{content:'\\2265 '}", "<b class=g>5</b> mg", "≥5 mg"),
        (".g:before{content:'\\3e'}", "<b class=g>5</b> mg", ">5 mg"),
        (".p:after{content:'+'}", "<b class=p>5</b>", "5+"),
        ("[x]::before,#d .n::before{content:'No '}", "<b id=d><i class=n>it</i></b>", "No it"),
        (".n::before{content:attr(data-w) ' '}", "<b class=n data-w=Never>x</b>", "Never x"),
        ("b::before{content:'A\\a b'}", "<b>c</b>", "A b c"),
        (".y::before{content:'✗ '}", "Safe: <b class=y>warfarin</b>", "Safe: ✗ warfarin"),
        (".n::before{content:'a;b} '}", "<b class=n>c</b>", "a;b} c"),
        ('.n::before{content:"it\'s "}', "<b class=n>c</b>", "it's c"),
        ("@media screen{.n::before{content:'Not '}}", "<b class=n>c</b>", "Not c"),
    ],
)
def test_words_of_sheets_are_text(sheet: str, inner: str, words: str) -> None:
    assert styled(sheet, f"<p>{inner}</p>") == [words]


@pytest.mark.parametrize(
    "sheet",
    [
        ".n::before{content:'\\f101'}",
        ".n::before{content:'• '} .n::after{content:'”'}",
        ".n::before{content:'+'}",
        ".n::before{content:'NOT';display:none}",
        ".n::before{font-family:FontAwesome;content:'stop'}",
        ".n::before{content:url(a.png)}",
        ".n::after{content:attr(title);position:absolute}",
        ".n:hover::before{content:'NOT '}",
        ".n::before{content:'NOT '} b.n::before{content:none}",
        "@media print{.n::before{content:'NOT '}}",
        "@media (max-width:600px){.n::before{content:'NOT '}}",
        ".n{justify-content:'NOT '}",
        "body::before{content:'wide'}",
        "::before{content:'NOT '}",
        "content:'NOT '",
        ".n::before{content:'\\ffffff\\d800'}",
    ],
)
def test_what_only_decorates_is_no_text(sheet: str) -> None:
    assert styled(sheet, "<p>Do <b class=n title=t>give</b> it</p>") == ["Do give it"]


def test_signs_of_icons_and_of_what_is_pressed_are_no_text() -> None:
    sheet = (
        ".icon-x::before{content:'q'} .i::before{content:'q'}"
        " summary::before, a::after{content:'✓'}"
    )
    inner = "<p>a<i class=icon-x></i><i class=i></i> <a href='https://x.org'>b</a></p>"
    assert styled(sheet, inner + "<details><summary>c</summary></details>") == ["a b", "c"]


def test_words_beside_tables_and_lists_stand_outside_their_cells() -> None:
    made = article(
        "<table><tr><th>Drug</th><td>Dose</td></tr><tr class=r><th>A</th><td>5</td></tr></table>"
        "<ul><li>one</li></ul><p>z</p>",
        "<style>table::before{content:'Doses '} .r::before{content:'Not '}"
        " .r::after{content:' mg'} ul::after{content:'Stop'}</style>",
    )
    assert lines(made)[0] == "Doses"
    assert [c.span.cut(made.text) for c in made.tables[0].cells] == [
        "Drug",
        "Dose",
        "Not A",
        "5 mg",
    ]
    assert lines(made)[-3:] == ["one", "Stop", "z"]


@pytest.mark.parametrize(
    ("sheet", "inner", "words"),
    [
        (
            "h2{counter-increment:c} h2::before{content:'Step ' counter(c) ': '}",
            "<h2>Look</h2><p>a</p><h2>Treat</h2><p>b</p>",
            ["Step 1: Look", "a", "Step 2: Treat", "b"],
        ),
        (
            "ol{counter-reset:i} ol li::before{counter-increment:i;content:counters(i,'.')}",
            "<ol><li>5 mg<ol><li>a</li><li>b</li></ol></li><li>c</li></ol>",
            ["1 5 mg", "1.1 a", "1.2 b", "2 c"],
        ),
        (
            ".s{counter-increment:s 2}.s:before{content:counter(s,upper-roman)')'}",
            "<p class=s>a</p><p class=s hidden>x</p><p class=s style='counter-reset:s 3'>b</p>",
            ["II) a", "V) b"],
        ),
        (".s::after{content:counter(c)}", "<p class=s>a</p>", ["a"]),
        (
            ".s::before{content:counter(c)} .s{counter-increment:none}",
            "<p class=s>a</p>",
            ["0 a"],
        ),
    ],
)
def test_numbers_of_counters_are_read(sheet: str, inner: str, words: list[str]) -> None:
    assert styled(sheet, inner) == words

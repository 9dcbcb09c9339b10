"""What a click would show, and what stands for scripts, is read; formulas are read once."""

from __future__ import annotations

import pytest

from tests.importers.html_pages import article, left, lines

PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAAAgCAYAAACinX6EAAAAKklEQVR42u3OMQEAAAgDoGn/zqQx9m"
    "ACNJ+qKgEBAQEBAQEBAQEBAQEBAQGBjQMdGQE/vGcdtwAAAABJRU5ErkJggg=="
)
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
SHOWN = f"<img src='{PNG}' alt=ECG>"
HIDDEN = "<div id=p style='display:none'>Give charcoal.</div>"


@pytest.mark.parametrize(
    "panel",
    [
        "<details><summary>More</summary><p>Give charcoal.</p></details>",
        "<div hidden=until-found>Give charcoal.</div>",
        "<h3>Overdose</h3><div hidden>Give charcoal.</div>",
        "<dl class=accordion><dt>Overdose</dt><dd style='display:none'>Give charcoal.</dd></dl>",
        "<button aria-controls=p aria-expanded=false>A</button><p>x</p>" + HIDDEN,
        "<a href='#p' data-toggle=collapse>A</a><p>x</p>" + HIDDEN,
        "<a data-bs-target='#p' data-bs-toggle=collapse>A</a><p>x</p>" + HIDDEN,
        "<p>x</p><div role=tabpanel hidden>Give charcoal.</div>",
        "<p>x</p><div class='panel-collapse' style='DISPLAY: none'>Give charcoal.</div>",
        "<p>x</p><div class=faq><div><p hidden>Give charcoal.</p></div></div>",
        "<my-card><template shadowrootmode=open><p>Give charcoal.</p></template></my-card>",
        "<noscript><p>Give charcoal.</p></noscript>",
        "<noscript>&lt;p&gt;Give charcoal.&lt;/p&gt;</noscript>",
    ],
)
def test_what_a_click_would_show_is_text(panel: str) -> None:
    assert "Give charcoal." in lines(article(panel))


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Secret words.</p>",
        "<p style='visibility: hidden'>Secret words.</p>",
        "<div class='modal collapse' hidden>Secret words.</div>",
        "<h3>H</h3><nav hidden>Secret words.</nav>",
        "<div role=dialog aria-modal=true hidden>Secret words.</div>",
        "<dialog>Secret words.</dialog>",
        "<button aria-haspopup=true aria-controls=m>x</button> <b id=m hidden>Secret words.</b>",
        "<template><p>Secret words.</p></template>",
        "<h3>Now</h3><p style='visibility:hidden'>Secret words.</p>",
    ],
)
def test_what_nobody_would_see_is_no_text(hidden: str) -> None:
    made = article(hidden)
    assert "Secret words." not in made.text
    assert ("hidden text", "Secret words.") in left(made) or "template" in hidden


def test_a_panel_whose_words_stand_elsewhere_is_read_once() -> None:
    long = "The abstract says that it was tried in four hundred people, and that it works."
    made = article(
        f"<div class=abstract>{long}</div><div class=more style='display:none'>{long}</div>"
    )
    assert lines(made) == [long]
    assert left(made) == [("hidden text", long)]


def test_tabs_are_titles_of_their_panels() -> None:
    made = article(
        "<ul role=tablist><li><a role=tab href='#a'>Adults</a></li>"
        "<li><a role=tab aria-controls=k href=#>Children</a></li></ul>"
        "<div id=a role=tabpanel>10 mg</div><div id=k role=tabpanel hidden>1 mg</div>"
    )
    assert lines(made) == ["Adults", "10 mg", "Children", "1 mg"]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "<h3><button>Overdose</button></h3><p>Charcoal.</p>",
            ["Overdose", "Charcoal."],
        ),
        (
            "<button class=accordion>Overdose</button><div>Charcoal.</div>",
            ["Overdose", "Charcoal."],
        ),
        ("<button class=accordion>Read more</button><div>Charcoal.</div>", ["Charcoal."]),
        ("<button class=toggle>Menu</button><nav>Home</nav><p>Charcoal.</p>", ["Charcoal."]),
    ],
)
def test_buttons_that_title_what_they_show_are_text(source: str, shown: list[str]) -> None:
    assert lines(article(source)) == shown


def test_icons_are_no_words_but_what_is_only_hidden_from_readers_aloud_is() -> None:
    made = article(
        "<p><i class='material-icons' aria-hidden=true>expand_more</i>"
        "<span aria-hidden=true>\ue001</span>Give <span aria-hidden=true>10⁹ cells</span></p>"
    )
    assert lines(made) == ["Give 10⁹ cells"]


@pytest.mark.parametrize(
    "pictures",
    [
        f"<img src='{DOT}' data-src='{PNG}' alt=ECG><noscript>{SHOWN}</noscript>",
        f"<img src='{DOT}' alt=ECG><noscript>{SHOWN}</noscript>",
        f"<noscript>{SHOWN}</noscript>",
        f"{SHOWN}<noscript><img src='https://x.org/count.gif' width=1 height=1></noscript>",
    ],
)
def test_a_picture_that_waits_for_a_script_is_shown_once(pictures: str) -> None:
    made = article(f"<figure>{pictures}<figcaption>The strip.</figcaption></figure>")
    (figure,) = made.figures
    assert figure.asset
    assert figure.alternative == "ECG"


MATH = "<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>"


@pytest.mark.parametrize(
    "source",
    [
        MATH,
        r"\(\frac{a}{2}\)",
        r"$\frac{a}{2}$",
        r"<script type='math/tex'>\frac{a}{2}</script>",
        r"<span class=MathJax_Preview>a/2</span><i class=MathJax>a2</i>"
        r"<script type='math/tex'>\frac{a}{2}</script>",
        f"<script type='math/mml'>{MATH}</script>",
        r"\(\frac{a}{2}\)<script type='math/tex'>\frac{a}{2}</script>",
        f"<i class=katex><i class=katex-mathml>{MATH}</i><i aria-hidden=true>a2</i></i>",
        f"<mjx-container><mjx-math aria-hidden=true><mjx-mi></mjx-mi></mjx-math>"
        f"<mjx-assistive-mml>{MATH}</mjx-assistive-mml></mjx-container>",
        f"<span class=MathJax data-mathml='{MATH}'>a2</span>",
        f"<i class=mwe-math-element><i style='display:none'>{MATH}</i><img src=a.svg alt=x></i>",
        r"<span class=mwe-math-element><img src=a.svg alt='{\displaystyle {\frac {a}{2}}}'></span>",
        r"<img src=a.png class=latex alt='\frac{a}{2}'>",
        r"<span class=math>\frac{a}{2}</span>",
    ],
)
def test_a_formula_is_read_once_however_it_is_drawn(source: str) -> None:
    made = article(f"<p>It is {source}, so.</p>")
    assert lines(made) == ["It is a/2, so."]
    assert [f.span.cut(made.text) for f in made.formulas] == ["a/2"]
    assert not made.left_out


@pytest.mark.parametrize(
    "source",
    [r"<p>\[\frac{a}{2}\]</p>", r"<p>$$\frac{a}{2}$$</p>", r"<div class=math>\frac{a}{2}</div>"]
    + [r"<script type='math/tex; mode=display'>\frac{a}{2}</script>"]
    + [r"<p>\begin{equation}\frac{a}{2}\end{equation}</p>"],
)
def test_formulas_that_stand_alone_are_blocks(source: str) -> None:
    made = article(source)
    assert [(b.kind, b.span.cut(made.text)) for b in made.blocks[1:-1]] == [("formula", "a/2")]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("It costs $5 and then $10 more.", "It costs $5 and then $10 more."),
        (r"<code>\(x^2\)</code>", r"\(x^2\)"),
        (r"<span class=tex2jax_ignore>\(x^2\)</span>", r"\(x^2\)"),
        (r"\(\unknowncommand{x}\)", r"\(\unknowncommand{x}\)"),
    ],
)
def test_what_is_no_formula_stays_as_it_is(source: str, words: str) -> None:
    made = article(f"<p>{source}</p>")
    assert not made.formulas
    assert lines(made) == [words]


def test_dollars_are_signs_of_formulas_where_a_script_says_so() -> None:
    made = article(
        "<script src='https://x.org/MathJax.js'></script><p>If $a_1$ and $$b$$ rise.</p>"
    )
    assert [f.span.cut(made.text) for f in made.formulas] == ["a1", "b"]


def test_glyphs_without_a_source_are_read_by_their_names() -> None:
    glyphs = "".join(f"<mjx-c class='mjx-c{code}'></mjx-c>" for code in ("35", "1D465"))
    made = article(f"<p>So <mjx-container><mjx-math>{glyphs}</mjx-math></mjx-container>.</p>")
    assert lines(made) == ["So 5𝑥."]


@pytest.mark.parametrize(
    "pictures",
    [
        "<figure><img src='a.jpg'><noscript><img src='a.jpg' alt='An ECG'></noscript></figure>",
        "<p><img data-src='a.jpg'><noscript><img src='a.jpg' alt='An ECG'></noscript></p>",
        "<p><img data-src='b.jpg' alt=Lungs><noscript><img src='b.jpg' alt=Lungs>"
        "<img src='a.jpg' alt='An ECG'></noscript></p>",
    ],
)
def test_words_for_a_picture_without_scripts_are_kept(pictures: str) -> None:
    made = article(pictures)
    said = [figure.alternative for figure in made.figures]
    assert said == (["Lungs", "An ECG"] if "Lungs" in pictures else ["An ECG"])


def test_tabs_that_name_no_panels_title_them_in_their_order() -> None:
    made = article(
        "<div><div role=tablist><button role=tab>Adults</button><button role=tab>Children</button>"
        "</div><div role=tabpanel><p>10 mg</p></div><div role=tabpanel hidden><p>2 mg</p></div>"
        "</div>"
    )
    assert lines(made) == ["Adults", "10 mg", "Children", "2 mg"]


def test_tabs_that_are_not_as_many_as_the_panels_title_none() -> None:
    made = article(
        "<div role=tablist><button role=tab>Adults</button></div>"
        "<div role=tabpanel><p>10 mg</p></div><div role=tabpanel hidden><p>2 mg</p></div>"
    )
    assert lines(made) == ["10 mg", "2 mg"]
    assert ("control", "Adults") in left(made)


def test_a_button_that_expands_titles_what_follows_it() -> None:
    made = article(
        "<div><button aria-expanded=false>Elderly</button><div style='display:none'><p>1 mg</p>"
        "</div></div>"
    )
    assert lines(made) == ["Elderly", "1 mg"]


def test_words_on_both_sides_of_a_field_stay_apart() -> None:
    made = article("<p>Weight<input value=70>kg, <select><option>a</select>at most</p>")
    assert lines(made) == ["Weight kg, at most"]
    assert ("control", "70") in left(made)

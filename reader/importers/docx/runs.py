"""The running text of Word files: runs and their looks, fields, controls, changes, formulas.

Source: ECMA-376, part 1, 17.3.2 (runs), 17.5.2 (controls), 17.13 (changes), 17.16 (fields).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from reader.importers.common.elements import Element
from reader.importers.common.symbol_fonts import decoded_symbol, is_symbol_font
from reader.importers.docx.drawings import Drawings
from reader.importers.docx.package import M, R, W, value
from reader.importers.docx.styles import Look, look_of
from reader.importers.docx.text import Sources, form_of, in_fonts, words_in
from reader.importers.formula.eq_fields import mathml_of_eq
from reader.importers.formula.omml import mathml_of_omml
from reader.importers.html.inline_marks import LONGEST_ADDRESS, page_link
from reader.importers.word.fields import Field, link_of, shown_without_result
from reader.importers.word.parts import Event, Marks
from reader.model.document import MarkKind

_SIGNS = {"tab": " ", "ptab": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_IGNORED = frozenset(
    f"{W}{name}"
    for name in (
        "pPr rPr sdtPr sdtEndPr smartTagPr customXmlPr rubyPr proofErr bookmarkEnd permStart "
        "permEnd commentRangeStart commentRangeEnd moveFromRangeStart moveFromRangeEnd "
        "moveToRangeStart moveToRangeEnd annotationRef footnoteRef endnoteRef separator "
        "continuationSeparator lastRenderedPageBreak fldData"
    ).split()
)
_LOOSE = frozenset(f"{W}{name}" for name in ("t", "delText", "sym", "fldChar", "instrText"))
_OFF = ("0", "false", "off")
_MARKS: tuple[tuple[tuple[str, ...], MarkKind], ...] = (
    (("strike", "dstrike"), "strike"),
    (("b",), "strong"),
    (("i",), "emphasis"),
    (("smallCaps",), "small_caps"),
)


class Runs:
    """Reads paragraph by paragraph; a field may begin in one and end in another."""

    def __init__(self, sources: Sources, part: str) -> None:
        self._sources = sources
        self._part = part
        self._drawings = Drawings(sources.package, part)
        self._fields: list[Field] = []
        self._events: list[Event] = []
        self._style = ""
        self._table: Look = {}
        self._verbs: dict[str, Callable[[Element, Marks], None]] = {
            f"{W}r": self._run,
            f"{W}hyperlink": self._hyperlink,
            f"{W}ins": self._inserted,
            f"{W}moveTo": self._inserted,
            f"{W}del": lambda element, _: self._deleted(element),
            f"{W}moveFrom": lambda element, _: self._deleted(element),
            f"{W}fldSimple": self._simple_field,
            f"{W}sdt": self._control,
            f"{W}bookmarkStart": lambda element, _: self._bookmark(element),
            f"{W}subDoc": lambda element, _: self._part_of_another(element),
            f"{M}oMath": self._formula,
            f"{M}oMathPara": self._formulas,
            f"{M}r": self._run,
        }

    def read(self, paragraph: Element, style_id: str, table: Look) -> list[Event]:
        """The events of a paragraph of that style; `table` is how letters look in its table."""
        self._events = []
        self._table = table
        self._style = style_id
        self._inside(paragraph, ())
        return self._events

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents is under way, which is a field of many paragraphs."""
        return any(one.kind in ("TOC", "TOA") for one in self._fields)

    def _inside(self, element: Element, marks: Marks) -> None:
        for child in element:
            verb = self._verbs.get(child.tag)
            if verb is not None:
                verb(child, marks)
            elif child.tag in _LOOSE:
                # Letters that stand in no run, as broken writers leave them.
                run = child.makeelement(f"{W}r")
                run.append(deepcopy(child))
                self._run(run, marks)
            elif child.tag not in _IGNORED and len(child) and isinstance(child.tag, str):
                self._inside(child, marks)

    # What only groups

    def _hyperlink(self, element: Element, marks: Marks) -> None:
        target = value(element, "anchor")
        relation = self._sources.package.relations(self._part).get(element.get(f"{R}id", ""))
        if relation is not None and relation.is_external:
            target = relation.target
        elif target:
            target = f"#{target}"
        self._inside(element, marks + _link(target))

    def _inserted(self, element: Element, marks: Marks) -> None:
        self._inside(element, (("insert", ""), *marks))

    def _deleted(self, element: Element) -> None:
        self._leave_out("".join(words_in(element)), deleted=True)
        # A field may end in what is deleted that begins outside of it.
        for sign in element.iter(f"{W}fldChar"):
            self._field_sign(sign, None)

    def _simple_field(self, element: Element, marks: Marks) -> None:
        field = Field(value(element, "instr"), in_result=True)
        field.form = self._sources.sequences.next(field.code)
        before = len(self._events)
        self._inside(element, marks + _link(link_of(field.code)))
        if not any(event.shown.strip() for event in self._events[before:]):
            self._show(field, marks, {})

    def _control(self, element: Element, marks: Marks) -> None:
        content = element.find(f"{W}sdtContent")
        before = len(self._events)
        if content is not None:
            self._inside(content, marks)
        box = next(element.iter("{*}checkbox"), None)
        if box is not None and not any(event.shown.strip() for event in self._events[before:]):
            checked = next(box.iter("{*}checked"), None)
            on = checked is not None and any(v in ("1", "true", "on") for v in checked.values())
            self._add("☒" if on else "☐", marks, {})

    def _bookmark(self, element: Element) -> None:
        self._events.append(Event("anchor", target=value(element, "name")))

    def _part_of_another(self, element: Element) -> None:
        relation = self._sources.package.relations(self._part).get(element.get(f"{R}id", ""))
        words = relation.target if relation is not None else "subdocument"
        self._events.append(Event("left_out", words, reason="part of another kind"))

    def _formula(self, element: Element, marks: Marks) -> None:
        if self._is_shown():
            self._events.append(Event("formula", marks=marks, mathml=mathml_of_omml(element)))

    def _formulas(self, element: Element, marks: Marks) -> None:
        """Formulas that each stand on a line."""
        for i, one in enumerate(element.iter(f"{M}oMath")):
            if i:
                self._events.append(Event("break"))
            self._formula(one, marks)

    # Runs

    def _run(self, run: Element, marks: Marks) -> None:
        direct = look_of(run.find(f"{W}rPr"))
        look = self._sources.styles.effective(self._style, direct, self._table)
        own = self._sources.styles.look(direct.get("rStyle", "")) | direct
        hidden = bool(look.get("vanish") or look.get("webHidden"))
        own_mark = next((c for c in run if value(c, "customMarkFollows", "0") not in _OFF), None)
        if own_mark is not None:
            self._note(own_mark, "".join(words_in(run)))
            return
        own_marks = marks + _marks_of(look, own)
        for child in run:
            name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if name == "fldChar":
                self._field_sign(child, own_marks, look)
            elif name == "instrText":
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif not self._is_shown():
                if self._fields and name == "t":
                    self._fields[-1].code += child.text or ""
            elif hidden:
                self._leave_out("".join(words_in(child)))
            else:
                self._content(child, name, self._field_marks_on(own_marks), look)

    def _content(self, child: Element, name: str, marks: Marks, look: Look) -> None:
        if name == "t":
            self._add(child.text or "", marks, look)
        elif name == "delText":
            self._leave_out(child.text or "", deleted=True)
        elif name == "sym":
            self._add(decoded_symbol(value(child, "char"), value(child, "font")), marks, {})
        elif name in _SIGNS:
            self._add(_SIGNS[name], marks, {})
        elif name in ("br", "cr"):
            self._events.append(Event("break"))
        elif name in ("footnoteReference", "endnoteReference"):
            self._note(child)
        elif name == "commentReference":
            words = self._sources.comments.pop(value(child, "id"), "")
            if words:
                self._events.append(Event("left_out", words, reason="comments"))
        elif name in ("drawing", "pict", "object"):
            self._events += self._drawings.events(child)
        elif name == "ruby":
            self._ruby(child, marks)
        elif child.tag not in _IGNORED and len(child):
            self._inside(child, marks)

    def _ruby(self, element: Element, marks: Marks) -> None:
        """Characters with their reading, which stands in brackets after them."""
        for part, sign in (("rubyBase", ""), ("rt", "()")):
            found = element.find(W + part)
            if found is not None:
                self._add(sign[:1], marks, {})
                self._inside(found, marks)
                self._add(sign[1:], marks, {})

    def _note(self, reference: Element, printed: str = "") -> None:
        kind = "footnote" if reference.tag.endswith("}footnoteReference") else "endnote"
        note_id = value(reference, "id")
        if self._is_shown():
            label = self._sources.notes.label(kind, note_id, " ".join(printed.split()))
            self._events.append(Event("note", label, target=f"{kind} {note_id}"))

    def _add(self, text: str, marks: Marks, look: Look) -> None:
        if not text:
            return
        fonts = [str(look.get(slot, "")) for slot in ("ascii", "hAnsi")]
        if any(map(is_symbol_font, fonts)) or not text.isascii():
            text = in_fonts(text, fonts[0], fonts[1] or fonts[0])
        for one in self._fields:
            one.has_shown = True
        self._events.append(
            Event(
                "text",
                text,
                marks,
                lift=int(look.get("position", 0)),
                size=int(look.get("sz", 0)),
                is_bold=bool(look.get("b")),
            )
        )

    def _leave_out(self, words: str, deleted: bool = False) -> None:
        if words.strip():
            reason = "deleted text" if deleted else "hidden text"
            last = self._events[-1] if self._events else None
            if last is not None and last.kind == "left_out" and last.reason == reason:
                last.text += words
            elif deleted:
                self._events.append(Event("left_out", words, reason="deleted text"))
            else:
                self._events.append(Event("left_out", words, reason="hidden text"))

    # Fields

    def _is_shown(self) -> bool:
        return all(one.in_result for one in self._fields)

    def _field_marks(self) -> Marks:
        return tuple(mark for one in self._fields for mark in _link(one.link))[:1]

    def _field_marks_on(self, marks: Marks) -> Marks:
        mine = self._field_marks()
        return marks if not mine or any(kind == "link" for kind, _ in marks) else mine + marks

    def _field_sign(self, sign: Element, marks: Marks | None, look: Look | None = None) -> None:
        """A field begins, its result does, or it ends; without `marks` nothing is shown of it."""
        kind = value(sign, "fldCharType")
        if kind == "begin":
            self._fields.append(Field(form=form_of(sign.find(f"{W}ffData"))))
        elif kind == "separate" and self._fields:
            one = self._fields[-1]
            one.in_result, one.has_result, one.link = True, True, link_of(one.code)
        elif kind == "end" and self._fields:
            one = self._fields.pop()
            one.form = self._sources.sequences.next(one.code) or one.form
            if marks is not None and self._is_shown() and not one.has_shown:
                self._show(one, marks, look or {})

    def _show(self, one: Field, marks: Marks, look: Look) -> None:
        """A field without a result: what Word would make of its code."""
        math = mathml_of_eq(one.code) if one.kind == "EQ" else None
        if math is not None:
            self._events.append(Event("formula", marks=marks, mathml=math))
            for outer in self._fields:
                outer.has_shown = True
        else:
            self._add(shown_without_result(one), marks, {"b": look.get("b")})


def _marks_of(look: Look, own: Look) -> Marks:
    """The marks of a run; what a whole paragraph is by its style does not stand out in it."""
    marks: list[tuple[MarkKind, str]] = [
        (kind, "")
        for names, kind in _MARKS
        if any(look.get(name) and (name in own or kind == "strike") for name in names)
    ]
    script = {"superscript": "sup", "subscript": "sub"}.get(str(look.get("vertAlign", "")))
    if script == "sup":
        marks.append(("sup", ""))
    elif script == "sub":
        marks.append(("sub", ""))
    return tuple(marks)


def _link(target: str) -> Marks:
    address = page_link(target) if target else ""
    return (("link", address),) if address and len(address) <= LONGEST_ADDRESS else ()

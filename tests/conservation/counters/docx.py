"""Word files: runs of text, symbols, formulas, results of fields, notes, text boxes once.

Source: ISO/IEC 29500-1, 17.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, Literal

from lxml import etree

from tests.conservation.counted import Container, Counting
from tests.conservation.counters.decoding import decoded
from tests.conservation.counters.html import count_page
from tests.conservation.counters.mathml import local
from tests.conservation.counters.omml import signs_of
from tests.conservation.counters.symbol import is_symbol_font, symbol
from tests.conservation.counters.word_numbers import Numbering, W, value_of

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_UNSHOWN = {
    "del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr",
    "tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "fldData", "rPrChange", "pPrChange", "numPr",
    "softHyphen", "annotationRef", "separator", "continuationSeparator", "docPartObj", "lang",
    "rubyPr", "tblPrEx", "customXmlPr", "smartTagPr", "ffData", "posOffset", "pctWidth",
    "pctHeight", "sizeRelH", "sizeRelV", "positionH", "positionV", "align",
}  # fmt: skip
_OFF = ("0", "false", "off")
Position = Literal["", "sup", "sub"]


def count(path: Path) -> list[Container]:
    """What Word shows on the pages: without running heads, comments and what is deleted."""
    with zipfile.ZipFile(path) as archive:
        return _File(archive).count()


class _File:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {name.lstrip("/"): name for name in archive.namelist()}
        self.main = self._related("", "/officeDocument")[0:1] or ["word/document.xml"]
        self.base = self.main[0]
        styles = self._part("/styles")
        self.styles: dict[str, Any] = {}
        for style in styles if styles is not None else ():
            if style.tag == f"{W}style":
                self.styles[style.get(f"{W}styleId") or ""] = style
        self.numbering = Numbering(self._part("/numbering"), self.styles)
        self.counting = Counting()
        self.notes: list[tuple[str, str]] = []
        self.fields: list[str] = []
        self.printed = 0

    def count(self) -> list[Container]:
        root = self._xml(self.base)
        if root is None:
            return []
        self._walk(root, False)
        self.counting.end()
        kept = {kind: self._part(f"/{kind}s") for kind in ("footnote", "endnote")}
        for kind, name in self.notes:
            self.fields = []
            for note in kept[kind] if kept[kind] is not None else ():
                if note.get(f"{W}id") == name and local(note) == kind:
                    self._walk(note, False)
                    self.counting.end()
        return self.counting.containers

    # Parts of the file

    def _xml(self, name: str) -> Any:
        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, huge_tree=True, remove_comments=True)
        return etree.fromstring(self.archive.read(self.names[name]), parser)

    def _related(self, base: str, kind: str) -> list[str]:
        place = join(dirname(base), "_rels", f"{base.rpartition('/')[2]}.rels")
        root = self._xml(normpath(place))
        found = []
        for one in root if root is not None else ():
            if (one.get("Type") or "").endswith(kind) and one.get("TargetMode") != "External":
                target = one.get("Target") or ""
                found.append(normpath(join("/", dirname(base), target)).lstrip("/"))
        return found

    def _part(self, kind: str) -> Any:
        names = self._related(self.base, kind)
        return self._xml(names[0]) if names else None

    # What is shown

    def _walk(self, element: Any, is_result: bool) -> None:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if not name or name in _UNSHOWN:
            return
        if name == "oMath":
            self.counting.formula(signs_of(element))
        elif name == "AlternateContent":
            choices = [c for c in element if local(c) == "choice"] or list(element)
            for child in choices[:1]:
                self._walk(child, is_result)
        elif name == "tr" and self._is_deleted(element):
            return
        elif name == "p" and element.tag.startswith(W):
            self._paragraph(element)
        elif name == "r" and element.tag.startswith(W):
            self._run(element)
        elif name in ("rt", "rubyBase"):
            self.counting.end()
            for child in element:
                self._walk(child, is_result)
            self.counting.end()
        elif name == "altChunk":
            self._chunk(element.get(f"{_R}id") or "")
        elif name in ("inline", "anchor"):
            self._drawing(element)
        else:
            for child in element:
                self._walk(child, is_result)

    def _is_deleted(self, row: Any) -> bool:
        return row.find(f"{W}trPr/{W}del") is not None

    def _paragraph(self, paragraph: Any) -> None:
        self.counting.end()
        properties = paragraph.find(f"{W}pPr")
        label = self.numbering.label(properties)
        if label:
            self.counting.label(label)
        for child in paragraph:
            self._walk(child, False)
        self.counting.end()
        self.counting.no_label()

    def _run(self, run: Any) -> None:
        properties = run.find(f"{W}rPr")
        hidden = self._is_on(properties, "vanish")
        place = self._value(properties, "vertAlign")
        position: Position = (
            "sup" if place == "superscript" else "sub" if place == "subscript" else ""
        )
        struck = self._is_on(properties, "strike") or self._is_on(properties, "dstrike")
        font = self._font(properties)
        for child in run:
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "fldChar":
                self._field(child.get(f"{W}fldCharType") or "")
            elif hidden or "begin" in self.fields:
                continue
            elif name == "t":
                self.counting.add(_in_font(child.text or "", font), position, struck)
            elif name == "sym":
                code = int(child.get(f"{W}char") or "0", 16)
                own = child.get(f"{W}font") or ""
                shown = symbol(own, code) if is_symbol_font(own) or code >= 0xF000 else chr(code)
                self.counting.add(shown, position, struck)
            elif name == "noBreakHyphen":
                self.counting.add("-", position, struck)
            elif name in ("tab", "br", "cr", "ptab"):
                self.counting.add(" ")
            elif name in ("footnoteReference", "endnoteReference"):
                self._note(child, name.removesuffix("Reference"))
            else:
                self._walk(child, False)

    def _field(self, kind: str) -> None:
        """The words between the beginning and the separator of a field are its instruction."""
        if kind == "begin":
            self.fields.append("begin")
        elif kind == "separate" and self.fields:
            self.fields[-1] = "separate"
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, reference: Any, kind: str) -> None:
        self.notes.append((kind, reference.get(f"{W}id") or ""))
        if kind == "footnote" and reference.get(f"{W}customMarkFollows") in (None, *_OFF):
            self.printed += 1
            self.counting.add(str(self.printed), "sup")

    def _drawing(self, drawing: Any) -> None:
        properties = next((e for e in drawing if local(e) == "docpr"), None)
        if next(drawing.iter("{*}blip"), None) is not None and properties is not None:
            self.counting.alternative(properties.get("descr") or "")
        for content in drawing.iter(f"{W}txbxContent"):
            self.counting.end()
            self._walk(content, False)

    def _chunk(self, name: str) -> None:
        root = self._xml(
            normpath(join(dirname(self.base), "_rels", f"{self.base.rpartition('/')[2]}.rels"))
        )
        for one in root if root is not None else ():
            place = normpath(join("/", dirname(self.base), one.get("Target") or "")).lstrip("/")
            if one.get("Id") == name and place.endswith(("htm", "html")) and place in self.names:
                self.counting.end()
                page = decoded(self.archive.read(self.names[place]), declares=True)
                self.counting.containers += count_page(page)

    # Properties of runs, their own or those of their style

    def _value(self, properties: Any, name: str) -> str:
        own = properties.find(f"{W}{name}") if properties is not None else None
        style = self.styles.get(value_of(properties, "w:rStyle"))
        for _ in range(20):
            if own is not None or style is None:
                break
            own = style.find(f"{W}rPr/{W}{name}")
            style = self.styles.get(value_of(style, "w:basedOn"))
        return "" if own is None else own.get(f"{W}val") or "on"

    def _is_on(self, properties: Any, name: str) -> bool:
        said = self._value(properties, name)
        return bool(said) and said not in _OFF

    def _font(self, properties: Any) -> str:
        fonts = properties.find(f"{W}rFonts") if properties is not None else None
        if fonts is None:
            return ""
        name = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
        return name if is_symbol_font(name) else ""


def _in_font(text: str, font: str) -> str:
    if font:
        return "".join(symbol(font, ord(c)) if not c.isspace() else c for c in text)
    return "".join(symbol("symbol", ord(c)) if 0xF000 <= ord(c) < 0xF100 else c for c in text)

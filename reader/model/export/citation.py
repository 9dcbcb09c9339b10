"""Citations of documents in the styles that people are asked for.

Source: ICMJE/NLM (Citing Medicine), AMA Manual of Style 11, APA 7, Cite Them Right (Harvard).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, get_args

from reader.model.document import Document
from reader.model.export.page_ranges import short_range, whole_range
from reader.model.export.person_name import Name, name_of

Style = Literal["vancouver", "ama", "apa", "harvard", "short", "markdown", "bibtex"]
STYLES: dict[Style, str] = {
    "vancouver": "Vancouver (ICMJE)",
    "ama": "AMA",
    "apa": "APA",
    "harvard": "Harvard",
    "short": "Author and year",
    "markdown": "Markdown with a link back",
    "bibtex": "BibTeX key",
}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_ITALIC = re.compile(r"\x01(.*?)\x02")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as plain text and as a piece of HTML, which has its italics."""

    plain: str
    html: str


def style_of(untrusted: object) -> Style:
    """The style of that name, else Vancouver."""
    return next((style for style in get_args(Style) if style == untrusted), "vancouver")


def cite(
    document: Document,
    style: Style = "vancouver",
    page: str = "",
    link: str = "",
    today: str = "",
    letter: str = "",
) -> Cited:
    """The citation of a document.

    `page` is the printed page that is quoted, `link` the address that leads back to it, `today` the
    day on which a page of the web was seen, as "2026-11-23"; `letter` tells works of one author and
    year apart where the style has years in the text ("2020a"); each may be "".
    """
    writer = {
        "vancouver": _vancouver,
        "ama": _ama,
        "apa": _apa,
        "harvard": _harvard,
        "short": _short,
        "markdown": _markdown,
        "bibtex": _bibtex,
    }[style]
    said = writer(_Facts(document, page, link, today, letter))
    html = _ITALIC.sub(r"<i>\1</i>", escape(said))
    return Cited(_ITALIC.sub(r"\1", said), html)


def key_of(document: Document) -> str:
    """A key for the document in BibTeX: surname, year and first long word."""
    family = name_of(document.authors[0]).family if document.authors else "anonymous"
    word = next((w for w in re.findall(r"\w+", document.title) if len(w) > 3), "untitled")
    plain = unicodedata.normalize("NFKD", f"{family}{document.publication.published[:4]}{word}")
    return re.sub(r"[^a-z0-9]", "", plain.lower()) or "source"


class _Facts:
    def __init__(
        self, document: Document, page: str, link: str, today: str, letter: str = ""
    ) -> None:
        self.document = document
        self.names = [name_of(author) for author in document.authors if author.strip()]
        self.title = " ".join(document.title.split()).rstrip(".")
        self.journal = " ".join(document.publication.journal.split()).rstrip(".")
        self.year = document.publication.published[:4]
        self.dated = f"{self.year}{letter}" if self.year else ""
        self.volume, self.issue = document.publication.volume, document.publication.issue
        self.pages = whole_range(document.publication.pages)
        # What the journal's name is of another kind of work.
        self.book = self.journal if document.kind == "chapter" else ""
        self.school = self.journal if document.kind == "thesis" else ""
        self.doi = document.publication.doi
        self.page, self.link, self.today = page, link, today

    @property
    def address(self) -> str:
        """Where the document is on the web, when it has no DOI."""
        return "" if self.doi else self.document.publication.address

    @property
    def source(self) -> str:
        """What else is known of a file that says nothing of itself."""
        bare = not (self.names or self.journal or self.doi or self.address)
        return self.document.source if bare else ""


def _vancouver(facts: _Facts) -> str:
    authors = _listed(facts.names, 6, 6)
    seen = ""
    if facts.address and facts.today:
        seen = _day(facts.today, " [cited {year} {short} {day}]")
    parts = [authors, facts.title]
    pages = short_range(facts.pages)
    if facts.school:
        parts[-1] += " [dissertation]"
        parts.append(f"{facts.school}; {facts.year}".rstrip("; ") + seen)
    elif facts.book:
        parts += [f"In: {facts.book}", facts.year + seen, f"p. {pages}" if pages else ""]
    else:
        parts += [facts.journal, (_where(facts, pages) + seen).strip()]
    line = _sentences(parts)
    if facts.doi:
        line += f" doi:{facts.doi}"
        line += (
            f". PMID: {facts.document.publication.pmid}" if facts.document.publication.pmid else ""
        )
    elif facts.address:
        line += f" Available from: {facts.address}"
    return _with_page(line + _file(facts), facts.page)


def _where(facts: _Facts, pages: str) -> str:
    """Year, volume, issue and pages, as far as they are known: "2021;12(3):1-9", "2018:2039"."""
    issue = f"({facts.issue})" if facts.issue else ""
    volume = f";{facts.volume}{issue}" if facts.volume or issue else ""
    where = f"{facts.year}{volume}" + (f":{pages}" if pages else "")
    return where.lstrip(";:")


def _ama(facts: _Facts) -> str:
    authors = _listed(facts.names, 6, 3)
    where = _where(facts, facts.pages.replace("–", "-"))
    parts = [authors, facts.title, _italic(facts.journal), where]
    if facts.school:
        parts = [authors, f"{_italic(facts.title)} [dissertation]", facts.school, facts.year]
    elif facts.book:
        parts[2:] = [f"In: {_italic(facts.book)}", where]
    line = _sentences(parts)
    if facts.doi:
        line += f" doi:{facts.doi}"
    elif facts.address:
        line += _day(facts.today, " Accessed {month} {day}, {year}.") if facts.today else ""
        line += f" {facts.address}"
    return _with_page(line + _file(facts), facts.page)


def _apa(facts: _Facts) -> str:
    names = [_initials_after(name, ". ", ", ") for name in facts.names]
    if len(names) > 20:
        authors = ", ".join(names[:19]) + ", … " + names[-1]
    elif len(names) > 1:
        authors = ", ".join(names[:-1]) + ", & " + names[-1]
    else:
        authors = "".join(names)
    year = f"({facts.dated or 'n.d.'})"
    title = facts.title if facts.journal else _italic(facts.title)
    journal = ""
    if facts.school:
        title = f"{_italic(facts.title)} [Doctoral dissertation, {facts.school}]"
    elif facts.book:
        journal = f"In {_italic(facts.book)}" + (f" (pp. {facts.pages})" if facts.pages else "")
    elif facts.journal:
        inner = facts.journal + (f", {facts.volume}" if facts.volume else "")
        journal = _italic(inner)
        journal += f"({facts.issue})" if facts.issue else ""
        journal += f", {facts.pages}" if facts.pages else ""
    parts = [authors, year, title, journal] if authors else [title, year, journal]
    line = _sentences(parts)
    if facts.doi:
        line += f" https://doi.org/{facts.doi}"
    elif facts.address:
        line += f" {facts.address}"
    return _with_page(line + _file(facts), facts.page)


def _harvard(facts: _Facts) -> str:
    names = [_initials_after(name, ".", ", ") for name in facts.names]
    if len(names) > 3:
        authors = f"{names[0]} {_italic('et al.')}"
    else:
        authors = " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    year = f"({facts.dated or 'no date'})"
    titled = facts.journal and not facts.school
    title = f"‘{facts.title}’" if titled else _italic(facts.title)
    parts = [f"{authors} {year} {title}".strip() if authors else f"{title} {year}"]
    if facts.school:
        parts.append(f"PhD thesis. {facts.school}")
    elif facts.book:
        parts.append(f"in {_italic(facts.book)}")
    elif facts.journal:
        parts.append(_italic(facts.journal))
    if facts.volume:
        parts.append(facts.volume + (f"({facts.issue})" if facts.issue else ""))
    if facts.pages:
        several = "–" in facts.pages or "," in facts.pages
        parts.append(("pp. " if several else "p. ") + facts.pages)
    line = ", ".join(parts) + "."
    if facts.doi:
        line += f" doi:{facts.doi}."
    elif facts.address:
        seen = _day(facts.today, " (Accessed: {day} {month} {year})") if facts.today else ""
        line += f" Available at: {facts.address}{seen}."
    return _with_page(line + _file(facts), facts.page)


def _short(facts: _Facts) -> str:
    page = f", p. {facts.page}" if facts.page else ""
    return f"({_who(facts)}, {facts.dated or 'n.d.'}{page})"


def _markdown(facts: _Facts) -> str:
    page = f", p. {facts.page}" if facts.page else ""
    told = f"{_who(facts)} {facts.dated or 'n.d.'}{page}"
    told = re.sub(r"([\\\[\]*_`<>])", r"\\\1", told)
    address = facts.link or (f"https://doi.org/{facts.doi}" if facts.doi else facts.address)
    return f"[{told}]({address})" if address else told


def _bibtex(facts: _Facts) -> str:
    page = f"[p.~{facts.page}]" if facts.page else ""
    return rf"\cite{page}{{{key_of(facts.document)}}}"


def _who(facts: _Facts) -> str:
    """The authors in a word or two; the title where there are none."""
    names = [name.family for name in facts.names]
    if not names:
        title = facts.title
        return title if len(title) <= 40 else title[:39].rstrip() + "…"
    if len(names) > 2:
        return f"{names[0]} et al."
    return " & ".join(names)


def _family_first(name: Name) -> str:
    return " ".join(filter(None, (name.family, name.initials(), name.suffix)))


def _initials_after(name: Name, after: str, comma: str) -> str:
    initials = name.initials(after.strip(), " " if after.endswith(" ") else "")
    line = name.family + (comma + initials if initials else "")
    return line + (f", {name.suffix}." if name.suffix in ("Jr", "Sr") else "")


def _listed(names: Sequence[Name], most: int, kept: int) -> str:
    """All names up to `most`; of more, the first `kept` and "et al"."""
    if len(names) <= most:
        return ", ".join(map(_family_first, names))
    return ", ".join(map(_family_first, names[:kept])) + ", et al"


def _sentences(parts: Sequence[str]) -> str:
    """The parts one after the other, each with its full stop."""
    line = ""
    for part in filter(None, parts):
        bare = part.replace("\x02", "")
        line += part + ("" if bare[-1] in ".?!" else ".") + " "
    return line.rstrip()


def _with_page(line: str, page: str) -> str:
    return f"{line.rstrip('.')}, p. {page}." if page else line


def _file(facts: _Facts) -> str:
    return f" ({facts.source})" if facts.source else ""


def _italic(text: str) -> str:
    return f"\x01{text}\x02" if text else ""


def _day(date: str, form: str) -> str:
    """A day in a form like "{day} {month} {year}"; `short` is the month in three letters."""
    year, month, day = (int(part) for part in date.split("-"))
    name = _MONTHS[month - 1]
    return form.format(year=year, month=name, short=name[:3], day=day)

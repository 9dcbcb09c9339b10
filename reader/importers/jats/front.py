"""What the front of an article in JATS says about it.

Source: https://jats.nlm.nih.gov/archiving/tag-library/1.3/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reader.importers.common.elements import Element, tag_of
from reader.importers.common.xml_tree import address_of, all_of, one_of, text_in
from reader.model.identifiers import doi_of, pmid_of

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_MONTHS = {
    name: number
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
# As readers are given it first.
_DATES = ("epub", "epub-ppub", "ppub", "pub", "collection")
_LICENCE = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/([a-z+-]+)/(\d\.\d)", re.I)
_TERMS = {"NonCommercial": "NC", "Non-Commercial": "NC", "NoDerivs": "ND", "ShareAlike": "SA"}


def facts_of(article: Element) -> dict[str, Any]:
    """The fields of a Document that the front says, without its title."""
    meta = one_of(article, "front", "article-meta")
    if meta is None:
        meta = one_of(article, "front-stub")
    facts: dict[str, Any] = {"language": language_of(article)}
    journal = one_of(article, "front", "journal-meta")
    if journal is not None:
        names = [*all_of(journal, "journal-title-group", "journal-title")]
        names += all_of(journal, "journal-title")
        names += [one for one in all_of(journal, "journal-id") if _names(one)]
        facts["journal"] = text_in(names[0]) if names else ""
    return facts if meta is None else facts | facts_in(meta)


def language_of(element: Element) -> str:
    """The language that an element says it is in, or ""."""
    return (element.get(_LANGUAGE) or "").lower()


def facts_in(meta: Element) -> dict[str, Any]:
    """The fields of a Document that the front of an article or of a part of a book says."""
    facts: dict[str, Any] = {}
    ids = {
        one.get("pub-id-type") or one.get("book-id-type") or "": text_in(one)
        for one in meta
        if tag_of(one) in ("article-id", "book-part-id", "book-id")
    }
    doi, pmid = ids.get("doi", ""), ids.get("pmid", "")
    facts |= {"doi": doi_of(doi) or doi, "pmid": pmid_of(pmid) or pmid}
    facts["replaces"] = tuple(dict.fromkeys(_replaces(meta)))
    facts["authors"] = tuple(_authors(meta))
    facts["published"] = _published(meta)
    facts["licence"] = _licence(meta)
    first, last = text_in(one_of(meta, "fpage")), text_in(one_of(meta, "lpage"))
    pages = first if last in ("", first) else f"{first}–{last}"
    facts["pages"] = pages or text_in(one_of(meta, "elocation-id"))
    facts |= {name: text_in(one_of(meta, name)) for name in ("volume", "issue")}
    return facts


def _replaces(meta: Element) -> Iterator[str]:
    """The DOIs of the article's own earlier versions, as its history of publication lists them.

    Source: JATS 1.3, <pub-history> and <self-uri>.
    """
    for event in all_of(meta, "pub-history", "event"):
        for one in event.iter("{*}self-uri", "{*}article-id"):
            if doi := doi_of(address_of(one) or text_in(one)):
                yield doi


def _names(journal_id: Element) -> bool:
    """Whether it is the journal's short title, and no sign of its publisher."""
    return journal_id.get("journal-id-type") in ("nlm-ta", "iso-abbrev")


def _authors(meta: Element) -> Iterator[str]:
    for group in all_of(meta, "contrib-group"):
        for one in all_of(group, "contrib"):
            if one.get("contrib-type", "author") != "author":
                continue
            names = list(one.iter("{*}name", "{*}string-name", "{*}collab"))
            name = name_of(names[0]) if names else ""
            if name:
                yield name


def name_of(name: Element, initials: bool = False) -> str:
    """A name as it is said, or with `initials` as it is listed."""
    if tag_of(name) == "collab":
        return _group_of(name)
    parts = {tag_of(part): text_in(part) for part in reversed(name)}
    surname, given, suffix = (parts.get(one, "") for one in ("surname", "given-names", "suffix"))
    if not surname:
        return text_in(name)
    if initials:
        return " ".join(filter(None, (surname, given, suffix)))
    return " ".join(filter(None, (given, surname, suffix)))


def _group_of(collab: Element) -> str:
    """The name of a group of authors, without its members and where they work."""
    said = [collab.text or ""]
    for child in collab:
        if tag_of(child) not in ("contrib-group", "xref", "fn", "aff", "address"):
            said.append(text_in(child))
        said.append(child.tail or "")
    return " ".join("".join(said).split())


def _published(meta: Element) -> str:
    dates: dict[str, str] = {}
    for date in all_of(meta, "pub-date"):
        kind = date.get("pub-type") or date.get("date-type") or "pub"
        dates.setdefault(kind, _date(date))
    found = [dates[kind] for kind in _DATES if dates.get(kind)]
    return found[0] if found else next(filter(None, dates.values()), "")


def _date(date: Element) -> str:
    year, month, day = (text_in(one_of(date, name)) for name in ("year", "month", "day"))
    if not re.fullmatch(r"\d{4}", year):
        return ""
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3].lower(), 0)
    if not 1 <= number <= 12:
        return year
    if not (day.isdigit() and 1 <= int(day) <= 31):
        return f"{year}-{number:02}"
    return f"{year}-{number:02}-{int(day):02}"


def _licence(meta: Element) -> str:
    licence = one_of(meta, "permissions", "license")
    if licence is None:
        return text_in(one_of(meta, "permissions", "copyright-statement"))[:200]
    places = [address_of(element) for element in licence.iter()] + [text_in(licence)]
    for place in places:
        if found := _LICENCE.search(place):
            return f"CC {found[1].upper()} {found[2]}"
    words = text_in(licence)
    if "Creative Commons Attribution" in words:
        return "CC " + "-".join(["BY", *(sign for said, sign in _TERMS.items() if said in words)])
    return words[:200]

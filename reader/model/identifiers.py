"""Digital object identifiers and PubMed ids as files write them.

Source: DOI Handbook, 2.2 (a DOI is any printable characters after "10.", a registrant and "/");
ANSI/NISO Z39.56 (SICI), whose "<1661::AID-SIM968>3.0.CO;2-2" many older DOIs end in.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

# What stands before a DOI as an address or a label; as an address its signs may be encoded.
_ADDRESS = r"https?://(?:(?:dx|www)\.)?doi\.org/"
_PREFIX = re.compile(rf"\s*(?:{_ADDRESS}|(?:info:|urn:)?doi\s*[:/]?\s*)", re.IGNORECASE)
# Angle brackets and a semicolon belong to a DOI only as a SICI has them: those of markup, and the
# semicolon that parts a DOI from what follows, do not.
_SUFFIX = (
    r"(?:[^\s<>\"“”;]"
    r"|<[\w.()/\-]*:[^\s<>\"“”;]*>"
    r"|(?<=CO);(?=\d))+"
)
_IN_TEXT = re.compile(
    rf"(?<![\w.])(?P<address>{_ADDRESS})?(?P<doi>10\.\d{{4,9}}(?:\.\d+)*/{_SUFFIX})", re.I
)
_WHOLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_PMID = re.compile(
    r"\s*(?:https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/|"
    r"(?:info:)?pmid\s*[:/]?\s*)?(\d{1,9})/?\s*",
    re.I,
)


def find_doi(text: str) -> str:
    """The first DOI in running text, whole, or ""."""
    found = _IN_TEXT.search(text)
    if found is None:
        return ""
    doi = found["doi"]
    if found["address"]:
        doi = unquote(re.split(r"[?#]", doi)[0])
    return _without_what_follows(doi)


def doi_of(value: str) -> str:
    """The DOI that a field holds and nothing else, with or without its prefix, or ""."""
    prefix = _PREFIX.match(value)
    bare = value[prefix.end() :] if prefix else value
    if prefix and "//" in prefix[0]:
        bare = unquote(re.split(r"[?#]", bare)[0])
    bare = bare.strip()
    return _without_what_follows(bare) if _WHOLE.fullmatch(bare) else ""


def pmid_of(value: str) -> str:
    """The PubMed id that a field holds and nothing else, or ""."""
    found = _PMID.fullmatch(value)
    return found[1] if found and value.isascii() else ""


def same_doi(one: str, other: str) -> bool:
    """Whether two DOIs name one thing: capitals do not count in them."""
    return bool(one) and comparable(one) == comparable(other)


def comparable(doi: str) -> str:
    """A DOI as it is compared."""
    return (doi_of(doi) or doi.strip()).lower()


def _without_what_follows(doi: str) -> str:
    """A DOI without the signs of the sentence that it stands in: a full stop, a bracket opened
    before it."""
    while doi and (doi[-1] in ".,;:'’*" or _is_opened_before(doi)):
        doi = doi[:-1]
    return doi


def _is_opened_before(doi: str) -> bool:
    opening = _PAIRS.get(doi[-1])
    return opening is not None and doi.count(doi[-1]) > doi.count(opening)


def bare_address(address: str) -> str:
    """An address as it is compared: without scheme, "www.", fragment and last slash."""
    _, _, rest = address.partition("://")
    return rest.partition("#")[0].removeprefix("www.").rstrip("/").casefold()

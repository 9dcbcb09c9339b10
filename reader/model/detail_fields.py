"""What may stand in the details of a document that are more than words: dates, DOI, PubMed id."""

from __future__ import annotations

import re
from datetime import date

from reader.model.identifiers import doi_of, pmid_of

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def checked(field: str, untrusted: str) -> tuple[str, str]:
    """A typed value as it is kept, and what is wrong with it, "" when nothing is.

    A date is a year, a month or a day of the calendar; a DOI and a PubMed id lose their prefix.
    """
    value = untrusted.strip()
    if not value:
        return "", ""
    if field in ("published", "updated"):
        return value, "" if _is_date(value) else "Write a date as 2021, 2021-03 or 2021-03-12."
    if field == "doi":
        found = doi_of(value)
        return (
            found or value,
            "" if found else "A DOI looks like 10.1000/182.",
        )
    if field == "pmid":
        found = pmid_of(value)
        return found or value, "" if found else "A PubMed id is a number of up to nine digits."
    return value, ""


def _is_date(value: str) -> bool:
    found = _DATE.fullmatch(value)
    if found is None:
        return False
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True

"""Times as files of notes say them, in the languages of the devices that write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

_ZONE = re.compile(r"(Z|[+-]\d\d:?\d\d)$")
# The months in the languages of Kindles: English, German, French, Spanish, Italian, Portuguese,
# Dutch, Russian, Turkish, Polish, Swedish, Danish, Norwegian. An abbreviation is its beginning.
_MONTHS = [
    "january januar janvier enero gennaio janeiro januari января январь ocak stycznia styczen",
    "february februar fevrier febrero febbraio fevereiro februari февраля февраль subat lutego "
    "luty",
    "march marz mars marzo marco maart марта март mart marca marzec",
    "april avril abril aprile апреля апрель nisan kwietnia kwiecien",
    "may mai mayo maggio maio mei мая май mayis maja maj",
    "june juni juin junio giugno junho июня июнь haziran czerwca czerwiec",
    "july juli juillet julio luglio julho июля июль temmuz lipca lipiec",
    "august aout agosto augustus augusti августа август agustos sierpnia sierpien",
    "september septembre septiembre settembre setembro сентября сентябрь eylul wrzesnia wrzesien",
    "october oktober octobre octubre ottobre outubro октября октябрь ekim pazdziernika pazdziernik",
    "november novembre noviembre novembro ноября ноябрь kasim listopada listopad",
    "december dezember decembre diciembre dicembre dezembro декабря декабрь aralik grudnia "
    "grudzien",
]
_SHORTEST = 3
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:\.|º|er|st|nd|rd|th)?\s+(?:de\s+|of\s+)?(?P<m>[^\W\d_]{3,})\.?"
    r"(?:\s+de(?:l)?)?,?\s+(?P<y>\d{4})(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?P<m>[^\W\d_]{3,})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})(?!\d)"
)
_FAR_EAST = re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]")
_CLOCK = re.compile(
    r"(?P<before>上午|下午|午前|午後|오전|오후)?\s*(?<!\d)(?P<h>\d{1,2})[:.hч時时시]\s*(?P<min>\d\d)"
    r"(?:\s*(?:min|[:.分분])?\s*(?P<s>\d\d))?\s*(?P<half>[AaPp]\.?\s?[Mm])?"
)
_AFTERNOON = ("下午", "午後", "오후")
_UNKNOWN = (KeyError, ValueError, OverflowError, OSError)


def time_of(untrusted: object) -> str:
    """A time as UTC, ISO 8601; "" when it is none that we understand.

    Seconds since 1970, ISO 8601 with or without a zone, and a day in words are: "3 March 2014
    10:11:12", "3. März 2014", "2014年3月3日". One without a zone is of the clock of this computer.
    """
    moment = _moment(untrusted)
    try:
        return _said(moment.astimezone(UTC)) if moment else ""
    except _UNKNOWN:
        return ""


def told_time_of(untrusted: object) -> str:
    """The same where the clock of this computer counts for nothing: the same on every computer."""
    moment = _moment(untrusted)
    if moment is None or moment.tzinfo is not None:
        return time_of(untrusted)
    return _said(moment.replace(tzinfo=UTC))


def _moment(untrusted: object) -> datetime | None:
    """The time with its zone, as far as it has one."""
    if isinstance(untrusted, bool) or untrusted in (None, "", 0):
        return None
    try:
        if isinstance(untrusted, int | float):
            seconds = untrusted / 1000 if untrusted > 1e11 else untrusted
            return datetime.fromtimestamp(seconds, UTC)
        text = str(untrusted).strip()
        if re.fullmatch(r"\d{4}-\d\d-\d\d.*", text, re.S):
            return datetime.fromisoformat(text.replace("Z", "+00:00"))
        return _in_words(text)
    except _UNKNOWN:
        return None


def _in_words(text: str) -> datetime | None:
    for pattern in (_FAR_EAST, _DAY_FIRST, _MONTH_FIRST):
        for found in pattern.finditer(text):
            month = int(found["m"]) if found["m"].isdigit() else _month(found["m"])
            if not month:
                continue
            hour = minute = second = 0
            if clock := _CLOCK.search(text, found.end()):
                hour, minute, second = int(clock["h"]), int(clock["min"]), int(clock["s"] or 0)
                half = (clock["half"] or "")[:1].casefold()
                if half or clock["before"]:
                    late = half == "p" or clock["before"] in _AFTERNOON
                    hour = hour % 12 + 12 * late
            return datetime(int(found["y"]), month, int(found["d"]), hour, minute, second)
    return None


def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it; 0 for no month."""
    bare = "".join(
        c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c)
    ).replace("ı", "i")
    # й is и with a sign, as ü is u.
    names = [unicodedata.normalize("NFD", line).replace("\u0306", "").split() for line in _MONTHS]
    for number, known in enumerate(names, 1):
        if bare in known:
            return number
    for number, known in enumerate(names, 1):
        if len(bare) >= _SHORTEST and any(one.startswith(bare) for one in known):
            return number
    return 0


def _said(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")

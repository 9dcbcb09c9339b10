"""How times are said in the window: days in the system's short form, spans as people say them."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, Qt, QTime

_ISO_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_HOUR, _LONG_HOURS = 60, 10


def _local(time: str | datetime) -> datetime:
    if isinstance(time, str):
        time = datetime.fromisoformat(time.replace("Z", "+00:00"))
    return time.astimezone()


def _has_language() -> bool:
    """Whether the system says how it writes dates; else they are written as ISO 8601 does."""
    return QLocale().language() != QLocale.Language.C


def _day(year: int, month: int, day: int) -> str:
    date = QDate(year, month, day)
    if not _has_language():
        return date.toString(Qt.DateFormat.ISODate)
    return QLocale().toString(date, QLocale.FormatType.ShortFormat)


def short_day(time: str | datetime) -> str:
    """The day of a UTC time in the system's short form; "" for none."""
    if not time:
        return ""
    local = _local(time)
    return _day(local.year, local.month, local.day)


def clock_time(time: str | datetime) -> str:
    """What a clock showed at a UTC time, in the system's short form."""
    local = _local(time)
    if not _has_language():
        return f"{local:%H:%M}"
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def short_moment(time: str | datetime) -> str:
    """The day and the clock of a UTC time in the system's short form; "" for none."""
    return f"{short_day(time)}, {clock_time(time)}" if time else ""


def published_day(date: str) -> str:
    """A date that may be a year or a month alone ("2021", "2021-03"), as the system writes it."""
    found = _ISO_DAY.fullmatch(date)
    if found is None:
        return date
    year, month, day = (int(part or 0) for part in found.groups())
    if day and QDate.isValid(year, month, day):
        return _day(year, month, day)
    if not day and 1 <= month <= 12:
        return f"{QLocale().standaloneMonthName(month)} {year}"
    return date


def time_needed(minutes: int) -> str:
    """So many minutes as people say them: "3 min", "1 h 20 min", "19 h"."""
    if minutes < _HOUR:
        return f"{minutes} min"
    hours, rest = divmod(5 * round(minutes / 5), _HOUR)
    if rest and hours < _LONG_HOURS:
        return f"{hours} h {rest} min"
    return f"{round(minutes / _HOUR)} h"


def kind_and_time(kind: str, minutes: int) -> str:
    """What a document is, and how long it is."""
    return f"{'PDF' if kind == 'pdf' else kind.capitalize()} · {time_needed(minutes)}"

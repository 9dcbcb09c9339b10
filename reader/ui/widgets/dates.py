"""How times are said in rows and bars."""

from __future__ import annotations

from datetime import datetime


def short_day(time: str) -> str:
    """A time as a day that is read at a glance: "12 Mar", with the year when it is another."""
    if not time:
        return ""
    day = datetime.fromisoformat(time.replace("Z", "+00:00")).astimezone()
    this_year = datetime.now().astimezone().year
    return f"{day.day} {day:%b}" + ("" if day.year == this_year else f" {day.year}")

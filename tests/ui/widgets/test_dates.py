"""How times are said in rows and bars."""

from __future__ import annotations

from datetime import datetime

from reader.ui.widgets.dates import short_day


def test_a_day_has_its_year_only_when_it_is_another() -> None:
    now = datetime.now().astimezone()
    assert short_day(now.isoformat()) == f"{now.day} {now:%b}"
    assert short_day("2019-03-12T12:00:00Z") == "12 Mar 2019"
    assert short_day("") == ""

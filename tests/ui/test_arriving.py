"""The section that one has gone to is the one that is read, wherever on the page it stands."""

from __future__ import annotations

from reader.model.span import Span
from reader.session.session import Session


def section(session: Session) -> str:
    now = session.navigation.location.section
    return now.title if now is not None else ""


def arrive(session: Session, title: str, first: int, *, at_end: bool) -> int:
    """Goes to a section, while the view can only show what begins at `first` at its upper edge."""
    document = session.current.document
    assert document is not None
    start = next(one.span.start for one in document.sections if one.title == title)
    end = len(document.text) if at_end else first

    def view(_span: Span) -> None:
        session.navigation.report_location(first, 0.0, end)

    session.navigation.scroll_requested.connect(view)
    session.navigation.go_to(Span(start, start))
    session.navigation.scroll_requested.disconnect(view)
    return start


def test_a_section_at_the_end_of_the_text_is_the_one_being_read(session: Session) -> None:
    told: list[str] = []
    session.navigation.location_changed.connect(lambda _: told.append(section(session)))
    arrive(session, "Questions", 40, at_end=True)
    assert section(session) == told[-1] == "Questions"
    # The view finds its end a little higher a moment later.
    assert session.current.document is not None
    length = len(session.current.document.text)
    session.navigation.report_location(30, 0.0, length)
    assert section(session) == "Questions"
    session.navigation.report_location(29, 0.0, 29)
    assert section(session) != "Questions"
    session.navigation.report_location(40, 0.0, length)
    assert section(session) != "Questions"


def test_a_line_that_stays_above_a_heading_does_not_count(session: Session) -> None:
    assert session.current.document is not None
    second = session.current.document.sections[1].span.start
    arrive(session, "Side Effects", second - 5, at_end=False)
    assert section(session) == "Side Effects"
    session.navigation.report_location(second + 5, 0.0, second + 5)
    assert section(session) == "Uses Of Ketamine"

"""Leaflets of one name and title: two strengths stay two, a revision is asked about and parted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reader.ui.library.editions_dialog import EditionsDialog
from tests.journeys.conftest import Person
from tests.ui.samples import mark

Start = Callable[..., Person]

LEAFLET = """<html><head><title>Package leaflet</title></head><body><h1>Package leaflet</h1>
<h2>What it is</h2><p>Quietamine belongs to a group of medicines that slow the heart. It is given
to people whose heart runs without a reason, and it works within an hour of being swallowed.</p>
<h2>How to take it</h2><p>Take one tablet in the morning with a glass of water. If you forget one,
take it as soon as you think of it, and never two at once. Do not stop without asking.</p>
<h2>What is in it</h2><p>Each tablet contains {dose} of quietamine. The other things in it are
starch and a little sugar, which matters to nobody but those who cannot bear them.</p>
</body></html>"""


def taken_in(start: Start, folder: Path, *texts: str) -> Person:
    """Somebody who has taken these in one after the other, all of one name, marking the first."""
    person: Person | None = None
    for number, text in enumerate(texts):
        path = folder / str(number) / "leaflet.html"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        if person is None:
            person = start("anna", path)
            mark(person.session, "Each tablet contains", note="Half of it for the frail")
        else:
            person.session.imports.add([path])
            person.idle()
    assert person is not None
    return person


def test_two_strengths_are_two_documents(start: Start, tmp_path: Path) -> None:
    weak, strong = LEAFLET.format(dose="2.5 mg"), LEAFLET.format(dose="5 mg")
    person = taken_in(start, tmp_path, weak, strong)
    session, window = person.session, person.window
    assert session.current.document is not None
    assert "contains 5 mg" in session.current.document.text
    # No note of the one stands on the other, nothing is asked, and both are in the list.
    assert session.annotations.all == ()
    assert window.middle.offer_bar.sentence == ""
    assert window.left.library.offers.isHidden()
    leaflets = [entry for entry in session.catalog.entries if entry.source == "leaflet.html"]
    assert len(leaflets) == 2
    session.navigation.open(
        next(one.id for one in leaflets if one.id != session.current.document.id)
    )
    assert "contains 2.5 mg" in session.current.document.text
    assert person.only_note().note == "Half of it for the frail"
    # And both are found.
    session.search.find("quietamine")
    person.until(lambda: session.search.state.library.total == 4)
    assert {hit.document_id for hit in session.search.state.library.hits} == {
        e.id for e in leaflets
    }


def test_a_revision_is_asked_about_joined_and_parted_again(start: Start, tmp_path: Path) -> None:
    first = LEAFLET.format(dose="5 mg")
    second = first.replace("within an hour", "within half a day")
    person = taken_in(start, tmp_path, first, second)
    session, window = person.session, person.window
    bar = window.middle.offer_bar
    assert bar.sentence.startswith("This looks like a newer edition of “Package leaflet”")
    assert window.left.library.offers.text() == "1 document may be another edition…"
    bar.accept.click()
    person.idle()
    assert session.current.document is not None
    latest = session.current.document.id
    assert person.only_note().target.document_id == latest
    assert len([one for one in session.catalog.entries if one.source == "leaflet.html"]) == 1

    dialog = EditionsDialog(session, latest, window)
    dialog.part.click()
    person.idle()
    leaflets = [one for one in session.catalog.entries if one.source == "leaflet.html"]
    assert len(leaflets) == 2
    assert session.annotations.all == ()
    session.navigation.open(next(one.id for one in leaflets if one.id != latest))
    assert person.only_note().note == "Half of it for the frail"
    assert bar.sentence == ""

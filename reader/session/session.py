"""The application's verbs and its one voice: widgets call Session and listen to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.model.annotation import Annotation
from reader.model.deep_link import SCHEME
from reader.paths import Paths
from reader.problem import Problem
from reader.session.background import Jobs
from reader.session.citations import Citing
from reader.session.current_document import Place
from reader.session.drafts import Drafts
from reader.store.backups import backup, backups, restore, verify_notes
from reader.store.copies import Backup
from reader.store.library import Library
from reader.store.lost import DamagedNotes
from reader.store.notes import Notes, open_notes
from reader.workers import tasks

if TYPE_CHECKING:
    from reader.services.note_export import Given, Wanted

__all__ = ["Place", "Session"]


class Session(Citing):
    """What the person does, as verbs, and what then is so, as signals.

    Each base adds the verbs of one room: Voice (state and signals), Marking, Opening, Searching,
    Shelf, Outlining, Noting, Printing, Drawing, Citing. Only this class emits application signals.
    """

    def __init__(self, paths: Paths, library: Library, notes: Notes, user: str, jobs: Jobs) -> None:
        super().__init__(paths, library, notes, user, jobs)
        self.drafts = Drafts(self._notes, self._apply)
        self.drafts.failed.connect(self.failed)
        # What a worker takes up, it also indexes.
        self.indexed.connect(self._tell_of_finds)
        self._notes.keep_in_mind(self._in_memory)

    def _in_memory(self) -> tuple[Annotation, ...]:
        return self.annotations

    def begin(self, files: Sequence[str] = ()) -> None:
        """Starts the work behind the window: once it has been painted, never before.

        Of `files`, names are taken in and opened, addresses of ours followed.
        """
        self._jobs.run(
            "index",
            tasks.back_up,
            str(self._notes.path),
            then=lambda _: None,
            failed=self._not_backed_up,
        )
        for address in files:
            if address.startswith(SCHEME):
                self.follow(address)
        if clashes := self.paths.clashes():
            self.tell(" ".join(clashes))
        self._tell_of_finds()
        names = [name for name in files if not name.startswith(SCHEME)]
        if names:
            self.open_files(names)
        else:
            self.watch()

    def _tell_of_finds(self, _document_id: str = "") -> None:
        """Says what was found in the folders of documents; a worker may have done so meanwhile."""
        try:
            notices = self.library.adoption.take_notices()
        except Problem as problem:
            self.failed.emit(problem)
            return
        if notices:
            self.library_changed.emit()
            self.failed.emit(Problem(" ".join(notices)))

    def _not_backed_up(self, problem: Problem) -> None:
        """Notes with faults are written again as their history has them, before anybody is told."""
        if self._mend():
            self.failed.emit(problem)

    def _mend(self) -> bool:
        try:
            return bool(self._notes.mend())
        except Problem as problem:
            self.failed.emit(problem)
            return False

    def refresh(self) -> None:
        """Shows what another window or a command has done meanwhile to the library or to this
        user's notes."""
        if self.library.news():
            self.library_changed.emit()
            if self.document is None:
                self.start()
        if self.document is not None and self.document.id in self._notes.news():
            self._place_annotations()
            self.changed.emit(())

    @property
    def busy(self) -> bool:
        """Whether work is under way behind the window."""
        return self._jobs.busy

    def every_note(self) -> list[Annotation]:
        """All notes but those in the trash."""
        try:
            return self._notes.all()
        except Problem as problem:
            self.failed.emit(problem)
            return []

    def exported(self, notes: Iterable[Annotation], format_name: str, template: str = "") -> str:
        """Notes in a format.

        Raises:
            Problem: when the template is broken.
        """
        from reader.services.note_export import as_text, meanings_of, notebook

        made = notebook(self.library, notes, self.user, meanings_of(self._notes))
        return as_text(format_name, made, template)

    def export(self, wanted: Wanted, format_name: str, target: str, template: str = "") -> None:
        """Writes notes to a file, in a worker, and says how many."""
        from reader.services.note_export import export

        self._jobs.run(
            "notes",
            export,
            str(self.paths.data),
            self.user,
            wanted,
            format_name,
            target,
            template,
            then=self._given,
            failed=self.failed.emit,
        )

    def _given(self, given: Given) -> None:
        self.tell(str(given))

    def switch_user(self, name: str) -> None:
        """Closes this user's notes and opens another's, new ones for a new name."""
        try:
            name = self.paths.user(name).name
        except Problem as problem:
            self.failed.emit(problem)
            return
        if name == self.user or not self._may_leave():
            return
        self.save_position()
        try:
            notes = open_notes(self.paths, name)
        except DamagedNotes as damaged:
            if damaged.backup is None:
                self.failed.emit(damaged)
            else:
                put_back = partial(self._restore_and_switch, name, damaged.backup)
                self.offered.emit(damaged.sentence, "Restore", put_back)
            return
        except Problem as problem:
            self.failed.emit(problem)
            return
        self._notes.close()
        self._begin_anew(notes, name)

    def _restore_and_switch(self, name: str, chosen: Backup) -> None:
        try:
            said = restore(self.paths.notes(name), chosen)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.switch_user(name)
        self.tell(said)

    @property
    def backups(self) -> list[Backup]:
        """The copies of this user's notes, the latest first."""
        return backups(self._notes.path)

    def back_up(self) -> None:
        """Makes a checked copy of the notes now."""
        try:
            made = backup(self._notes.path)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.tell(f"The notes are backed up in “{made.name}”.")

    def restore_backup(self, chosen: Backup) -> None:
        """Puts a copy in the place of the notes; what was there is kept beside it."""
        if not self._may_leave():
            return
        if found := verify_notes(chosen.path):
            self.failed.emit(Problem(f"This backup has faults: {found[0]}"))
            return
        self.save_position()
        path = self._notes.path
        self._notes.close()
        said: str | Problem
        try:
            said = restore(path, chosen)
        except Problem as problem:
            said = problem
        self._begin_anew(open_notes(self.paths, self.user), self.user)
        if isinstance(said, Problem):
            self.failed.emit(said)
        else:
            self.tell(said)

    def _begin_anew(self, notes: Notes, name: str) -> None:
        self._notes = notes
        self._notes.keep_in_mind(self._in_memory)
        self.drafts.reset(notes)
        self.user = name
        self.document = None
        self.is_earlier = False
        self.annotations = ()
        self.spans = {}
        self._back.clear()
        self._forward.clear()
        self.finding.ask("")
        self.answered.emit()
        self.history_changed.emit()
        self.user_changed.emit(name)
        self.start()

    def close(self) -> None:
        """Writes the position down and ends the workers."""
        self.leaving.emit()
        self.save_position()
        self.drafts.close()
        self._jobs.close()
        self._notes.close()

"""What is said at the end of an import, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from reader.problem import Problem
from reader.services.import_queue import Failure, Progress
from reader.session.current_document import CurrentDocument
from reader.session.notifier import Notifier

# More locked files than these are listed only: nobody types so many passwords in a row.
MOST_ASKED = 3


def tell(
    progress: Progress,
    notifier: Notifier,
    current: CurrentDocument,
    take_in: Callable[[Iterable[Path]], None],
    show_failures: Callable[[], object],
) -> None:
    """Say what became of the files of an import, and offer what comes next.

    `take_in` imports files that were left out, `show_failures` lists those that failed.
    """
    failed = [one for one in progress.failed if one not in asked_for(progress)]
    if progress.left:
        said = f"{progress.summary} {_named(failed)}".strip()
        notifier.offer(said, "Import the Rest", partial(take_in, progress.left))
    elif len(failed) == 1:
        before = f"{progress.summary} " if progress.document_ids else ""
        notifier.error(Problem(before + failed[0].sentence))
    elif failed:
        count = len(failed)
        said = f"{progress.summary} {count} files could not be imported."
        # Not that none is there: the library holds what it held.
        none = f"None of the {count} files could be imported."
        notifier.offer(said if progress.document_ids else none, "Show Them…", show_failures)
    elif progress.document_ids and progress.total > 1:
        first = progress.document_ids[0]
        notifier.offer(progress.summary, "Show", partial(current.open, first))
    elif progress.document_ids or progress.passed_over:
        notifier.info(progress.summary)


def _named(failed: list[Failure]) -> str:
    """What is said of them where the button is another's: the menu has the rest."""
    if len(failed) > 1:
        return f"{len(failed)} others could not be imported: see File > Files Not Imported."
    return failed[0].sentence if failed else ""


def asked_for(progress: Progress) -> tuple[Failure, ...]:
    """The files whose passwords are asked for at the end: none of what was cancelled."""
    if progress.left:
        return ()
    locked = tuple(one for one in progress.failed if one.is_locked)
    return locked if len(locked) <= MOST_ASKED else ()

"""What a user looked for: the last searches, and those that are kept."""

from __future__ import annotations

from reader.session.settings import Settings
from reader.settings import RECENT_SEARCHES, SAVED_SEARCHES

MOST_RECENT = 12


class KeptSearches:
    """The searches of one user, in that user's settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def recent(self) -> tuple[str, ...]:
        """What this user looked for and found, the last first."""
        recent = self._settings.get(RECENT_SEARCHES)
        return tuple(recent)

    @property
    def saved(self) -> tuple[str, ...]:
        """What this user wants to look for again, in the order of the alphabet."""
        saved = self._settings.get(SAVED_SEARCHES)
        return tuple(saved)

    def save(self, text: str) -> None:
        """Keep a search, or forget it when it is kept already."""
        kept = set(self.saved) ^ {" ".join(text.split())} - {""}
        self._settings.set(SAVED_SEARCHES, sorted(kept, key=str.casefold))

    def remember(self, text: str) -> None:
        """Put a search that led somewhere before the last ones."""
        text = " ".join(text.split())
        if text and self.recent[:1] != (text,):
            others = [one for one in self.recent if one != text]
            self._settings.set(RECENT_SEARCHES, [text, *others][:MOST_RECENT])

"""The signs that stand beside a page where notes are."""

from __future__ import annotations

NOTE_SIGN_PX = 20

# What stands in the margin instead of the sign of a note, by the annotation's motivation.
NOTE_SIGNS = {"bookmarking": "bookmark"}

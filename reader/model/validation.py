"""What must be true of plain data before it is believed; in doubt each check raises ValueError."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from reader.model.span import Span

LONGEST_TEXT = 200_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def shaped(untrusted: Any, required: Iterable[str], defaults: dict[str, Any]) -> dict[str, Any]:
    """The object, when it has all required names and no unknown ones; others get their default.

    What an earlier Offprint wrote lacks the fields that came later.
    """
    if type(untrusted) is not dict or not set(required) <= untrusted.keys() <= defaults.keys():
        raise ValueError("not an object with the names expected")
    return {**defaults, **untrusted}


def every(kind: type, untrusted: Any) -> Any:
    """The values, when every one is exactly of that type: True is no number here."""
    if not isinstance(untrusted, (list, tuple)):
        raise ValueError("not a list")
    if not set(map(type, untrusted)) <= {kind}:
        raise ValueError(f"not all are {kind.__name__}")
    return untrusted


def columns(untrusted: Any, width: int) -> list[tuple[Any, ...]]:
    """The rows turned into `width` columns; all rows must have that width."""
    rows = every(list, untrusted)
    if not set(map(len, rows)) <= {width}:
        raise ValueError(f"a row has not {width} values")
    return list(zip(*rows, strict=True)) if rows else [()] * width


def words(untrusted: Any) -> Any:
    """The strings, when all could be written to a file."""
    # A lone surrogate raises UnicodeEncodeError, which is a ValueError.
    "".join(every(str, untrusted)).encode()
    return untrusted


def word(untrusted: Any) -> str:
    """The string, when it could be written to a file."""
    return str(words([untrusted])[0])


def whole_text(untrusted: Any) -> str:
    """A document's text: not too long, no control characters but line ends and tabs."""
    text = word(untrusted)
    if len(text) > LONGEST_TEXT or _CONTROL.search(text):
        raise ValueError("the text is too long or holds control characters")
    return text


def sha256(untrusted: Any) -> str:
    """The hash in lower-case hexadecimal digits."""
    if not _SHA256.fullmatch(word(untrusted)):
        raise ValueError("no SHA-256")
    return str(untrusted)


def among(untrusted: Any, allowed: Sequence[str]) -> None:
    """Check that every value is one of those allowed."""
    if not set(every(str, untrusted)) <= set(allowed):
        raise ValueError(f"not all are one of {', '.join(allowed)}")


def distinct(untrusted: Any) -> None:
    """Check that no string is there twice."""
    if len(set(words(untrusted))) != len(untrusted):
        raise ValueError("an id is used twice")


def at_least(untrusted: Any, least: int) -> None:
    """Check that every value is a whole number, none below `least`."""
    if min(every(int, untrusted), default=least) < least:
        raise ValueError(f"a number is below {least}")


def count(untrusted: Any) -> int:
    """The whole number, not negative."""
    at_least([untrusted], 0)
    return int(untrusted)


def spans(starts: Any, ends: Any, size: int) -> list[Span]:
    """Spans of a text of `size` code points."""
    every(int, starts)
    if max(every(int, ends), default=0) > size:
        raise ValueError("a span ends beyond the text")
    return list(map(Span, starts, ends))  # Span refuses what is negative or turned round


def span_or_none(untrusted: Any, size: int) -> Span | None:
    """A span given as [start, end], or None."""
    if untrusted is None:
        return None
    [start], [end] = columns([untrusted], 2)
    return spans([start], [end], size)[0]

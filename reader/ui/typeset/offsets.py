"""Between a document's text and the places of a Qt document, exact both ways."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


class OffsetMap:
    """Leaves of the text, in order, and where each stands in a Qt document.

    Text offsets are code points; Qt positions are UTF-16 units, so each astral character moves
    what follows it by one. What Qt shows beyond the text (labels, numbers, pictures) lies between
    leaves and belongs to no offset. Inside a leaf stand only signs without width that say where a
    line may end: each belongs to the offset of the character behind it.
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._positions: list[int] = []
        self._astral: list[tuple[int, ...]] = []
        # By leaf: the characters before which a sign was put in, and the units where these stand.
        self._signs: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}

    def add(self, start: int, text: str, position: int, signs: Sequence[int] = ()) -> None:
        """The leaf `text`, which starts at offset `start`, stands at Qt `position`.

        `signs` are the characters, in order and counted from `start`, before which one unit was
        put in that is no part of the text.
        """
        self._starts.append(start)
        self._ends.append(start + len(text))
        self._positions.append(position)
        # Quicker than to look at each character: astral ones alone take two units.
        units_long = len(text.encode("utf-16-le", "surrogatepass")) // 2
        is_plain = text.isascii() or units_long == len(text)
        astral = () if is_plain else tuple(i for i, c in enumerate(text) if c > "\uffff")
        self._astral.append(astral)
        if signs:
            units = (inner + bisect_left(astral, inner) + i for i, inner in enumerate(signs))
            self._signs[len(self._starts) - 1] = tuple(signs), tuple(units)

    def position(self, offset: int) -> int:
        """The Qt position of an offset; one between leaves counts as the end of the leaf before."""
        i = max(0, bisect_right(self._starts, offset) - 1)
        if not self._starts:
            return 0
        inner = min(max(offset, self._starts[i]), self._ends[i]) - self._starts[i]
        before = bisect_right(self._signs[i][0], inner) if i in self._signs else 0
        return self._positions[i] + inner + bisect_left(self._astral[i], inner) + before

    def offset(self, position: int) -> int:
        """The offset at a Qt position; one between leaves counts as the start of the next."""
        if not self._starts:
            return 0
        i = max(0, bisect_right(self._positions, position) - 1)
        length = self._ends[i] - self._starts[i]
        units = position - self._positions[i]
        whole = length + len(self._astral[i])
        if i in self._signs:
            units -= bisect_left(self._signs[i][1], units)
        if units > whole and i + 1 < len(self._starts):
            return self._starts[i + 1]
        inner = max(0, min(units, whole))
        for place in self._astral[i]:
            if place >= inner:
                break
            inner -= 1
        return self._starts[i] + min(inner, length)

    @property
    def start(self) -> int:
        """The first offset of the first leaf."""
        return self._starts[0] if self._starts else 0

    @property
    def end(self) -> int:
        """The last offset of the last leaf."""
        return self._ends[-1] if self._ends else 0

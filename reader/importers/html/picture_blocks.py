"""Pictures of HTML as they are written: figures with captions, signs in a line, in cells."""

from __future__ import annotations

from reader.importers.common.elements import Element, words_of
from reader.importers.html.captions import (
    Image,
    ResolveAsset,
    alternative_of,
    captions_in,
    image_of,
    is_simple_figure,
    pictures_in,
)
from reader.importers.html.lines import Lines, Step
from reader.importers.html.signs import missing_picture, sign_of


class Pictures:
    """Writes pictures, each where it stands or after the paragraph that it stands in."""

    def __init__(self, lines: Lines, resolve_asset: ResolveAsset) -> None:
        self._lines = lines
        self._resolve_asset = resolve_asset
        self._pictures: list[Element] = []

    def figure(self, element: Element) -> Step:
        """Read a figure: its pictures with their caption, or whatever else stands in it."""
        if self._lines.solid or not is_simple_figure(element):
            return self._lines.block_of(element)
        self._lines.end()
        captions = captions_in(element)
        self._pictures = pictures_in(element)
        images = [image_of(e, self._resolve_asset) for e in self._pictures]
        shown = [image for image in images if image is not None]
        words = words_of(element)
        if not shown and not words:
            return self._lines.block_of(element)
        for image in shown[:-1]:
            self._lines.begin_figure(image)
            self._lines.writer.end()
        self._lines.begin_figure(shown[-1] if shown else Image("", ""))
        leave = self._lines.solidly("caption")
        # What stands beside its caption is said with it: whose the picture is, what it came from.
        said = " ".join(words_of(caption) for caption in captions)
        return (captions if len(said) == len(words) else None) or None, leave

    def picture(self, element: Element) -> None:
        """Keep a picture until its paragraph ends, so that the text stays whole.

        One that is a sign in the line is read as what it stands for, in its place.
        """
        image = image_of(element, self._resolve_asset)
        sign, is_icon = sign_of(element, image)
        if is_icon:
            self._lines.writer.leave_out("picture", sign)
            return
        if sign:
            self._lines.text(sign)
        if "caption" in self._lines.solid and element not in self._pictures and not sign:
            self._lines.text(alternative_of(element))
        if "caption" in self._lines.solid or (sign and (image is None or not image.asset)):
            return
        if image is None:
            self._lines.writer.leave_out("picture", missing_picture(element))
        elif not (self._lines.in_cell and self._lines.cells.figure(image)):
            self._lines.images.append(image)
            if not self._lines.writer.in_block and not self._lines.solid:
                self._lines.end()

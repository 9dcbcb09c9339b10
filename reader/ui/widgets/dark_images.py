"""Figures for dark paper: light and dark change places, and every colour keeps its hue."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage


def darkened(image: QImage, paper: str) -> QImage:
    """The picture with its lightness turned round: white becomes `paper`, black becomes white.

    Each colour keeps its hue and how far its parts lie from each other, so that a red curve is red
    still and two curves that could be told apart can be told apart.
    """
    # Imported when a figure is darkened: a start does not pay for it.
    import numpy as np

    made = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(made.bits(), np.uint8).reshape(made.height(), -1, 4)[:, : made.width()]
    colours = rows[..., :3].astype(np.int16)
    turned = colours + (255 - colours.max(axis=2) - colours.min(axis=2))[..., None]
    ground = QColor(paper)
    for i, least in enumerate((ground.blue(), ground.green(), ground.red())):
        shades = np.linspace(least, 255, 256).round().astype(np.uint8)
        rows[..., i] = shades[turned[..., i]]
    return made

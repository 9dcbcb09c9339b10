"""What went wrong, said to the person who can do something about it."""


class Problem(Exception):  # noqa: N818 - the person has a problem, we have made no error
    """One plain sentence that the person can act on.

    Anything that is not a Problem and reaches the top is a bug.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __reduce__(self) -> tuple[type["Problem"], tuple[str]]:
        return type(self), (self.sentence,)

    def renamed(self, stored: str, known: str) -> "Problem":
        """The same of a file that is stored under one name, and known to people by another."""
        return type(self)(self.sentence.replace(f"“{stored}”", f"“{known}”"))


class Locked(Problem):
    """A Problem that the file's password solves."""

"""What is written down of a bug says where it was, and nothing of what it was about."""

from __future__ import annotations

from reader.bug_trace import WorkerError, known_lines, trace_of


def fail(text: str) -> None:
    raise ValueError(text)


def caught(text: str, depth: int = 0) -> BaseException:
    def deeper(left: int) -> None:
        if left:
            deeper(left - 1)
        fail(text)

    try:
        deeper(depth)
    except ValueError as error:
        return error
    raise AssertionError


def test_it_is_the_type_and_the_places() -> None:
    first, *places = trace_of(caught("Mrs Smith")).splitlines()
    assert first == "ValueError"
    assert [one.split(":")[0] for one in places] == ["  test_bug_trace.py"] * 3
    assert places[-1].endswith(" in fail")


def test_of_very_many_places_the_last_are_kept() -> None:
    lines = trace_of(caught("Mrs Smith", 500)).splitlines()
    assert len(lines) == 41
    assert lines[-1].endswith(" in fail")


def test_what_a_process_sent_that_was_taken_over_is_not_written_down() -> None:
    sound = trace_of(caught("Mrs Smith"))
    assert known_lines(sound) == sound
    planted = (
        "ValueError: Mrs Smith",
        "Mrs Smith has",
        "  Mrs Smith.py:3 in x",
        "  a.py:3 in x of Mrs Smith",
        "  a.py:3 in x\r  Mrs Smith",
    )
    assert known_lines("\n".join(planted)) == ""
    assert len(known_lines("x\n" * 1_000).splitlines()) == 41
    bug = WorkerError("\n".join([sound, *planted]) + "\n\nwith its text")
    assert bug.trace == sound
    assert str(bug) == "with its text"

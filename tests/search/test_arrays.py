from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reader.search.arrays import (
    Arrays,
    DamagedError,
    Lines,
    each_once,
    expand,
    narrow,
    open_arrays,
    pack,
    running,
    write_arrays,
)
from reader.search.manifest import checksum
from reader.search.segment import Words

ARRAYS: Arrays = {
    "small": np.arange(3, dtype=np.uint8),
    "none": np.zeros(0, np.uint16),
    "large": np.array([1, 1 << 31], np.uint32),
}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.arrays"
    assert write_arrays(path, ARRAYS) == checksum(path)
    found = open_arrays(path)
    assert found.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        assert found[name].tolist() == array.tolist()


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", ARRAYS)
    with pytest.raises(FileExistsError):
        write_arrays(tmp_path / "a", ARRAYS)


@pytest.mark.parametrize("place", [0, 18, 27, 34, 40, 60])
def test_a_flipped_bit_in_the_head_is_noticed(tmp_path: Path, place: int) -> None:
    path = tmp_path / "a"
    write_arrays(path, ARRAYS)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedError):
        open_arrays(path)


@pytest.mark.parametrize("size", [0, 5, 30, 100, -8, -1])
def test_a_file_cut_short_is_noticed(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a"
    write_arrays(path, ARRAYS)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(DamagedError):
        open_arrays(path)


def test_a_file_grown_longer_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_arrays(path, ARRAYS)
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(DamagedError):
        open_arrays(path)


def test_arrays_of_objects_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_arrays(path, {"floats": np.zeros(2)})
    with pytest.raises(DamagedError):
        open_arrays(path)


def test_numbers_take_no_more_bytes_than_they_need() -> None:
    assert [narrow(np.array([n])).dtype for n in (255, 256, 65_536)] == ["u1", "u2", "u4"]
    assert narrow(np.zeros(0, np.int64)).dtype == "u1"


def test_ranges_are_expanded() -> None:
    assert expand(np.array([5, 0, 7]), np.array([2, 0, 3])).tolist() == [5, 6, 7, 8, 9]
    assert expand(np.zeros(0, int), np.zeros(0, int)).tolist() == []
    assert running(np.array([2, 0, 3])).tolist() == [0, 2, 2, 5]


def test_numbers_come_in_order_and_once() -> None:
    assert each_once(np.array([3, 1, 3, 0])).tolist() == [0, 1, 3]
    assert each_once(np.zeros(0, np.int64)).tolist() == []


@pytest.mark.parametrize("count", [0, 1, 127, 128, 129, 300])
def test_each_of_many_words_is_found_in_its_place(count: int) -> None:
    spelled = [f"w{number:03}".encode() for number in range(count)]
    words = Words(*pack(spelled))
    assert [words.find(one) for one in spelled] == list(range(count))
    # Between two words is the place of the later one.
    assert [words.place(one + b"x") for one in spelled] == list(range(1, count + 1))
    assert words.place(b"a") == 0
    assert words.find(b"z") == words.find(b"a") == -1
    assert list(words.beginning(b"w0")) == list(range(min(count, 100)))


def test_lines_come_back() -> None:
    values = [b"", "β".encode(), b"last"]
    lines = Lines(*pack(values))
    assert lines.all() == values == [lines[n] for n in range(len(lines))]

"""Long lists in JSON come back item by item, or are refused."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exporters.json_stream import read_items, same, write_items

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def written(head: dict[str, object], items: list[object]) -> str:
    out = io.StringIO()
    write_items(head, "items", items, out)
    return out.getvalue()


@given(
    st.dictionaries(st.text().filter(lambda key: key != "items"), VALUES, min_size=1, max_size=3),
    st.lists(VALUES, max_size=130),
)
def test_what_is_written_is_json_and_comes_back(
    head: dict[str, object], items: list[object]
) -> None:
    content = written(head, items)
    assert json.loads(content) == head | {"items": items}
    assert list(read_items(content, "items")) == items
    assert same(read_items(content, "items"), items)
    assert not same(read_items(content, "items"), [*items, 1])


def test_words_in_the_head_are_no_list() -> None:
    head: dict[str, object] = {"of": '"items": [', "many": {"a": "items"}}
    assert list(read_items(written(head, [1, 2]), "items")) == [1, 2]


@pytest.mark.parametrize(
    "broken",
    [
        "",
        '{"a": 1}\n',
        '{"a": 1,\n"items": [1,\n2',
        '{"a": 1,\n"items": [1;\n2]}\n',
        '{"a": 1,\n"items": [1,\n2]}\n more',
        '{"a": 1,\n"items": [1,\nx]}\n',
        '{a,\n"items": [1,\n2]}\n',
    ],
)
def test_what_is_broken_is_not_the_same(broken: str) -> None:
    assert not same(read_items(broken, "items"), [1, 2])

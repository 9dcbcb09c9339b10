"""Frozen dataclasses that take a fifth of the time to make.

For each `dataclass(frozen=True, slots=True)` Python 3.11 compiles six functions: a quarter of a
millisecond, and a start of the window makes some fifty of them. Here one is compiled, and the
others are shared. `fields`, `replace` and all else in `dataclasses` take a record for a dataclass,
and so do mypy and msgspec.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

__all__ = ["record"]


@dataclass(frozen=True, slots=True)
class _Example:
    """What is copied and changed: a field, and how a class of this kind was asked for."""

    field: int


_FIELD: Field[Any] = fields(_Example)[0]


def _record(*, frozen: Literal[True], slots: Literal[True]) -> Callable[[type], type]:
    """Make a class what `dataclass(frozen=True, slots=True)` makes of it.

    A `field()` may say `init=False`, `repr=False` or `compare=False`, and no base is a dataclass.
    """
    assert frozen
    assert slots
    return _made


def _made(cls: type) -> type:
    own = dict(cls.__dict__)
    annotations = cls.__annotations__
    made = [_field(name, annotations[name], own.pop(name, MISSING)) for name in annotations]
    if any(one.default_factory is not MISSING for one in made) or any(
        hasattr(base, "__dataclass_fields__") for base in cls.__bases__
    ):
        raise TypeError(f"{cls.__name__} needs more than a record can do: make it a dataclass")
    for name in ("__dict__", "__weakref__"):
        own.pop(name, None)
    values = attrgetter(*(one.name for one in made if one.compare))

    def equal(self: Any, other: object) -> Any:
        is_alike = other.__class__ is self.__class__
        return values(self) == values(other) if is_alike else NotImplemented

    own |= {
        "__slots__": tuple(annotations),
        "__match_args__": tuple(one.name for one in made if one.init),
        "__dataclass_fields__": {one.name: one for one in made},
        "__dataclass_params__": _Example.__dataclass_params__,  # type: ignore[attr-defined]
        "__init__": _initializer(cls, made, "__post_init__" in own),
        "__eq__": equal,
        "__hash__": lambda self: hash(values(self)),
        "__repr__": own.get("__repr__", _shown),
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        "__getstate__": _state,
        "__setstate__": _take_state,
    }
    return type(cls)(cls.__name__, cls.__bases__, own)


def _field(name: str, annotation: Any, given: Any) -> Field[Any]:
    made = copy(_FIELD)
    made.name, made.type, made.default = name, annotation, given
    if isinstance(given, Field):
        made.default, made.default_factory = given.default, given.default_factory
        made.init, made.repr, made.compare = given.init, given.repr, given.compare
    return made


def _initializer(cls: type, all_fields: list[Field[Any]], has_more: bool) -> Callable[..., None]:
    """The one function that is compiled: with the names of the fields, and the checks of Python."""
    given = [one for one in all_fields if one.init]
    defaults = {one.name: one.default for one in given if one.default is not MISSING}
    head = ", ".join(f"{n}=_of_{n}" if n in defaults else n for n in (one.name for one in given))
    lines = [f"    _set(_self, {one.name!r}, {one.name})" for one in given]
    if has_more:
        lines.append("    _self.__post_init__()")
    scope: dict[str, Any] = {f"_of_{name}": value for name, value in defaults.items()}
    scope["_set"] = object.__setattr__
    exec("\n".join((f"def __init__(_self, {head}):", *lines)), scope)  # the names are ours
    made: Callable[..., None] = scope["__init__"]
    made.__qualname__, made.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    return made


def _shown(self: Any) -> str:
    said = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({said})"


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__slots__]


def _take_state(self: Any, state: list[object]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)


if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    record = _record

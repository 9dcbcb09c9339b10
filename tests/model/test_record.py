"""Records do what frozen dataclasses with slots do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import (
    FrozenInstanceError,
    asdict,
    astuple,
    dataclass,
    field,
    fields,
    is_dataclass,
    replace,
)
from typing import Any

import msgspec
import pytest

from reader.model import record as module
from reader.model.record import record


@record(frozen=True, slots=True)
class Dose:
    """An amount of a drug.

    Raises:
        ValueError: when it is negative.
    """

    drug: str
    amount_mg: float = 0.0
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.amount_mg < 0:
            raise ValueError("negative")

    @property
    def in_words(self) -> str:
        """The dose as it is written."""
        return f"{self.drug} {self.amount_mg} mg"


@dataclass(frozen=True, slots=True)
class Known:
    """The same as Python makes it."""

    drug: str
    amount_mg: float = 0.0
    tags: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Single:
    """One with a single field, and its own words."""

    name: str

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<{self.name}>"


@record(frozen=True, slots=True)
class Secret:
    """One whose fields are not all shown, compared or given."""

    name: str
    key: bytes = field(default=b"", repr=False)
    note: str = field(default="", compare=False)
    length: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.key))


GIVEN: list[tuple[Any, ...]] = [("Ibuprofen",), ("Ibuprofen", 400.0), ("Ibuprofen", 400.0, ("a",))]


@pytest.mark.parametrize("given", GIVEN)
def test_it_is_made_shown_compared_and_hashed_as_a_dataclass(given: tuple[Any, ...]) -> None:
    dose, known = Dose(*given), Known(*given)
    assert repr(dose) == repr(known).replace("Known", "Dose")
    assert astuple(dose) == astuple(known)
    assert asdict(dose) == asdict(known)
    assert dose == Dose(*given)
    assert hash(dose) == hash(Dose(*given)) == hash(known)
    assert dose != Dose("Paracetamol")
    assert dose.__eq__(known) is NotImplemented
    assert dose in {dose}


def test_it_has_the_fields_of_a_dataclass() -> None:
    assert is_dataclass(Dose)
    ours, theirs = fields(Dose), fields(Known)
    assert [(f.name, f.type, f.default) for f in ours] == [
        (f.name, f.type, f.default) for f in theirs
    ]
    assert [repr(f) for f in ours] == [repr(f) for f in theirs]
    assert Dose.__match_args__ == Known.__match_args__
    assert Dose.__slots__ == Known.__slots__
    assert Dose.__doc__ is not None
    assert Dose.__doc__.startswith("An amount")
    assert (Dose.__module__, Dose.__qualname__) == (__name__, "Dose")
    assert replace(Dose("Ibuprofen"), amount_mg=400.0).in_words == "Ibuprofen 400.0 mg"


def test_it_is_checked_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="negative"):
        Dose("Ibuprofen", -1.0)
    with pytest.raises(ValueError, match="negative"):
        replace(Dose("Ibuprofen"), amount_mg=-1.0)
    with pytest.raises(TypeError, match=r"Dose\.__init__\(\) missing 1 required .*'drug'"):
        Dose()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'unit'"):
        Dose("Ibuprofen", unit="g")  # type: ignore[call-arg]


def test_nothing_in_it_changes() -> None:
    dose = Dose("Ibuprofen")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'drug'"):
        dose.drug = "Paracetamol"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'drug'"):
        del dose.drug
    with pytest.raises(FrozenInstanceError):
        dose.unit = "g"  # type: ignore[attr-defined]
    assert not hasattr(dose, "__dict__")


def test_it_is_copied_pickled_and_sent() -> None:
    dose = Dose("Ibuprofen", 400.0, ("a", "b"))
    assert copy.copy(dose) == copy.deepcopy(dose) == dose
    assert pickle.loads(pickle.dumps(dose)) == dose
    sent = msgspec.msgpack.encode(dose)
    assert sent == msgspec.msgpack.encode(Known(*astuple(dose)))
    assert msgspec.msgpack.Decoder(Dose).decode(sent) == dose
    with pytest.raises(msgspec.ValidationError):
        msgspec.msgpack.Decoder(Dose).decode(msgspec.msgpack.encode({"drug": 1}))


def test_one_field_and_own_words() -> None:
    assert repr(Single("a")) == "<a>"
    assert str(Single("a")) == "a"
    assert Single("a") == Single("a")
    assert hash(Single("a")) != hash(Single("b"))
    match Single("a"):
        case Single(name):
            assert name == "a"


def test_what_is_not_shown_compared_or_given() -> None:
    secret = Secret("a", b"xyz", note="b")
    assert repr(secret) == "Secret(name='a', note='b')"
    assert secret.length == 3
    assert secret == Secret("a", b"xyz")
    assert hash(secret) == hash(Secret("a", b"xyz"))
    assert secret != Secret("a", b"x")
    assert replace(secret, key=b"1234").length == 4
    assert pickle.loads(pickle.dumps(secret)).length == 3
    assert Secret.__match_args__ == ("name", "key", "note")
    with pytest.raises(TypeError):
        Secret("a", b"xyz", "b", 3)  # type: ignore[call-arg]


def test_what_is_more_than_a_record_is_refused() -> None:
    with pytest.raises(TypeError, match="make it a dataclass"):

        @record(frozen=True, slots=True)
        class Basket:
            drugs: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="make it a dataclass"):

        @record(frozen=True, slots=True)
        class More(Known):
            route: str = "by mouth"

    assert module.__all__ == ["record"]
